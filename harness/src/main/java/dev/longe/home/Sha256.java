package dev.longe.home;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 hashes as lower-case hexadecimal digits. */
public final class Sha256 {
  private static final int BYTES = 32;

  private Sha256() {}

  /** The hash of some bytes. */
  public static String of(byte[] content) {
    return HexFormat.of().formatHex(digest(content), 0, BYTES);
  }

  /**
   * The beginning of the hash of a text in UTF-8.
   *
   * @param bytes length of the result in bytes, two digits each; at most 32
   */
  public static String beginning(String text, int bytes) {
    return HexFormat.of().formatHex(digest(text.getBytes(StandardCharsets.UTF_8)), 0, bytes);
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}

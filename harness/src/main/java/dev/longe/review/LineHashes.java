package dev.longe.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** LineHashes of code by their content. */
final class LineHashes {
  private static final int BYTES = 5;

  private LineHashes() {}

  /** The name of a line under the line above it; indentation is nobody's understanding. */
  static String hash(String previous, String line) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((previous.strip() + "\n" + line.strip()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether there is anything in a line to understand. */
  static boolean says(String line) {
    return line.chars().anyMatch(Character::isLetterOrDigit);
  }
}

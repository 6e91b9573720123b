package dev.longe.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes that identify lines of code by content. */
final class LineHashes {
  private static final int BYTES = 5;

  private LineHashes() {}

  /** Hash of a line and the line above it. Leading and trailing blanks are ignored. */
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

  /** Whether a line has content to understand: at least one letter or digit. */
  static boolean says(String line) {
    return line.chars().anyMatch(Character::isLetterOrDigit);
  }
}

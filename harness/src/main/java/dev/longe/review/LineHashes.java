package dev.longe.review;

import dev.longe.home.Sha256;

/** Hashes that identify lines of code by content. */
final class LineHashes {
  private static final int BYTES = 5;

  private LineHashes() {}

  /** Hash of a line and the line above it. Leading and trailing blanks are ignored. */
  static String hash(String previous, String line) {
    return Sha256.beginning(previous.strip() + "\n" + line.strip(), BYTES);
  }

  /** Whether a line has content to understand: at least one letter or digit. */
  static boolean says(String line) {
    return line.chars().anyMatch(Character::isLetterOrDigit);
  }
}

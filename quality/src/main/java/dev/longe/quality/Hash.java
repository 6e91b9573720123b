package dev.longe.quality;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of text: fast ones for comparison, and a cryptographic one for identifiers. */
final class Hash {
  private static final long PRIME = 0x100000001b3L;
  static final long START = 0xcbf29ce484222325L;

  private Hash() {}

  /** Adds one value to an FNV-1a hash. */
  static long add(long hash, long value) {
    long h = hash;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      h = (h ^ ((value >>> shift) & 0xff)) * PRIME;
    }
    return h;
  }

  static long add(long hash, byte[] text, int from, int to) {
    long h = hash;
    for (int i = from; i < to; i++) {
      h = (h ^ (text[i] & 0xff)) * PRIME;
    }
    return (h ^ 0xff) * PRIME;
  }

  static long of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return add(START, bytes, 0, bytes.length);
  }

  static String hex(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

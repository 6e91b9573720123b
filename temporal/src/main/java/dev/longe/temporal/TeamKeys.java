package dev.longe.temporal;

import dev.longe.core.Fault;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of a team. A key file has one key per line, {@code NAME BASE64}, with 32 bytes. The
 * first key encrypts and all keys decrypt, so that a team changes its key by adding a new first
 * line.
 */
record TeamKeys(List<Key> keys) {
  private static final int BYTES = 32;

  TeamKeys {
    keys = List.copyOf(keys);
  }

  /** A key and its name, which is stored with everything that it encrypts. */
  record Key(String name, SecretKey secret) {}

  /**
   * Reads the text of a key file.
   *
   * @throws Fault if a line is wrong; it names the line
   */
  static TeamKeys parse(String file, String text) {
    List<Key> keys = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.strip().split("\\s+");
      Optional<byte[]> secret = words.length == 2 ? decoded(words[1]) : Optional.empty();
      if (secret.isEmpty()) {
        throw new Fault(
            "%s:%d is not «NAME KEY» with a key of 32 bytes in base64; «longe team --new-key» prints one."
                .formatted(file, number));
      }
      keys.add(new Key(words[0], new SecretKeySpec(secret.get(), "AES")));
    }
    if (keys.isEmpty()) {
      throw new Fault(file + " contains no key; «longe team --new-key» prints one.");
    }
    return new TeamKeys(keys);
  }

  private static Optional<byte[]> decoded(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return bytes.length == BYTES ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A key-file line with a new random key. */
  static String fresh(String name) {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return name + " " + Base64.getEncoder().encodeToString(secret);
  }

  Key first() {
    return keys.getFirst();
  }

  Optional<Key> named(String name) {
    return keys.stream().filter(k -> k.name().equals(name)).findFirst();
  }
}

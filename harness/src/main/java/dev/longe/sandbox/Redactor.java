package dev.longe.sandbox;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Replaces the values of secret environment variables in text. */
final class Redactor {
  private static final Pattern SECRET_NAME =
      Pattern.compile("KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL", Pattern.CASE_INSENSITIVE);

  /** Minimum length of a secret. Shorter values may occur in ordinary text by chance. */
  private static final int LENGTH_MIN = 6;

  private record Secret(String name, String value) {}

  private final List<Secret> secrets;

  /** Whether a variable of this name holds a secret. */
  static boolean secret(String name) {
    return SECRET_NAME.matcher(name).find();
  }

  Redactor(Map<String, String> environment) {
    secrets =
        environment.entrySet().stream()
            .filter(e -> secret(e.getKey()))
            .filter(e -> e.getValue().length() >= LENGTH_MIN)
            .map(e -> new Secret(e.getKey(), e.getValue()))
            .sorted(Comparator.comparing(s -> -s.value().length()))
            .toList();
  }

  String clean(String text) {
    String clean = text;
    for (Secret secret : secrets) {
      clean = clean.replace(secret.value(), "[" + secret.name() + "]");
    }
    return clean;
  }
}

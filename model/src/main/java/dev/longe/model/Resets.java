package dev.longe.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the time when a quota is available again from the headers of a refusal. */
final class Resets {
  private static final List<String> TIMES =
      List.of(
          "anthropic-ratelimit-unified-reset",
          "anthropic-ratelimit-tokens-reset",
          "anthropic-ratelimit-requests-reset");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private Resets() {}

  /** Epoch seconds; {@code retry-after} first, as it is about the request that was refused. */
  static Optional<Long> of(Function<String, List<String>> headers) {
    for (String value : headers.apply("retry-after")) {
      Matcher m = SECONDS.matcher(value);
      if (m.lookingAt()) {
        return Optional.of(Instant.now().getEpochSecond() + Long.parseLong(m.group()));
      }
    }
    return TIMES.stream()
        .flatMap(n -> headers.apply(n).stream())
        .map(Resets::time)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Long> time(String value) {
    try {
      return Optional.of(
          value.chars().allMatch(Character::isDigit)
              ? Long.parseLong(value)
              : Instant.parse(value).getEpochSecond());
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}

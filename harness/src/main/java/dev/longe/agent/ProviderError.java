package dev.longe.agent;

import dev.longe.core.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps a provider's error to a stop. Agents report the error as an HTTP status, or as text that
 * contains a status. Text from a model is never read here.
 */
public final class ProviderError {
  /**
   * Wait after a rate limit without a reset time. Own choice: five times the usual one-minute quota
   * window.
   */
  private static final Duration RESET_UNKNOWN = Duration.ofMinutes(5);

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY = 429;

  /** Matches a status at the start of a text, after "HTTP" or "status", or as a "code" field. */
  private static final Pattern STATUS =
      Pattern.compile(
          "(?:^|\\bHTTP[ /:]*|\\bstatus(?:[ _]?code)?\\W{0,4}|\"code\"\\s*:\\s*|Last error: )"
              + "([45]\\d{2})\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern RETRY_SECONDS =
      Pattern.compile("\"retryDelay\"\\s*:\\s*\"(\\d{1,7})(?:\\.\\d+)?s\"");

  private static final List<String> FULL =
      List.of(
          "prompt is too long",
          "maximum context length",
          "context_length_exceeded",
          "exceeds the maximum number of tokens",
          "context window",
          "contextoverflow",
          "input is too long");

  private ProviderError() {}

  /**
   * The stop that an error causes.
   *
   * @param status HTTP status; 0 if the agent reports it only within the text
   * @param reset when the quota is restored, if the agent reported it
   */
  public static Stop stop(int status, String text, Optional<Instant> reset, Instant now) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (FULL.stream().anyMatch(lower::contains)) {
      return new Stop.ContextFull();
    }
    return switch (status == 0 ? statusIn(text) : status) {
      case UNAUTHORIZED, FORBIDDEN -> new Stop.Refused(text);
      case TOO_LARGE -> new Stop.ContextFull();
      case TOO_MANY ->
          new Stop.RateLimited(reset.or(() -> retryIn(text, now)).orElse(now.plus(RESET_UNKNOWN)));
      default -> new Stop.ProviderDown(text, now);
    };
  }

  /** The HTTP status in an error's text; 0 if there is none. */
  public static int statusIn(String text) {
    Matcher m = STATUS.matcher(text);
    return m.find() ? Integer.parseInt(m.group(1)) : 0;
  }

  private static Optional<Instant> retryIn(String text, Instant now) {
    Matcher m = RETRY_SECONDS.matcher(text);
    return m.find() ? Optional.of(now.plusSeconds(Long.parseLong(m.group(1)))) : Optional.empty();
  }
}

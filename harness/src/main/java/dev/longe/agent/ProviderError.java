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
 * What a provider's refusal means for the harness. Agents tell it as an HTTP status, or as the
 * error's own text with a status somewhere in it; what a model wrote is never read here.
 */
public final class ProviderError {
  /**
   * When a rate limit comes without its reset time: own choice, the length of an ordinary minute
   * quota times five.
   */
  private static final Duration RESET_UNKNOWN = Duration.ofMinutes(5);

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY = 429;

  /** A status where errors carry one: at the start, after "HTTP" or "status", or as "code". */
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
   * The stop that an error makes.
   *
   * @param status HTTP status; 0 where the agent tells none apart from the text
   * @param reset when the quota comes back, where the agent told it
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

  /** The status that an error's text names; 0 for none. */
  public static int statusIn(String text) {
    Matcher m = STATUS.matcher(text);
    return m.find() ? Integer.parseInt(m.group(1)) : 0;
  }

  private static Optional<Instant> retryIn(String text, Instant now) {
    Matcher m = RETRY_SECONDS.matcher(text);
    return m.find() ? Optional.of(now.plusSeconds(Long.parseLong(m.group(1)))) : Optional.empty();
  }
}

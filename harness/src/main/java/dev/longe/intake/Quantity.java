package dev.longe.intake;

import dev.longe.core.CheckSpec;
import dev.longe.core.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses numbers with units as people write them. Each method throws an {@link
 * IllegalArgumentException} whose message says what is allowed.
 */
public final class Quantity {
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|min|h|d)");
  private static final Pattern MONEY = Pattern.compile("\\$(\\d+(?:\\.\\d{1,6})?)");
  private static final Pattern COUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kKmM]?)");
  private static final Pattern BYTES = Pattern.compile("(\\d+)\\s*([kKmMgG]?)[iI]?[bB]?");
  private static final Pattern LINES = Pattern.compile("(\\d+)(?:\\s*lines?)?");
  private static final Pattern GOAL = Pattern.compile("(>=|<=)\\s*(-?\\d+(?:\\.\\d+)?)");

  private Quantity() {}

  public static Duration duration(String text) {
    Matcher m = match(DURATION, text, "a time such as 90s, 15m or 2h");
    long n = whole(m.group(1));
    Duration d =
        switch (m.group(2)) {
          case "ms" -> Duration.ofMillis(n);
          case "s" -> Duration.ofSeconds(n);
          case "h" -> Duration.ofHours(n);
          case "d" -> Duration.ofDays(n);
          default -> Duration.ofMinutes(n);
        };
    return positive(d, d.isPositive(), text);
  }

  public static Money money(String text) {
    Money money =
        Money.ofDollars(
            new BigDecimal(match(MONEY, text, "an amount such as $5 or $0.50").group(1)));
    return positive(money, money.micros() > 0, text);
  }

  /** A count such as 8, 200k or 4M. */
  public static long count(String text) {
    Matcher m = match(COUNT, text, "a number such as 8, 200k or 4M");
    BigDecimal factor =
        switch (m.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> BigDecimal.valueOf(1_000);
          case "m" -> BigDecimal.valueOf(1_000_000);
          default -> BigDecimal.ONE;
        };
    BigDecimal n = new BigDecimal(m.group(1)).multiply(factor);
    if (n.stripTrailingZeros().scale() > 0 || n.precision() - n.scale() > 18) {
      throw new IllegalArgumentException("must be a whole number, was " + text);
    }
    return positive(n.longValueExact(), n.signum() > 0, text);
  }

  /** A count of at most 1,000,000. */
  public static int small(String text) {
    long n = count(text);
    if (n > 1_000_000) {
      throw new IllegalArgumentException("must be at most 1000000, was " + text);
    }
    return (int) n;
  }

  /** A size such as 256MB, in bytes; units are binary. */
  public static long bytes(String text) {
    Matcher m = match(BYTES, text, "a size such as 64MB or 1GB");
    int shift =
        switch (m.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    long n = whole(m.group(1));
    if (n >= 1L << 32) {
      throw new IllegalArgumentException("is too large: " + text);
    }
    return positive(n << shift, n > 0, text);
  }

  /** A number of changed lines: {@code 400 lines} or {@code 400}. */
  public static int lines(String text) {
    return small(match(LINES, text, "a number of lines such as 400 lines").group(1));
  }

  /** A goal such as {@code >= 90}. */
  public static CheckSpec.Goal goal(String text) {
    Matcher m = match(GOAL, text, "a goal such as >= 90 or <= 1.5");
    CheckSpec.Direction direction =
        m.group(1).equals(">=") ? CheckSpec.Direction.AT_LEAST : CheckSpec.Direction.AT_MOST;
    return new CheckSpec.Goal(direction, Double.parseDouble(m.group(2)));
  }

  private static Matcher match(Pattern pattern, String text, String allowed) {
    Matcher m = pattern.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException("must be " + allowed + ", was " + text);
    }
    return m;
  }

  private static long whole(String digits) {
    if (digits.length() > 12) {
      throw new IllegalArgumentException("is too large: " + digits);
    }
    return Long.parseLong(digits);
  }

  private static <T> T positive(T value, boolean positive, String text) {
    if (!positive) {
      throw new IllegalArgumentException("must be greater than 0, was " + text);
    }
    return value;
  }
}

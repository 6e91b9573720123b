package dev.longe.core;

import java.time.Duration;

/** Formats durations for people. */
public final class Spans {
  private Spans() {}

  /**
   * A duration in its two largest units: {@code 850 ms}, {@code 12.3 s}, {@code 4 min 5 s}, {@code
   * 2 h 10 min}.
   */
  public static String shown(Duration d) {
    if (d.toMillis() < 1_000) {
      return d.toMillis() + " ms";
    }
    if (d.toSeconds() < 60) {
      return d.toSeconds() + "." + d.toMillisPart() / 100 + " s";
    }
    if (d.toMinutes() < 60) {
      return d.toMinutes() + " min" + rest(d.toSecondsPart(), " s");
    }
    return d.toHours() + " h" + rest(d.toMinutesPart(), " min");
  }

  private static String rest(long n, String unit) {
    return n == 0 ? "" : " " + n + unit;
  }
}

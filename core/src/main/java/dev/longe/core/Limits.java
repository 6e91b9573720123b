package dev.longe.core;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits of a task. Only a human changes them.
 *
 * @param attempts attempts that the agent itself ended
 * @param money US dollars for the whole task
 * @param tokens counted tokens for the whole task
 * @param time wall time in which agents and checks of the task ran
 * @param silence how long one attempt may show no activity
 * @param outputBytes bytes that one attempt may print
 * @param diffLines how many lines a candidate may add and remove
 * @param day US dollars that all tasks of the loop together may spend in one day
 */
public record Limits(
    int attempts,
    Money money,
    long tokens,
    Duration time,
    Duration silence,
    long outputBytes,
    int diffLines,
    Optional<Money> day) {

  /**
   * 8 attempts, $5, 4 M tokens, 2 h: the loop file of the design brief. 15 min silence: three times
   * the 300 s after which Claude Code gives up on a silent stream. 256 MiB: eighty times the
   * longest measured tool output. 1,000 lines: own choice, two and a half times the 400 lines that
   * review studies give for one review.
   */
  public static final Limits DEFAULT =
      new Limits(
          8,
          new Money(5_000_000),
          4_000_000,
          Duration.ofHours(2),
          Duration.ofMinutes(15),
          256L << 20,
          1_000,
          Optional.empty());

  public Limits {
    Require.positive(attempts, "attempts");
    Require.positive(money.micros(), "money");
    Require.positive(tokens, "tokens");
    Require.positive(time, "time");
    Require.positive(silence, "silence");
    Require.positive(outputBytes, "output");
    Require.positive(diffLines, "diff");
    day.ifPresent(d -> Require.positive(d.micros(), "day"));
  }

  /** These limits, with each value that {@code raised} contains in place of the present one. */
  public Limits with(Raise raised) {
    return new Limits(
        raised.attempts().orElse(attempts),
        raised.money().orElse(money),
        raised.tokens().orElse(tokens),
        raised.time().orElse(time),
        silence,
        outputBytes,
        raised.diffLines().orElse(diffLines),
        day);
  }

  /** New limits that a human sets for a resumed task; an empty one leaves the limit unchanged. */
  public record Raise(
      Optional<Integer> attempts,
      Optional<Money> money,
      Optional<Long> tokens,
      Optional<Duration> time,
      Optional<Integer> diffLines) {
    /** Changes nothing. */
    public static final Raise NOTHING =
        new Raise(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }
}

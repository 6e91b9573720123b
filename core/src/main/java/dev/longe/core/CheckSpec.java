package dev.longe.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A check as a loop defines it. */
public sealed interface CheckSpec {
  CheckName name();

  /** Whether the agent is told only that the check failed, without details. */
  boolean hidden();

  /** Whether the check must fail on the base before its verdicts count. */
  default boolean red() {
    return this instanceof Run run && run.mustFailOnBase();
  }

  /**
   * A command whose exit status 0 means passed.
   *
   * @param report a file that it writes, relative to the checkout: JUnit XML, TAP or {@code go test
   *     -json}
   * @param casesMin how many test cases must run; empty for at least one if the report or the
   *     output has counts of a known test runner
   */
  record Run(
      CheckName name,
      Command command,
      Optional<String> report,
      Duration timeout,
      boolean mustFailOnBase,
      boolean hidden,
      OptionalInt casesMin)
      implements CheckSpec {
    public Run {
      Require.positive(timeout, "timeout");
      Require.that(casesMin.orElse(0) >= 0, "a number of cases is not negative");
    }
  }

  /**
   * A command that prints a number as its last line. The number is compared with a goal.
   *
   * @param noise how far two runs on the same tree may differ; a smaller change is not progress
   */
  record Metric(
      CheckName name, Command command, Goal goal, double noise, Duration timeout, boolean hidden)
      implements CheckSpec {
    public Metric {
      Require.positive(timeout, "timeout");
      Require.that(noise >= 0, "noise must not be negative");
    }
  }

  /** A question that only a human can answer. */
  record Human(CheckName name, String question) implements CheckSpec {
    public Human {
      Require.text(question, "question");
    }

    @Override
    public boolean hidden() {
      return false;
    }
  }

  /**
   * A rubric against which a model judges the change. The model sees the task, the diff and the
   * receipts.
   *
   * @param agent the driver {@code model} and its arguments
   * @param rubric the criteria, one for each entry
   */
  record Judge(CheckName name, AgentSpec agent, List<String> rubric, Duration timeout)
      implements CheckSpec {
    public Judge {
      rubric = List.copyOf(rubric);
      Require.that(!rubric.isEmpty(), "a rubric needs at least one criterion");
      Require.positive(timeout, "timeout");
    }

    @Override
    public boolean hidden() {
      return false;
    }
  }

  /** The guard over code quality: code that the candidate adds to the base must not hide errors. */
  record Slop(CheckName name) implements CheckSpec {
    @Override
    public boolean hidden() {
      return false;
    }
  }

  /** A value that a number must reach. */
  record Goal(Direction direction, double value) {
    public Goal {
      Require.that(Double.isFinite(value), "a goal must be a finite number");
    }

    public boolean reachedBy(double number) {
      return switch (direction) {
        case AT_LEAST -> number >= value;
        case AT_MOST -> number <= value;
      };
    }

    /** Whether {@code now} is better than {@code before} by more than {@code noise}. */
    public boolean improved(double before, double now, double noise) {
      return switch (direction) {
        case AT_LEAST -> now - before > noise;
        case AT_MOST -> before - now > noise;
      };
    }

    @Override
    public String toString() {
      return (direction == Direction.AT_LEAST ? ">= " : "<= ") + value;
    }
  }

  /** On which side of the value the goal is reached. */
  enum Direction {
    AT_LEAST,
    AT_MOST
  }
}

package dev.longe.core.policy;

import dev.longe.core.CheckSpec;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.MoveStep;
import dev.longe.core.Policy;
import dev.longe.core.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds questions that a task leaves open before the work starts, by rules over its text and its
 * loop, without a model.
 */
public final class Readiness {
  private static final Pattern PLACE =
      Pattern.compile(
          "`[^`]+`|\\b[\\w-]+/[\\w./-]+|\\b\\w+\\.[a-z]{1,5}\\b|\\b\\w+\\(\\)|\\b[a-z]+[A-Z]\\w*|\\b\\w+_\\w+|\\b[A-Z]\\w+[A-Z]\\w*|--\\w+");

  private static final Pattern OUTCOME =
      Pattern.compile(
          "(?i)\\b(?:should|must|returns?|prints?|shows?|gives?|fails?|passes|throws?|accepts?|rejects?|refuses?|when|if|instead|so"
              + " that|until|expected|becomes?|no longer|without|equals?|within|at most|at"
              + " least|only)\\b");

  private Readiness() {}

  /**
   * A question that the task leaves open.
   *
   * @param mend how to answer the question before the work starts
   */
  public record Question(String asks, String mend) {
    @Override
    public String toString() {
      return asks + " " + mend;
    }
  }

  /** The questions that a task leaves open; empty for a task of the mode {@code explore}. */
  public static List<Question> of(String text, Loop loop, Policy policy) {
    if (loop.mode() == Mode.EXPLORE) {
      return List.of();
    }
    List<Question> open = new ArrayList<>();
    if (loop.checks().stream().noneMatch(CheckSpec::red)) {
      open.add(
          new Question(
              "Which check fails now and passes when the task is done?",
              "Name one with --red-check, or «red: true» in the loop."));
    }
    if (!PLACE.matcher(text).find()) {
      open.add(
          new Question(
              "Which part of the code does the task concern?",
              "Name a file, a function, a command or a page."));
    }
    boolean vague = text.strip().split("\\s+").length < policy.clarity().wordsMin();
    if (vague || !OUTCOME.matcher(text).find()) {
      open.add(
          new Question(
              "What will be different for its users?",
              "Say what it should do, print, return or refuse, and when."));
    }
    long goals = text.lines().filter(l -> l.strip().matches("(?:[-*+]|\\d+[.)])\\s+.*")).count();
    if (goals > policy.clarity().goalsMax()) {
      open.add(
          new Question(
              "Is this one task or several?",
              "The text has %d list items; submit those that can land alone as separate tasks."
                  .formatted(goals)));
    }
    limits(loop, open);
    return open;
  }

  private static void limits(Loop loop, List<Question> open) {
    int moves =
        1
            + loop.moves().stream()
                .filter(r -> r.kind() != MoveStep.Kind.ASK)
                .mapToInt(MoveStep::times)
                .sum();
    if (loop.limits().attempts() < moves) {
      open.add(
          new Question(
              "How many attempts may the task have?",
              "The moves need up to %d attempts, and limits.attempts is %d; change one of them."
                  .formatted(moves, loop.limits().attempts())));
    }
    for (CheckSpec check : loop.checks()) {
      Duration timeout =
          switch (check) {
            case CheckSpec.Run r -> r.timeout();
            case CheckSpec.Metric m -> m.timeout();
            case CheckSpec.Judge j -> j.timeout();
            case CheckSpec.Human _, CheckSpec.Slop _ -> Duration.ZERO;
          };
      if (timeout.compareTo(loop.limits().time()) > 0) {
        open.add(
            new Question(
                "Can the check «" + check.name() + "» finish within the time of the task?",
                "It may run for %s, the whole task for %s; raise limits.time or lower the timeout of the check."
                    .formatted(Spans.shown(timeout), Spans.shown(loop.limits().time()))));
      }
    }
    if (loop.limits().silence().compareTo(loop.limits().time()) > 0) {
      open.add(
          new Question(
              "When is an attempt ended because it is silent?",
              "limits.silence is longer than limits.time; lower limits.silence."));
    }
  }
}

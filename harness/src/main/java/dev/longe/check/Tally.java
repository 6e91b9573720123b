package dev.longe.check;

import dev.longe.core.CaseCounts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one test runner has printed about its cases. Not thread-safe. */
final class Tally {
  /** Names of failed cases that are kept. */
  private static final int NAMES_MAX = 1_000;

  /** {@code 3 passed}, {@code Failures: 1}, {@code errors=1} or {@code pass 2}. */
  private static final Pattern COUNT =
      Pattern.compile(
          "(?<![\\d.])(?<first>\\d{1,9}) (?<then>[a-z][a-z ]*[a-z])"
              + "|(?<word>[a-z][a-z ]*[a-z]) *[:= ] *(?<number>\\d{1,9})(?!\\d)");

  private final Runner runner;
  private final Set<String> failing = new LinkedHashSet<>();
  private boolean seen;
  private boolean marked;
  private boolean saysPassed;
  private long total;
  private long passed;
  private long failed;
  private long skipped;
  private long expected;

  Tally(Runner runner) {
    this.runner = runner;
    this.marked = runner.mark().isEmpty();
  }

  Runner runner() {
    return runner;
  }

  /** Whether the output is that of the runner. */
  boolean seen() {
    return seen && marked;
  }

  void line(String line) {
    marked |= runner.mark().filter(m -> m.matcher(line).matches()).isPresent();
    for (Pattern summary : runner.summaries()) {
      Matcher m = summary.matcher(line);
      if (m.matches()) {
        seen = true;
        counts(m.group(1).toLowerCase(Locale.ROOT));
        return;
      }
    }
    for (Pattern one : runner.cases()) {
      Matcher m = one.matcher(line);
      if (m.matches()) {
        seen = true;
        if (count(m.group("state").toLowerCase(Locale.ROOT), 1) == State.FAILED) {
          failing(m.group("name"));
        }
        return;
      }
    }
    for (Pattern name : runner.failed()) {
      Matcher m = name.matcher(line);
      if (m.matches()) {
        failing(m.group("name"));
        return;
      }
    }
    seen |= runner.none().stream().anyMatch(p -> p.matcher(line).matches());
  }

  private void failing(String name) {
    if (failing.size() < NAMES_MAX && !name.isBlank()) {
      failing.add(name.strip());
    }
  }

  private void counts(String text) {
    Matcher m = COUNT.matcher(text);
    while (m.find()) {
      Optional<String> first = Optional.ofNullable(m.group("first"));
      String number = first.orElseGet(() -> m.group("number"));
      State _ =
          count(first.isPresent() ? m.group("then") : m.group("word"), Integer.parseInt(number));
    }
  }

  private enum State {
    TOTAL,
    PASSED,
    FAILED,
    SKIPPED,
    EXPECTED,
    NONE
  }

  private State count(String word, int n) {
    State state = state(word);
    switch (state) {
      case TOTAL -> total += n;
      case PASSED -> {
        saysPassed = true;
        passed += n;
      }
      case FAILED -> failed += n;
      case SKIPPED -> skipped += n;
      case EXPECTED -> expected += n;
      case NONE -> {}
    }
    return state;
  }

  private static State state(String word) {
    return switch (word) {
      case "test",
          "tests",
          "tests run",
          "total",
          "example",
          "examples",
          "runs",
          "tests completed" ->
          State.TOTAL;
      case "passed", "passing", "pass", "ok", "xpassed", "tests passed", "test passed", "flaky" ->
          State.PASSED;
      case "failed",
          "failing",
          "fail",
          "not ok",
          "failure",
          "failures",
          "error",
          "errors",
          "error occurred outside of examples",
          "errors occurred outside of examples",
          "unexpected successes",
          "cancelled",
          "timeout",
          "exception",
          "not run",
          "test failed",
          "tests failed" ->
          State.FAILED;
      case "skipped",
          "skip",
          "not run (disabled)",
          "skips",
          "pending",
          "ignored",
          "todo",
          "incomplete",
          "test skipped",
          "tests skipped",
          "test todo",
          "tests todo",
          "did not run" ->
          State.SKIPPED;
      case "xfailed", "expected failures", "known failure", "known failures" -> State.EXPECTED;
      default -> State.NONE;
    };
  }

  /** The names of failed cases, in the order of the output. */
  List<String> failing() {
    return List.copyOf(failing);
  }

  CaseCounts counts() {
    long rest = Math.max(0, total - failed - skipped - expected);
    return CaseCounts.of(saysPassed ? passed : rest, failed, skipped, expected);
  }
}

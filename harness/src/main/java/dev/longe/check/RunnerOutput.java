package dev.longe.check;

import dev.longe.core.CaseCounts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what test runners print about their cases. The output may be that of several runners, one
 * after another; their cases add up. Not thread-safe.
 */
final class RunnerOutput {
  /** Summaries and names are shorter. */
  private static final int LINE_CHARS_MAX = 2_000;

  private final List<Tally> tallies = Arrays.stream(Runner.values()).map(Tally::new).toList();

  void line(String line) {
    if (line.length() <= LINE_CHARS_MAX) {
      String plain = Feedback.clean(line).stripTrailing();
      tallies.forEach(t -> t.line(plain));
    }
  }

  /** The counts; empty if no known runner printed any. */
  Optional<CaseCounts> counts() {
    return seen().stream().map(Tally::counts).reduce(CaseCounts::plus);
  }

  /** The names of the failed cases. */
  List<String> failing() {
    return seen().stream().flatMap(t -> t.failing().stream()).distinct().toList();
  }

  /** The runners, for people. */
  String runners() {
    return seen().stream()
        .map(t -> t.runner().word())
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private List<Tally> seen() {
    List<Tally> all = tallies.stream().filter(Tally::seen).toList();
    Set<Runner> included =
        all.stream().flatMap(t -> t.runner().includes().stream()).collect(Collectors.toSet());
    return all.stream().filter(t -> !included.contains(t.runner())).toList();
  }
}

package dev.longe.review;

import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.CheckSpec;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.core.Verdict;
import dev.longe.quality.Quality;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Behaviour of a change that receipts prove, and what no receipt covers. */
final class Evidence {
  private static final int SHOWN = 8;

  private Evidence() {}

  /**
   * Cases that failed on the base or on an earlier candidate and now pass, and metrics that
   * changed.
   */
  static List<String> changed(TaskState task) {
    Optional<Attempt> last = task.last().filter(a -> !a.checked().isEmpty());
    if (last.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    List<CheckSpec> behaviour =
        task.loop().checks().stream().filter(c -> !(c instanceof CheckSpec.Slop)).toList();
    for (CheckSpec check : behaviour) {
      last.get()
          .verdict(check.name())
          .ifPresent(now -> {
            Set<String> onBase = new LinkedHashSet<>();
            task.base().forEach(b -> failing(b.verdict(), check, onBase));
            Set<String> earlier = new LinkedHashSet<>();
            task.attempts().stream()
                .filter(a -> a.number() < last.get().number())
                .flatMap(a -> a.verdict(check.name()).stream())
                .forEach(v -> failing(v, check, earlier));
            earlier.removeAll(onBase);
            green(check, "on the base", onBase, now).ifPresent(lines::add);
            green(check, "in an earlier attempt", earlier, now).ifPresent(lines::add);
            metric(task, check, now).ifPresent(lines::add);
          });
    }
    return lines;
  }

  private static void failing(Verdict v, CheckSpec check, Set<String> into) {
    if (v instanceof Verdict.Failed f && f.check().equals(check.name())) {
      into.addAll(f.cases());
    }
  }

  /** The cases that pass now, as one line; empty if there are none. */
  private static Optional<String> green(
      CheckSpec check, String where, Set<String> red, Verdict now) {
    List<String> green = red.stream().filter(c -> passes(check, c, now)).toList();
    return green.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: failed %s and passes on the candidate: %s"
                .formatted(check.name(), where, Text.list(green, SHOWN)));
  }

  /**
   * Whether a case passes now. A failed run that names no case, and a broken run, do not prove that
   * it passes.
   */
  private static boolean passes(CheckSpec check, String one, Verdict now) {
    String whole = check.name().text();
    return switch (now) {
      case Verdict.Passed _ -> true;
      case Verdict.Failed f ->
          !f.cases().contains(one) && !f.cases().contains(whole) && !one.equals(whole);
      case Verdict.Broken _, Verdict.Waiting _ -> false;
    };
  }

  private static Optional<String> metric(TaskState task, CheckSpec check, Verdict now) {
    if (!(check instanceof CheckSpec.Metric m)
        || !(now instanceof Verdict.Passed p)
        || p.value().isEmpty()) {
      return Optional.empty();
    }
    String first =
        task.attempts().stream()
            .flatMap(a -> a.verdict(check.name()).stream())
            .flatMap(v ->
                v instanceof Verdict.Failed f && f.value().isPresent()
                    ? Optional.of("; at first it was " + f.value().getAsDouble()).stream()
                    : Optional.<String>empty().stream())
            .findFirst()
            .orElse("");
    return Optional.of(
        "%s is %s, the goal is %s%s"
            .formatted(check.name(), p.value().getAsDouble(), m.goal(), first));
  }

  /** What no check covers. */
  static List<String> unchecked(TaskState task, Optional<CandidateChange> change) {
    Optional<Candidate> candidate = task.candidate();
    if (candidate.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    List<String> notRun =
        task.loop().checks().stream()
            .map(CheckSpec::name)
            .filter(n -> !task.verdicts().containsKey(n))
            .map(n -> n.text())
            .toList();
    if (!notRun.isEmpty()) {
      lines.add("not run: " + Text.list(notRun, SHOWN));
    }
    boolean red = task.base().stream().anyMatch(b -> b.verdict() instanceof Verdict.Failed);
    if (!red && changed(task).isEmpty()) {
      lines.add("no check failed before the change, so none is known to test what changed");
    }
    if (task.loop().checks().stream().noneMatch(c -> c instanceof CheckSpec.Slop)) {
      lines.add("the code's quality: the loop has no «guard: slop»");
    }
    if (!candidate.get().protectedTouched().isEmpty()) {
      lines.add(
          "its changes to protected paths: the checks used the base's version of "
              + Text.list(candidate.get().protectedTouched(), 3));
    }
    change.ifPresent(c -> {
      List<String> binary = c.files().stream().filter(f -> f.binary()).map(f -> f.path()).toList();
      if (!binary.isEmpty()) {
        lines.add("binary files: " + Text.list(binary, 3));
      }
      if (c.files().stream().noneMatch(f -> Quality.isTest(f.path()))) {
        lines.add("the change contains no test");
      }
      c.borne().stream()
          .filter(i -> i.check().isEmpty())
          .forEach(i -> lines.add("the invariant «" + i.id() + "» has no check"));
    });
    lines.add("a merge with changes that land before it: the checks run again on the merged tree");
    return lines;
  }
}

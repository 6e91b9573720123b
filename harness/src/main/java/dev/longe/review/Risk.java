package dev.longe.review;

import dev.longe.core.Event;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.Remark;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.core.Tier;
import dev.longe.core.Verdict;
import dev.longe.quality.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The attention that a change needs, with the reasons. The rules are own choices, based on the
 * predictors of incidents in published risk scores: what is changed, how much, and how the change
 * was made. The bounds come from the task's policy.
 */
record Risk(Tier tier, List<String> reasons) {
  private static final Pattern SENSITIVE =
      Pattern.compile(
          "(?i)auth|login|passw|secret|crypt|token|permission|acl|payment|billing|invoice|migrat|security|sandbox");

  public Risk {
    reasons = List.copyOf(reasons);
  }

  /** The reasons, or a text that there is none. */
  List<String> shown() {
    return reasons.isEmpty()
        ? List.of("small, and changes nothing that is known to be critical")
        : reasons;
  }

  static Risk of(TaskState task, CandidateChange change) {
    List<String> high = high(task, change);
    List<String> medium = medium(task, change);
    List<String> all = new ArrayList<>(high);
    all.addAll(medium);
    Tier tier = !high.isEmpty() ? Tier.HIGH : medium.isEmpty() ? Tier.LOW : Tier.MEDIUM;
    return new Risk(tier, all);
  }

  private static List<String> high(TaskState task, CandidateChange change) {
    List<String> why = new ArrayList<>();
    if (!change.borne().isEmpty()) {
      why.add(
          "concerns the invariants "
              + Text.list(change.borne().stream().map(i -> "«" + i.id() + "»").toList(), 5));
    }
    task.candidate()
        .filter(c -> !c.protectedTouched().isEmpty())
        .ifPresent(c -> why.add("changes protected paths: " + Text.list(c.protectedTouched(), 3)));
    if (!change.dependencies().isEmpty()) {
      why.add("adds " + Text.count(change.dependencies().size(), "dependency line"));
    }
    if (change.lines() > task.policy().tiers().highLines()) {
      why.add(change.lines() + " changed lines");
    }
    List<String> sensitive =
        change.files().stream()
            .map(f -> f.path())
            .filter(p -> !Quality.isTest(p) && SENSITIVE.matcher(p).find())
            .toList();
    if (!sensitive.isEmpty()) {
      why.add("changes sensitive files: " + Text.list(sensitive, 3));
    }
    if (task.reason().filter(r -> r == Reason.GETTING_WORSE).isPresent()) {
      why.add("the code got worse with each attempt");
    }
    remarks(task).stream()
        .filter(r -> r.rule().equals("assertion-removed") || r.rule().equals("test-skipped"))
        .findFirst()
        .ifPresent(r -> why.add("weakens a test: " + r.place()));
    return why;
  }

  private static List<String> medium(TaskState task, CandidateChange change) {
    Policy.Tiers tiers = task.policy().tiers();
    List<String> why = new ArrayList<>();
    if (change.lines() > tiers.mediumLines() && change.lines() <= tiers.highLines()) {
      why.add(change.lines() + " changed lines");
    }
    if (change.files().size() > tiers.mediumFiles()) {
      why.add(change.files().size() + " files");
    }
    if (task.attemptsCounted() >= tiers.mediumAttempts()) {
      why.add(task.attemptsCounted() + " attempts");
    }
    if (change.files().stream().anyMatch(f -> f.binary())) {
      why.add("changes binary files");
    }
    long found = remarks(task).stream().filter(r -> !r.rule().equals("clone")).count();
    if (found > 0) {
      why.add(Text.count(found, "finding") + " in its code");
    }
    boolean unsure = task.verdicts().values().stream().anyMatch(v -> v instanceof Verdict.Waiting);
    if (unsure) {
      why.add("a check waits for a human");
    }
    return why;
  }

  private static List<Remark> remarks(TaskState task) {
    Optional<Event.Measured> measured = task.last().flatMap(a -> a.measured());
    return measured.map(Event.Measured::remarks).orElse(List.of());
  }
}

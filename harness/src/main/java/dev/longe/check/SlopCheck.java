package dev.longe.check;

import dev.longe.core.CheckSpec;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Growth;
import dev.longe.core.Invariant;
import dev.longe.core.Receipt;
import dev.longe.core.Remark;
import dev.longe.core.Text;
import dev.longe.core.Verdict;
import dev.longe.quality.Delta;
import dev.longe.quality.Finding;
import dev.longe.quality.Measure;
import dev.longe.quality.Metrics;
import dev.longe.quality.Quality;
import dev.longe.quality.Rule;
import dev.longe.workspace.Globs;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the code of a candidate with that of its base. Fails a change that hides an error. Fails
 * a new default or guard in a path that an invariant covers, unless the code cites an invariant.
 * Reports all other findings without failing. Thread-safe.
 */
public final class SlopCheck {
  private final InstantSource clock;

  public SlopCheck(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The trees to compare.
   *
   * @param invariants the repository's invariants at the base
   * @param cache file of the measure cache
   */
  public record Subject(
      Repository repository,
      Commit base,
      Commit candidate,
      String tree,
      List<Invariant> invariants,
      Path cache) {}

  /**
   * Runs the check.
   *
   * @param receipt the id of the run's receipt
   * @param output file for all findings
   */
  public CheckResult run(CheckSpec.Slop check, Subject subject, String receipt, Path output) {
    Instant began = clock.instant();
    Quality quality = new Quality(subject.cache());
    Metrics base = quality.measure(CodeTree.of(subject.repository(), subject.base()));
    Metrics candidate = quality.measure(CodeTree.of(subject.repository(), subject.candidate()));
    Delta delta = Delta.between(base, candidate);
    List<Remark> remarks = new ArrayList<>();
    delta.added().forEach(s -> remark(s, subject.invariants()).ifPresent(remarks::add));
    delta.worsened().forEach(s -> remark(s, subject.invariants()).ifPresent(remarks::add));
    remarks.sort(Comparator.comparing((Remark r) -> !r.fails()).thenComparing(Remark::rule));
    List<String> refused = remarks.stream().filter(Remark::fails).map(Remark::line).toList();
    String sha256 = keep(remarks, output);
    Receipt record =
        new Receipt(
            receipt,
            "longe quality " + subject.base().brief() + " --at " + subject.candidate().brief(),
            subject.candidate(),
            subject.tree(),
            refused.isEmpty() ? 0 : 1,
            Duration.between(began, clock.instant()),
            sha256,
            Optional.empty());
    List<Remark> kept = remarks.stream().limit(Event.Measured.REMARKS_MAX).toList();
    CheckResult.Measures measures =
        new CheckResult.Measures(
            growth(subject, quality, base, candidate), kept, remarks.size() - kept.size());
    return new CheckResult(
        verdict(check, remarks, refused), record, Optional.empty(), Optional.of(measures));
  }

  private static Verdict verdict(CheckSpec.Slop check, List<Remark> remarks, List<String> refused) {
    if (refused.isEmpty()) {
      return new Verdict.Passed(check.name(), OptionalDouble.empty());
    }
    List<String> cases =
        remarks.stream()
            .filter(Remark::fails)
            .map(r -> r.rule() + " in " + r.place().substring(0, r.place().lastIndexOf(':')))
            .toList();
    String told =
        "This change hides errors or guards against what should not happen:\n- "
            + String.join("\n- ", refused)
            + "\nState the invariant that makes each of these needless and make it hold, or let the"
            + " error go on to who can deal with it.";
    return new Verdict.Failed(
        check.name(),
        cases,
        Text.clip(told, Verdict.FEEDBACK_CHARS),
        Feedback.signature(cases, List.of()),
        OptionalDouble.empty());
  }

  /** The remark on a finding; empty if the code cites an existing invariant. */
  private static Optional<Remark> remark(Finding s, List<Invariant> invariants) {
    Set<String> ids = invariants.stream().map(Invariant::id).collect(Collectors.toSet());
    if (s.serves().filter(ids::contains).isPresent()) {
      return Optional.empty();
    }
    boolean hides = s.rule().family() == Rule.Family.HIDING;
    boolean guards = s.rule() == Rule.DEFAULT_FALLBACK || s.rule() == Rule.REDUNDANT_GUARD;
    boolean bearing = invariants.stream().anyMatch(i -> new Globs(i.paths()).match(s.path()));
    boolean fails = (hides || (guards && bearing)) && !Quality.isTest(s.path());
    return Optional.of(
        new Remark(s.rule().code(), s.rule().meaning(), s.place(), s.text(), fails, s.serves()));
  }

  private static List<Growth> growth(
      Subject subject, Quality quality, Metrics base, Metrics candidate) {
    Map<String, String> before = subject.repository().content().ids(subject.base());
    Map<String, String> after = subject.repository().content().ids(subject.candidate());
    Map<String, String> was = changed(before, after);
    Map<String, String> is = changed(after, before);
    Metrics changedBefore = quality.measure(CodeTree.of(subject.repository(), was));
    Metrics changedAfter = quality.measure(CodeTree.of(subject.repository(), is));
    GrowthHistory history = GrowthHistory.of(subject.repository(), quality, subject.base());
    List<Growth> all = new ArrayList<>();
    for (Measure m : Measure.values()) {
      if (m.moreIsWorse()) {
        double here = changedAfter.measure(m) - changedBefore.measure(m);
        all.add(
            new Growth(
                m.code(),
                base.measure(m),
                candidate.measure(m),
                history.rank(m, here),
                m.heldOut()));
      }
    }
    return all;
  }

  /** The entries of {@code tree} that differ from those of {@code other}. */
  private static Map<String, String> changed(Map<String, String> tree, Map<String, String> other) {
    return tree.entrySet().stream()
        .filter(e -> !Objects.equals(other.get(e.getKey()), e.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String keep(List<Remark> remarks, Path output) {
    try (OutputCapture kept = new OutputCapture(output)) {
      remarks.forEach(r -> kept.line((r.fails() ? "refused " : "told    ") + r.line()));
      return kept.sha256();
    } catch (IOException e) {
      throw new Fault("The findings can't be written to " + output + ": " + e.getMessage(), e);
    }
  }
}

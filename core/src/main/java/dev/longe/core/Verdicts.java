package dev.longe.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All verdicts on one candidate: those of the checks that ran, and those that follow from the
 * candidate itself.
 */
public final class Verdicts {
  private Verdicts() {}

  public static Map<CheckName, Verdict> of(TaskState task, Attempt attempt) {
    Map<CheckName, Verdict> all = new LinkedHashMap<>();
    for (CheckSpec check : task.loop().checks()) {
      switch (check) {
        case CheckSpec.Human h -> all.put(h.name(), new Verdict.Waiting(h.name(), h.question()));
        case CheckSpec.Run _, CheckSpec.Metric _, CheckSpec.Judge _, CheckSpec.Slop _ ->
            attempt.verdict(check.name()).ifPresent(v -> all.put(check.name(), v));
      }
    }
    attempt
        .candidate()
        .ifPresent(c -> {
          all.put(CheckName.PROTECTED, protectedPaths(c));
          all.put(CheckName.DIFF_SIZE, diffSize(c, task.limits().diffLines()));
          if (!c.outsideLinks().isEmpty()) {
            all.put(CheckName.OUTSIDE_LINKS, outsideLinks(c.outsideLinks()));
          }
        });
    return all;
  }

  private static Verdict protectedPaths(Candidate candidate) {
    if (candidate.protectedTouched().isEmpty()) {
      return new Verdict.Passed(CheckName.PROTECTED, OptionalDouble.empty());
    }
    return new Verdict.Waiting(
        CheckName.PROTECTED,
        "May the candidate change " + Text.list(candidate.protectedTouched(), 5) + "?");
  }

  private static Verdict diffSize(Candidate candidate, int linesMax) {
    OptionalDouble lines = OptionalDouble.of(candidate.diffLines());
    if (candidate.diffLines() <= linesMax) {
      return new Verdict.Passed(CheckName.DIFF_SIZE, lines);
    }
    String feedback =
        "The change has %d lines, %d are allowed. Make it smaller."
            .formatted(candidate.diffLines(), linesMax);
    return new Verdict.Failed(
        CheckName.DIFF_SIZE,
        List.of(CheckName.DIFF_SIZE.text()),
        feedback,
        CheckName.DIFF_SIZE.text(),
        lines);
  }

  private static Verdict outsideLinks(List<OutsideLink> links) {
    String feedback =
        links.stream().map(OutsideLink::sentence).collect(Collectors.joining("\n"))
            + "\nA link may only point to a path of the repository. Remove the link, or put the"
            + " content into the repository.";
    return new Verdict.Failed(
        CheckName.OUTSIDE_LINKS,
        links.stream().map(OutsideLink::path).toList(),
        Text.clip(feedback, Verdict.FEEDBACK_CHARS),
        links.stream().map(OutsideLink::path).collect(Collectors.joining(" ")),
        OptionalDouble.empty());
  }

  /** The failing cases of all checks of an attempt, each prefixed with the name of its check. */
  public static Set<String> failing(TaskState task, Attempt attempt) {
    Set<String> cases = new TreeSet<>();
    of(task, attempt)
        .forEach((name, verdict) -> {
          switch (verdict) {
            case Verdict.Failed f ->
                f.cases().forEach(c -> cases.add(c.equals(name.text()) ? c : name + " > " + c));
            case Verdict.Broken _ -> cases.add(name + " (broken)");
            case Verdict.Passed _, Verdict.Waiting _ -> {}
          }
        });
    return cases;
  }

  /**
   * Returns a list that is equal for attempts that fail in the same way; empty if nothing failed.
   */
  public static List<String> signature(TaskState task, Attempt attempt) {
    List<String> signature = new ArrayList<>();
    of(task, attempt)
        .forEach((name, verdict) -> {
          if (verdict instanceof Verdict.Failed f) {
            signature.add(name + ":" + f.signature());
          }
        });
    return signature;
  }
}

package dev.longe.core;

import java.util.Optional;

/** Checks that a human's decision is about the present candidate of the task. */
final class SeenCandidate {
  private SeenCandidate() {}

  /**
   * Returns why a decision is refused that names another candidate than the present one; empty if
   * it does not.
   */
  static Optional<String> changed(TaskState s, Event.Word word) {
    return seen(word)
        .filter(commit -> s.candidate().filter(c -> c.commit().equals(commit)).isEmpty())
        .map(commit -> changed(s, commit));
  }

  /**
   * Returns why a decision is refused that names no candidate although the task has one; empty if
   * it is not.
   */
  static Optional<String> missing(TaskState s, Event.Word word) {
    return word instanceof Event.OnCandidate && seen(word).isEmpty()
        ? s.candidate()
            .map(now ->
                "The command names no candidate, and %s has %s. Name the candidate that you saw."
                    .formatted(s.id(), shown(now)))
        : Optional.empty();
  }

  private static Optional<Commit> seen(Event.Word word) {
    return word instanceof Event.OnCandidate decision ? decision.candidate() : Optional.empty();
  }

  private static String changed(TaskState s, Commit commit) {
    String saw =
        s.attempts().stream()
            .flatMap(a -> a.candidate().stream())
            .filter(c -> c.commit().equals(commit))
            .findFirst()
            .map(SeenCandidate::shown)
            .orElse(commit.brief() + ", which is not a candidate of this task");
    String now = s.candidate().map(SeenCandidate::shown).orElse("no candidate");
    return "The candidate of %s changed: you saw %s; now it has %s. Look at it with «longe show %s», then repeat the command."
        .formatted(s.id(), saw, now, s.id());
  }

  private static String shown(Candidate c) {
    return "%s of attempt %d (+%d −%d lines, %s)"
        .formatted(
            c.commit().brief(),
            c.number(),
            c.added(),
            c.removed(),
            c.files().size() == 1 ? "1 file" : c.files().size() + " files");
  }
}

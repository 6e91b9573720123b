package dev.longe.runner;

import dev.longe.check.Finding;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.core.Verdict;
import dev.longe.workspace.Landing;
import dev.longe.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lands an accepted candidate: merge, check the result, move the ref; again when the target has
 * moved meanwhile.
 */
final class LandingEffect {
  /** A target that moves more often than this while checks run is too busy for now. */
  private static final int TRIES_MAX = 5;

  private final TaskState task;
  private final Event.Accepted accepted;
  private final Workspace workspace;
  private final Function<Merged, Finding> checks;

  /** A check to be run on a merged commit. */
  record Merged(
      TaskState task,
      CheckSpec check,
      Workspace workspace,
      Commit commit,
      String tree,
      String receipt) {}

  LandingEffect(
      TaskState task,
      Event.Accepted accepted,
      Workspace workspace,
      Function<Merged, Finding> checks) {
    this.task = task;
    this.accepted = accepted;
    this.workspace = workspace;
    this.checks = checks;
  }

  Event land() {
    for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
      Optional<Event> outcome = once(attempt);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return refused("The target moves faster than the checks run; accept again when it is quieter.");
  }

  private static Event refused(String why) {
    return new Event.LandingRefused(why, List.of());
  }

  private Optional<String> target() {
    return accepted.branchOnly() ? Optional.empty() : task.submitted().source().target();
  }

  /** One try; empty if the target was moved by somebody else meanwhile. */
  private Optional<Event> once(int attempt) {
    Landing landing = workspace.landing();
    Commit candidate = task.candidate().orElseThrow().commit();
    return switch (landing.merge(candidate, target(), CommitMessages.landing(task))) {
      case Landing.Merged.Conflict c ->
          Optional.of(
              refused(
                  "The candidate conflicts with %s in %s; reject it with that reason, or merge refs/longe/%s by hand."
                      .formatted(target().orElse("the base"), c.files(), task.id())));
      case Landing.Merged.Impossible i -> Optional.of(refused(i.why()));
      case Landing.Merged.Clean merged -> checkedAndMoved(landing, merged, attempt);
    };
  }

  private Optional<Event> checkedAndMoved(
      Landing landing, Landing.Merged.Clean merged, int attempt) {
    List<Event.Checked> results = merged.asChecked() ? earlier() : recheck(merged, attempt);
    List<String> bad =
        results.stream()
            .map(Event.Checked::verdict)
            .filter(v -> v instanceof Verdict.Failed || v instanceof Verdict.Broken)
            .map(Verdict::check)
            .map(CheckName::text)
            .toList();
    if (!bad.isEmpty()) {
      String why =
          "On top of %s as it is now these checks do not pass: %s. Reject the candidate to let the agent go on."
              .formatted(target().orElse("the base"), Text.list(bad, 5));
      return Optional.of(new Event.LandingRefused(why, results));
    }
    Landing.Moved moved =
        target()
            .map(t -> landing.toTarget(merged, t))
            .orElseGet(() -> landing.toOwnBranch(merged.commit()));
    return switch (moved) {
      case Landing.Moved.Done done ->
          Optional.of(new Event.Landed(merged.commit(), done.ref(), results));
      case Landing.Moved.Outrun _ -> Optional.empty();
      case Landing.Moved.Refused r ->
          Optional.of(
              switch (landing.toOwnBranch(merged.commit())) {
                case Landing.Moved.Done done ->
                    refused(r.why() + " Meanwhile the change is on " + done.ref() + ".");
                case Landing.Moved.Refused again -> refused(r.why() + " " + again.why());
                case Landing.Moved.Outrun _ -> refused(r.why());
              });
    };
  }

  /** The runs on the candidate itself speak for a merge with the same tree. */
  private List<Event.Checked> earlier() {
    List<Event.Checked> last = new ArrayList<>();
    for (Event.Checked one : task.last().orElseThrow().checked()) {
      last.removeIf(c -> c.verdict().check().equals(one.verdict().check()));
      last.add(one);
    }
    return last;
  }

  private List<Event.Checked> recheck(Landing.Merged.Clean merged, int attempt) {
    String tree = workspace.checkout(merged.commit(), merged.onto());
    List<Event.Checked> results = new ArrayList<>();
    for (CheckSpec check : task.loop().checks()) {
      if (check instanceof CheckSpec.Run || check instanceof CheckSpec.Metric) {
        String receipt = "landing-" + attempt + "-" + (results.size() + 1);
        Finding f =
            checks.apply(new Merged(task, check, workspace, merged.commit(), tree, receipt));
        results.add(new Event.Checked(task.attempts().size(), f.verdict(), f.receipt()));
      }
    }
    return results;
  }
}

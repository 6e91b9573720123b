package dev.longe.effects;

import dev.longe.check.CheckResult;
import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
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
 * Lands an accepted candidate together with those that were accepted before it: merges all of them,
 * checks the result once, and moves the ref. Repeats this if the target has moved meanwhile. If the
 * result fails, bisection finds the first change that breaks it. The changes before it land; its
 * own landing reports the failure to its human.
 */
final class LandingEffect {
  /** How often landing is tried while the target moves during the checks. */
  private static final int TRIES_MAX = 5;

  private final TaskState task;
  private final Event.Accepted accepted;
  private final Workspace workspace;
  private final Function<MergedTree, CheckResult> checks;
  private final List<TaskState> ahead;
  private int runs;

  /** A check to be run on a merged commit. */
  record MergedTree(
      TaskState task,
      CheckSpec check,
      Workspace workspace,
      Commit commit,
      Commit onto,
      String receipt) {}

  /** One task's change in the queue, merged onto those before it. */
  private record Car(TaskState task, Landing.Merged.Clean merged) {}

  /**
   * @param ahead tasks that were accepted earlier for the same target, with the same checks
   */
  LandingEffect(
      TaskState task,
      Event.Accepted accepted,
      Workspace workspace,
      Function<MergedTree, CheckResult> checks,
      List<TaskState> ahead) {
    this.task = task;
    this.accepted = accepted;
    this.workspace = workspace;
    this.checks = checks;
    this.ahead = new ArrayList<>(accepted.branchOnly() ? List.of() : ahead);
  }

  Event land() {
    int tries = TRIES_MAX + ahead.size();
    for (int attempt = 1; attempt <= tries; attempt++) {
      Optional<Event> outcome = once();
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return refused("The target moved during every try to land; accept again later.");
  }

  private static Event refused(String why) {
    return new Event.LandingRefused(why, List.of());
  }

  private Optional<String> target() {
    return accepted.branchOnly() ? Optional.empty() : task.submitted().source().target();
  }

  private String shownTarget() {
    return target().orElse("the base");
  }

  /**
   * Tries once; empty if the target has moved meanwhile, or an earlier change had to be left out.
   */
  private Optional<Event> once() {
    Landing landing = workspace.landing();
    Optional<Commit> onto = landing.tip(target());
    if (onto.isEmpty()) {
      return Optional.of(refused("The branch " + shownTarget() + " does not exist any more."));
    }
    List<Car> train = new ArrayList<>();
    Commit tip = onto.get();
    for (TaskState one : ahead) {
      if (landing.merge(change(one), tip) instanceof Landing.Merged.Clean clean) {
        train.add(new Car(one, clean));
        tip = clean.commit();
      }
    }
    return switch (landing.merge(change(task), tip)) {
      case Landing.Merged.Conflict c ->
          Optional.of(
              refused(
                  "The candidate conflicts with %s in %s; reject it with that reason, or merge refs/longe/%s/%d by hand."
                      .formatted(
                          shownTarget(),
                          c.files(),
                          task.id(),
                          task.candidate().orElseThrow().number())));
      case Landing.Merged.Impossible i -> Optional.of(refused(i.why()));
      case Landing.Merged.There _ when !train.isEmpty() -> {
        ahead.clear(); // an earlier change does the same; the target does not have it yet
        yield Optional.empty();
      }
      case Landing.Merged.There there ->
          Optional.of(
              new Event.Landed(
                  there.commit(),
                  target().map(t -> "refs/heads/" + t).orElse(shownTarget()),
                  earlier()));
      case Landing.Merged.Clean merged -> {
        train.add(new Car(task, merged));
        yield checkedAndMoved(landing, onto.get(), train);
      }
    };
  }

  private Landing.Change change(TaskState of) {
    List<Commit> steps =
        of.attempts().stream().flatMap(a -> a.candidate().stream()).map(Candidate::commit).toList();
    return new Landing.Change(
        of.id(),
        steps.getLast(),
        steps.subList(0, steps.size() - 1),
        of.frame().delivery().landing(),
        CommitMessages.landing(of));
  }

  private Optional<Event> checkedAndMoved(Landing landing, Commit onto, List<Car> train) {
    Landing.Merged.Clean last = train.getLast().merged();
    List<Event.Checked> results =
        train.size() == 1 && last.asChecked() ? earlier() : recheck(last.commit(), onto);
    if (bad(results).isEmpty()) {
      return move(landing, onto, last, results);
    }
    if (train.size() == 1) {
      String why =
          "After a merge with the present %s these checks do not pass: %s. Reject the candidate to let the agent continue."
              .formatted(shownTarget(), Text.list(bad(results), 5));
      return Optional.of(new Event.LandingRefused(why, results));
    }
    leaveOutTheFirstBad(landing, onto, train);
    return Optional.empty();
  }

  /** Lands the changes before the first one that breaks the checks, and leaves that one out. */
  private void leaveOutTheFirstBad(Landing landing, Commit onto, List<Car> train) {
    int good = 0;
    int broken = train.size();
    while (broken - good > 1) {
      int middle = (good + broken) / 2;
      Commit commit = train.get(middle - 1).merged().commit();
      if (bad(recheck(commit, onto)).isEmpty()) {
        good = middle;
      } else {
        broken = middle;
      }
    }
    if (good > 0) {
      // Whatever the result is, the next try begins with the target as it is then.
      Landing.Merged.Clean prefix = train.get(good - 1).merged();
      Landing.Moved _ = landing.toTarget(onto(prefix, onto), target().orElseThrow());
    }
    TaskState first = train.get(broken - 1).task();
    if (first.id().equals(task.id())) {
      ahead.clear(); // this task's own change fails, so it lands alone
    } else {
      ahead.removeIf(t -> t.id().equals(first.id()));
    }
  }

  /** A change of the queue relative to the target: with all changes before it. */
  private static Landing.Merged.Clean onto(Landing.Merged.Clean merged, Commit target) {
    return new Landing.Merged.Clean(merged.commit(), target, merged.asChecked());
  }

  private static List<String> bad(List<Event.Checked> results) {
    return results.stream()
        .map(Event.Checked::verdict)
        .filter(v -> v instanceof Verdict.Failed || v instanceof Verdict.Broken)
        .map(Verdict::check)
        .map(CheckName::text)
        .toList();
  }

  private Optional<Event> move(
      Landing landing, Commit onto, Landing.Merged.Clean merged, List<Event.Checked> results) {
    Landing.Merged.Clean whole = onto(merged, onto);
    Landing.Moved moved =
        target()
            .map(t -> landing.toTarget(whole, t))
            .orElseGet(() -> landing.toOwnBranch(merged.commit()));
    return switch (moved) {
      case Landing.Moved.Done done ->
          Optional.of(new Event.Landed(merged.commit(), done.ref(), results));
      case Landing.Moved.Outrun _ -> Optional.empty();
      case Landing.Moved.Refused r ->
          Optional.of(
              switch (landing.toOwnBranch(merged.commit())) {
                case Landing.Moved.Done done ->
                    refused(r.why() + " The change is on " + done.ref() + ".");
                case Landing.Moved.Refused again -> refused(r.why() + " " + again.why());
                case Landing.Moved.Outrun _ -> refused(r.why());
              });
    };
  }

  /** The last check results of the candidate; they are valid for a merge with the same tree. */
  private List<Event.Checked> earlier() {
    List<Event.Checked> last = new ArrayList<>();
    Attempt attempt = task.last().orElseThrow();
    for (Event.Checked one : attempt.checked()) {
      last.removeIf(c -> c.verdict().check().equals(one.verdict().check()));
      last.add(one);
    }
    return last;
  }

  private List<Event.Checked> recheck(Commit commit, Commit onto) {
    runs++;
    List<Event.Checked> results = new ArrayList<>();
    for (CheckSpec check : task.loop().checks()) {
      if (check instanceof CheckSpec.Run || check instanceof CheckSpec.Metric) {
        String receipt = "landing-" + runs + "-" + (results.size() + 1);
        CheckResult f = checks.apply(new MergedTree(task, check, workspace, commit, onto, receipt));
        results.add(new Event.Checked(task.attempts().size(), f.verdict(), f.receipt()));
      }
    }
    return results;
  }
}

package dev.longe.core.policy;

import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.Event;
import dev.longe.core.Move;
import dev.longe.core.MoveStep;
import dev.longe.core.NetworkHint;
import dev.longe.core.Policy;
import dev.longe.core.Reason;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.core.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the next move after failed checks. It goes through the loop's moves in order. Progress
 * resets the count of the current step. A word of a human or another agent restarts at the first
 * step.
 */
final class Ladder {
  private static final int DETAIL_CHARS = 350;

  private final TaskState task;
  private final Policy policy;
  private final Attempt attempt;
  private int step;
  private int used;

  private Ladder(TaskState task, Policy policy, Attempt attempt) {
    this.task = task;
    this.policy = policy;
    this.attempt = attempt;
  }

  static Event.Decided next(TaskState task, Policy policy, Attempt attempt) {
    return new Ladder(task, policy, attempt).climb();
  }

  private Event.Decided climb() {
    standing();
    Reason reason = reason();
    List<MoveStep> moves = task.loop().moves();
    for (; step < moves.size(); step++, used = 0) {
      if (used < moves.get(step).times() && possible(moves.get(step).kind(), reason)) {
        Move move =
            switch (moves.get(step).kind()) {
              case CONTINUE -> Move.CONTINUE;
              case FRESH -> Move.FRESH;
              case HAND_OFF -> Move.HAND_OFF;
              case ASK -> Move.ASK;
            };
        return decided(move, reason, Optional.of(step));
      }
    }
    return decided(Move.STOP, Reason.MOVES_EXHAUSTED, Optional.empty());
  }

  /** Computes the current step, and how often it was used, from the attempts so far. */
  private void standing() {
    for (Attempt a : task.attempts()) {
      if (a.number() <= task.humanMark()) {
        continue;
      }
      if (a.move() == Move.HAND_OFF) {
        step = 0;
        used = 0;
      } else if (a.rung().isPresent()) {
        used = a.rung().get() == step ? used + 1 : 1;
        step = a.rung().get();
      }
      if (Progress.made(task, a)) {
        used = 0;
      }
    }
  }

  private boolean possible(MoveStep.Kind kind, Reason reason) {
    return switch (kind) {
      case CONTINUE -> !leavesSession(reason) && Judgement.samePlace(task) == Move.CONTINUE;
      case HAND_OFF -> attempt.agent() + 1 < task.loop().agents().size();
      case FRESH, ASK -> true;
    };
  }

  /** Whether the session gets no further message for this reason. */
  private boolean leavesSession(Reason reason) {
    return sameFailure()
        || reason == Reason.GETTING_WORSE
        || reason == Reason.CONTEXT_FULL
        || reason == Reason.TREE_SEEN
        || reason == Reason.SILENT
        || reason == Reason.LIMIT_OUTPUT;
  }

  private Reason reason() {
    if (!Trend.rising(task, policy, attempt).isEmpty()) {
      return Reason.GETTING_WORSE;
    }
    if (Progress.made(task, attempt)) {
      return Reason.PROGRESS;
    }
    Stop stop = attempt.stop().orElseThrow();
    if (stop instanceof Stop.ContextFull) {
      return Reason.CONTEXT_FULL;
    }
    if (stop instanceof Stop.Silent) {
      return Reason.SILENT;
    }
    if (stop instanceof Stop.OverLimit over) {
      return Reason.of(over.limit());
    }
    if (treeSeen()) {
      return Reason.TREE_SEEN;
    }
    if (stop instanceof Stop.Crashed) {
      return Reason.CRASHED;
    }
    if (attempt.candidate().map(Candidate::tree).equals(treeBefore())) {
      return Reason.NO_CHANGE;
    }
    if (sameFailure()) {
      return Reason.SAME_FAILURE;
    }
    return Progress.checkedBefore(task, attempt).isEmpty()
        ? Reason.CHECKS_FAILED
        : Reason.CRITERION_FLAT;
  }

  private Optional<String> treeBefore() {
    return earlier().isEmpty()
        ? task.baseTree()
        : earlier().getLast().candidate().map(Candidate::tree);
  }

  /** Whether the tree equals an earlier one, but not the last one: A → B → A. */
  private boolean treeSeen() {
    Optional<String> tree = attempt.candidate().map(Candidate::tree);
    return !tree.equals(treeBefore())
        && earlier().stream().anyMatch(a -> a.candidate().map(Candidate::tree).equals(tree));
  }

  private List<Attempt> earlier() {
    return task.attempts().stream()
        .filter(a -> a.number() < attempt.number() && a.candidate().isPresent())
        .toList();
  }

  private boolean sameFailure() {
    List<Attempt> checked = Progress.checkedBefore(task, attempt);
    int earlier = policy.session().sameFailures() - 1;
    if (checked.size() < earlier) {
      return false;
    }
    List<String> signature = Verdicts.signature(task, attempt);
    return checked.subList(checked.size() - earlier, checked.size()).stream()
        .allMatch(a -> Verdicts.signature(task, a).equals(signature));
  }

  private Event.Decided decided(Move move, Reason reason, Optional<Integer> usedStep) {
    List<String> evidence = new ArrayList<>();
    if (move == Move.ASK || move == Move.STOP) {
      evidence.addAll(hints());
    }
    evidence.add(Text.list(List.copyOf(Verdicts.failing(task, attempt)), 5));
    return Judgement.decide(
        task, move, reason, String.join("\n", evidence), usedStep, Optional.empty());
  }

  /** What a human should know before the names of the failing checks. */
  private List<String> hints() {
    List<String> hints = new ArrayList<>();
    if (attempt.stop().orElseThrow() instanceof Stop.Crashed crashed) {
      hints.add("The last attempt " + Text.clip(crashed.shown(), DETAIL_CHARS));
    }
    Verdicts.of(task, attempt)
        .values()
        .forEach(v -> NetworkHint.of(task.loop(), v).ifPresent(hints::add));
    return hints;
  }
}

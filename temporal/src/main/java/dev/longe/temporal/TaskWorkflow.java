package dev.longe.temporal;

import dev.longe.core.Event;
import dev.longe.tasks.RemoteEngine;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.Optional;

/** One task, from its submission until it has landed or is discarded. */
@WorkflowInterface
public interface TaskWorkflow {
  @WorkflowMethod(name = "LongeTask")
  void work(Messages.Carried carried);

  /** Words of a human, in order; one, but for a review and its acceptance in release 0.1.0. */
  record Words(List<Event.Word> all) {
    public Words {
      all = List.copyOf(all);
    }
  }

  /** Takes words in order; answers {@code ok} or with the first refusal. */
  @UpdateMethod
  String say(Words words);

  /** Has the task go on elsewhere. */
  @UpdateMethod
  String move(Optional<String> machine);

  /** Leaves the task alone; for good once another engine has it. Answers why not, or nothing. */
  @UpdateMethod
  String giveUp(boolean forGood);

  /** What the pool grants after a wait. */
  @SignalMethod
  void granted(CoordinatorRequest.Answer answer);

  @QueryMethod
  RemoteEngine.Look look(int after);
}

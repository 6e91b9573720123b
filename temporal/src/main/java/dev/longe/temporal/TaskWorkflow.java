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

  /**
   * Words of a human, in order. There is one word, except for a review with its acceptance in
   * release 0.1.0.
   */
  record Words(List<Event.Word> all) {
    public Words {
      all = List.copyOf(all);
    }
  }

  /** Takes words in order; returns {@code ok} or the first refusal. */
  @UpdateMethod
  String say(Words words);

  /** Moves the task to another machine. */
  @UpdateMethod
  String move(Optional<String> machine);

  /**
   * Stops working on the task.
   *
   * @param forGood whether another engine has the task now
   * @return why not; empty if it stops
   */
  @UpdateMethod
  String giveUp(boolean forGood);

  /** Receives what the coordinator grants after a wait. */
  @SignalMethod
  void granted(CoordinatorRequest.Answer answer);

  @QueryMethod
  RemoteEngine.Look look(int after);
}

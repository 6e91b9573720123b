package dev.longe.temporal;

import java.util.Optional;

/**
 * A task can't continue on its machine. This is not a failure of the task: its workflow looks for
 * another machine and runs its loop again, as after the death of a process.
 */
abstract sealed class MachineUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;

  MachineUnavailable(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  String why() {
    return why;
  }

  /** No machine has the task yet. */
  static final class NoMachine extends MachineUnavailable {
    private static final long serialVersionUID = 1L;
    private final transient FlowTaskStore.Needs needs;

    NoMachine(FlowTaskStore.Needs needs) {
      super("no machine yet");
      this.needs = needs;
    }

    FlowTaskStore.Needs needs() {
      return needs;
    }
  }

  /** The machine sent no heartbeat, or gave the task up. */
  static final class Lost extends MachineUnavailable {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Messages.AttemptEvents> last;
    private final boolean silent;

    /**
     * @param last its last heartbeat, if an attempt was running
     * @param silent whether the machine sent no heartbeat
     */
    Lost(String why, Optional<Messages.AttemptEvents> last, boolean silent) {
      super(why);
      this.last = last;
      this.silent = silent;
    }

    boolean silent() {
      return silent;
    }

    Optional<Messages.AttemptEvents> last() {
      return last;
    }
  }

  /** The machine is alive, but can't do this task. */
  static final class Unfit extends MachineUnavailable {
    private static final long serialVersionUID = 1L;

    Unfit(String why) {
      super(why);
    }
  }
}

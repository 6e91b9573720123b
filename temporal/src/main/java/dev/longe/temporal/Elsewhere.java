package dev.longe.temporal;

import dev.longe.core.Event;
import java.util.List;

/**
 * A task's work can't go on where it is. Not a failure of the task: its workflow looks for another
 * machine and runs its loop again, as after the death of a process.
 */
abstract sealed class Elsewhere extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;

  Elsewhere(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  String why() {
    return why;
  }

  /** No machine holds it yet. */
  static final class NoMachine extends Elsewhere {
    private static final long serialVersionUID = 1L;
    private final String agent;

    /**
     * @param agent the driver that is needed
     */
    NoMachine(String agent) {
      super("no machine yet");
      this.agent = agent;
    }

    String agent() {
      return agent;
    }
  }

  /** The machine gave no sign of life, or gave the task up. */
  static final class Lost extends Elsewhere {
    private static final long serialVersionUID = 1L;
    private final transient List<Event> last;
    private final boolean silent;

    /**
     * @param last what its last sign of life said of the running attempt
     * @param silent whether nothing is heard of the machine
     */
    Lost(String why, List<Event> last, boolean silent) {
      super(why);
      this.last = List.copyOf(last);
      this.silent = silent;
    }

    boolean silent() {
      return silent;
    }

    List<Event> last() {
      return last;
    }
  }

  /** The machine lives, but can't do this task. */
  static final class Unfit extends Elsewhere {
    private static final long serialVersionUID = 1L;

    Unfit(String why) {
      super(why);
    }
  }
}

package dev.longe.core;

/**
 * The setup command of a task's loop failed. The message contains its command, how it ended, what
 * it printed, and what a person can do.
 */
public final class SetupFailed extends Fault {
  private static final long serialVersionUID = 1L;

  public SetupFailed(String message) {
    super(message);
  }

  /** What the journal records. */
  public Event.SetupFailed event() {
    return new Event.SetupFailed(String.valueOf(getMessage()));
  }
}

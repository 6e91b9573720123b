package dev.longe.core;

/**
 * Something outside of the harness failed: a disk, a repository, a process that can't start. The
 * message is one sentence that tells a person what to do. Only code that carries out effects
 * catches it.
 */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean ofSetup;

  public Fault(String message) {
    super(message);
    this.ofSetup = false;
  }

  public Fault(String message, Throwable cause) {
    super(message, cause);
    this.ofSetup = false;
  }

  private Fault(String message, boolean ofSetup) {
    super(message);
    this.ofSetup = ofSetup;
  }

  /**
   * The setup command of a task's loop failed.
   *
   * @param message its command, how it ended, what it printed, and what a person can do
   */
  public static Fault ofSetup(String message) {
    return new Fault(message, true);
  }

  /** Whether the setup command of a loop failed. */
  public boolean isOfSetup() {
    return ofSetup;
  }

  /**
   * What the journal records.
   *
   * @param where the step that could not be carried out
   */
  public Event event(String where) {
    String message = String.valueOf(getMessage());
    return ofSetup ? new Event.SetupFailed(message) : new Event.Faulted(where, message);
  }
}

package dev.longe.core;

/**
 * The world did not do what the harness needs: a disk, a repository, a process that can't start.
 * The message is one sentence that tells a person what to do. Caught where effects are carried out,
 * and nowhere else.
 */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Fault(String message) {
    super(message);
  }

  public Fault(String message, Throwable cause) {
    super(message, cause);
  }
}

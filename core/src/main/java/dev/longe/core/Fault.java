package dev.longe.core;

/**
 * Something outside of the harness failed: a disk, a repository, a process that can't start. The
 * message is one sentence that tells a person what to do. Only code that carries out effects
 * catches it.
 */
public sealed class Fault extends RuntimeException permits SetupFailed {
  private static final long serialVersionUID = 1L;

  public Fault(String message) {
    super(message);
  }

  public Fault(String message, Throwable cause) {
    super(message, cause);
  }
}

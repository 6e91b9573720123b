package dev.longe.core;

/**
 * A process of an attempt or a check asked for what only a human may ask for. The message is one
 * sentence that says so.
 */
public final class NotHuman extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotHuman(String message) {
    super(message);
  }
}

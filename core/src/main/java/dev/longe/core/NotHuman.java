package dev.longe.core;

/**
 * A process of an attempt or a check requested something that only a human may request. The message
 * says so in one sentence.
 */
public final class NotHuman extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotHuman(String message) {
    super(message);
  }
}

package dev.longe.core;

import java.util.Locale;

/** The state of a task. */
public enum State {
  QUEUED,
  PREPARING,
  ATTEMPTING,
  CHECKING,
  WAITING,
  ASKING,
  PROPOSED,
  LANDED,
  DISCARDED,
  STOPPED;

  /** Whether the state is final. */
  public boolean closed() {
    return this == LANDED || this == DISCARDED;
  }

  /** Whether the task waits for a human or is closed. */
  public boolean rests() {
    return closed() || this == ASKING || this == PROPOSED || this == STOPPED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.longe.core;

import java.util.Locale;

/** Where a task stands in its life. */
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

  /** Nothing more will ever happen to the task. */
  public boolean closed() {
    return this == LANDED || this == DISCARDED;
  }

  /** The next word is a human's. */
  public boolean rests() {
    return closed() || this == ASKING || this == PROPOSED || this == STOPPED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

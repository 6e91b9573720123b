package dev.longe.core;

import java.util.Locale;

/** What the harness does next. */
public enum Move {
  CONTINUE,
  FRESH,
  HAND_OFF,
  ASK,
  WAIT,
  PROPOSE,
  STOP;

  public boolean startsAttempt() {
    return this == CONTINUE || this == FRESH || this == HAND_OFF;
  }

  /** The word that files and screens use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

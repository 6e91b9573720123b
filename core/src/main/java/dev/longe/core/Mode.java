package dev.longe.core;

/** The purpose of a task. */
public enum Mode {
  /** Its candidate may land. */
  EXECUTE,
  /** It produces findings and artifacts; nothing lands. */
  EXPLORE
}

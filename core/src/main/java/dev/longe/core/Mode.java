package dev.longe.core;

/** What a task is for. */
public enum Mode {
  /** Its candidate may land. */
  EXECUTE,
  /** It yields findings and artifacts; it never lands. */
  EXPLORE
}

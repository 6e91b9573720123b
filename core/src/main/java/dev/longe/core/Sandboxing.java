package dev.longe.core;

/** How an agent's processes are confined. */
public enum Sandboxing {
  /**
   * The agent has the same access to the machine as its user. Its processes are killed when the
   * attempt ends.
   */
  NONE,
  /** Bubblewrap: its clone writable, the system read-only, no other home. */
  BUBBLEWRAP,
  /** As {@link #BUBBLEWRAP}, and no network. */
  BUBBLEWRAP_OFFLINE
}

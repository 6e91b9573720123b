package dev.longe.core;

/** How an agent is shut in. */
public enum Sandboxing {
  /** Its processes die with the attempt; it sees the machine as its user does. */
  NONE,
  /** Bubblewrap: its clone writable, the system read-only, no other home. */
  BUBBLEWRAP,
  /** As {@link #BUBBLEWRAP}, and no network. */
  BUBBLEWRAP_OFFLINE
}

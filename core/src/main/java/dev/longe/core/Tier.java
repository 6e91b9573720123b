package dev.longe.core;

/** How thorough the human review of a change must be. */
public enum Tier {
  LOW,
  MEDIUM,
  HIGH;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

package dev.longe.core;

/** How much of a human's attention a change is worth. */
public enum Tier {
  LOW,
  MEDIUM,
  HIGH;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

package dev.longe.core;

/** Which candidates a human reviews before they land. */
public enum Review {
  ALWAYS,
  /** By risk tier; until tiers are measured this is treated as {@link #ALWAYS}. */
  RISK
}

package dev.longe.core;

/** When a human reads a candidate before it lands. */
public enum Review {
  ALWAYS,
  /** By risk tier; until tiers are measured this is treated as {@link #ALWAYS}. */
  RISK
}

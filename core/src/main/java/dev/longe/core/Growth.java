package dev.longe.core;

import java.util.OptionalDouble;

/**
 * One measure of the code, on the base and on a candidate; more is worse.
 *
 * @param rank the part of the repository's own earlier commits that grew it less, 0 to 1; empty
 *     where there are too few
 * @param heldOut whether no agent is ever told of it
 */
public record Growth(
    String measure, double base, double candidate, OptionalDouble rank, boolean heldOut) {
  public double by() {
    return candidate - base;
  }
}

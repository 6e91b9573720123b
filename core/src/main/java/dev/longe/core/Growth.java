package dev.longe.core;

import java.util.OptionalDouble;

/**
 * One measure of the code, on the base and on a candidate. A higher value is worse.
 *
 * @param rank the part, 0 to 1, of the repository's earlier commits that increased the measure
 *     less; empty if there are too few commits
 * @param heldOut whether it is never shown to an agent
 */
public record Growth(
    String measure, double base, double candidate, OptionalDouble rank, boolean heldOut) {
  public double by() {
    return candidate - base;
  }
}

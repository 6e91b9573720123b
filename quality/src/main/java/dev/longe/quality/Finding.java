package dev.longe.quality;

import java.util.Optional;

/**
 * One thing found in code.
 *
 * @param function the function that it stands in; empty outside of any
 * @param fingerprint equal for the same code wherever it stands and whatever its names
 * @param weight how bad, in the rule's own unit; 1 where it has none
 * @param text the first line of the code
 * @param serves the id of the invariant that a comment beside it cites
 */
public record Finding(
    Rule rule,
    String path,
    int line,
    int endLine,
    String function,
    long fingerprint,
    double weight,
    String text,
    Optional<String> serves) {
  /** The same in another file. */
  Finding at(String other) {
    return new Finding(rule, other, line, endLine, function, fingerprint, weight, text, serves);
  }

  /** Where it stands, as editors and compilers write it. */
  public String place() {
    return path + ":" + line;
  }
}

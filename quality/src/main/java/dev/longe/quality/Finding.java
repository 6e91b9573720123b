package dev.longe.quality;

import java.util.Optional;

/**
 * One finding in code.
 *
 * @param function the enclosing function; empty if there is none
 * @param fingerprint equal for the same code, independent of its location and names
 * @param weight severity in the rule's own unit; 1 if the rule has none
 * @param text the first line of the code
 * @param serves id of the invariant that a comment next to the code cites
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
  /** The same finding in another file. */
  Finding at(String other) {
    return new Finding(rule, other, line, endLine, function, fingerprint, weight, text, serves);
  }

  /** Location in the format of editors and compilers. */
  public String place() {
    return path + ":" + line;
  }
}

package dev.longe.core;

import java.util.Optional;

/**
 * A finding about code that a candidate adds or makes worse.
 *
 * @param rule the code of the rule
 * @param meaning the rule in words
 * @param place file and line
 * @param text the first line of the code
 * @param fails whether a candidate with it is refused
 * @param serves the id of the invariant that the code cites
 */
public record Remark(
    String rule,
    String meaning,
    String place,
    String text,
    boolean fails,
    Optional<String> serves) {
  /** One line for an agent or a human. */
  public String line() {
    return place + "  " + meaning + ": `" + text + "`";
  }
}

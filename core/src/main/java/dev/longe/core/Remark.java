package dev.longe.core;

import java.util.Optional;

/**
 * Something that measuring found a candidate to add or to make worse.
 *
 * @param rule its code
 * @param meaning the rule in words
 * @param place file and line
 * @param text the code, its first line
 * @param fails whether a candidate with it is refused
 * @param serves the invariant that the code cites
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

package dev.longe.effects;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Tells a refreshed log-in from a file that does more than that. Agents' own files may name
 * commands to run, or servers to read settings from.
 */
final class Refresh {
  /** A value with this first character is a command for Pi. */
  private static final String COMMAND = "!";

  private Refresh() {}

  /**
   * Whether an object may replace another as its refreshed log-in: it has the same accounts of the
   * same types, and no new command. Its simple values may differ.
   */
  static boolean is(JsonNode before, JsonNode after) {
    return accounts(before).equals(accounts(after))
        && commands(before).containsAll(commands(after));
  }

  /** The names and types of the values that are objects or lists. */
  private static Set<String> accounts(JsonNode log) {
    Set<String> all = new HashSet<>();
    for (Map.Entry<String, JsonNode> p : log.properties()) {
      if (p.getValue().isContainer()) {
        all.add(p.getKey() + " " + p.getValue().getNodeType() + " " + p.getValue().path("type"));
      }
    }
    return all;
  }

  private static Set<String> commands(JsonNode node) {
    Set<String> all = new HashSet<>();
    if (node.isString() && node.asString().strip().startsWith(COMMAND)) {
      all.add(node.asString());
    }
    for (JsonNode inner : node) {
      all.addAll(commands(inner));
    }
    return all;
  }
}

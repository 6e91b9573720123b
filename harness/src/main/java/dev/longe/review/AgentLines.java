package dev.longe.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of a commit that an agent wrote, according to notes of git-ai (standard 3) and Agent
 * Trace (0.1).
 */
record AgentLines(Map<String, List<int[]>> ranges) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Parses a git-ai note: a file name, then indented lines with author and line ranges, until
   * {@code ---}.
   */
  static AgentLines ofGitAi(String note) {
    Map<String, List<int[]>> ranges = new HashMap<>();
    String path = "";
    for (String line : note.lines().toList()) {
      if (line.equals("---")) {
        break;
      }
      if (!line.startsWith(" ") && !line.isBlank()) {
        path = line.strip().replace("\"", "");
      } else if (!line.isBlank()) {
        String[] words = line.strip().split("\\s+");
        boolean human = words[0].startsWith("h_");
        if (!human && words.length > 1) {
          ranges.computeIfAbsent(path, _ -> new ArrayList<>()).addAll(spans(words[1]));
        }
      }
    }
    return new AgentLines(ranges);
  }

  private static List<int[]> spans(String text) {
    List<int[]> spans = new ArrayList<>();
    for (String part : text.split(",")) {
      if (part.matches("\\d{1,9}(?:-\\d{1,9})?")) {
        String[] ends = part.split("-");
        spans.add(new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])});
      }
    }
    return spans;
  }

  /** Parses an Agent Trace record; empty if it can't be parsed. */
  static Optional<AgentLines> ofTrace(String note) {
    Map<String, List<int[]>> ranges = new HashMap<>();
    try {
      for (JsonNode file : JSON.readTree(note).path("files")) {
        for (JsonNode conversation : file.path("conversations")) {
          boolean human =
              conversation.path("contributor").path("type").asString("ai").equals("human");
          for (JsonNode range : conversation.path("ranges")) {
            if (!human) {
              ranges
                  .computeIfAbsent(file.path("path").asString(""), _ -> new ArrayList<>())
                  .add(
                      new int[] {
                        range.path("start_line").asInt(0), range.path("end_line").asInt(0)
                      });
            }
          }
        }
      }
    } catch (JacksonException e) {
      return Optional.empty();
    }
    return Optional.of(new AgentLines(ranges));
  }

  boolean wrote(String path, int line) {
    return ranges.getOrDefault(path, List.of()).stream()
        .anyMatch(r -> r[0] <= line && line <= r[1]);
  }
}

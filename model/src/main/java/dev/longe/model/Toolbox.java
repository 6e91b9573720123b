package dev.longe.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tools that a model is offered. */
final class Toolbox {
  /**
   * One tool.
   *
   * @param parameters the parameters by name, with their schemas
   */
  record Tool(String name, String does, Map<String, Object> parameters, List<String> needed) {
    Map<String, Object> schema() {
      return Map.of("type", "object", "properties", parameters, "required", needed);
    }
  }

  static final String FINISH = "finish";
  static final String CANNOT = "cannot";
  static final String ASK = "ask";
  static final String OPINIONS = "opinions";

  private Toolbox() {}

  private static Map<String, Object> text(String is) {
    return Map.of("type", "string", "description", is);
  }

  private static Map<String, Object> number(String is) {
    return Map.of("type", "integer", "description", is);
  }

  @SafeVarargs
  private static Tool tool(
      String name, String does, List<String> needed, Map.Entry<String, Map<String, Object>>... of) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, Object>> e : of) {
      parameters.put(e.getKey(), e.getValue());
    }
    return new Tool(name, does, parameters, needed);
  }

  /** The tools for an attempt at a task. */
  static List<Tool> work() {
    return List.of(
        tool(
            "read",
            "Read a text file of the working directory.",
            List.of("path"),
            Map.entry("path", text("relative to the working directory")),
            Map.entry("from", number("first line, counted from 1")),
            Map.entry("lines", number("how many lines"))),
        tool(
            "write",
            "Write a whole file, with the directories above it.",
            List.of("path", "content"),
            Map.entry("path", text("relative to the working directory")),
            Map.entry("content", text("the file's new content"))),
        tool(
            "edit",
            "Replace a text that stands exactly once in a file.",
            List.of("path", "old", "new"),
            Map.entry("path", text("relative to the working directory")),
            Map.entry("old", text("the text to replace, exactly as it stands")),
            Map.entry("new", text("what stands there instead"))),
        tool(
            "shell",
            "Run a line with bash in the working directory.",
            List.of("command"),
            Map.entry("command", text("the line")),
            Map.entry("seconds", number("how long it may run; 600 where left out"))),
        tool(
            FINISH,
            "Say that you are done. The checks are run by others.",
            List.of("summary"),
            Map.entry("summary", text("what you did, in a sentence"))),
        tool(
            CANNOT,
            "Say that this can't be done as asked, or that a check contradicts the task. It costs"
                + " nothing.",
            List.of("why"),
            Map.entry("why", text("the reason"))),
        tool(
            ASK,
            "Ask the human and stop.",
            List.of("question"),
            Map.entry("question", text("the question"))));
  }

  /** The tools for a judge. */
  static List<Tool> judge() {
    Map<String, Object> opinion =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                "criterion",
                number("its number"),
                "answer",
                Map.of("type", "string", "enum", List.of("met", "not met", "cannot tell")),
                "evidence",
                text("where in the change you see that: file:line and a few words")),
            "required",
            List.of("criterion", "answer", "evidence"));
    return List.of(
        tool(
            OPINIONS,
            "Give your opinion about every criterion. «cannot tell» costs nothing.",
            List.of("opinions"),
            Map.entry("opinions", Map.of("type", "array", "items", opinion))));
  }
}

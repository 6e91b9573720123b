package dev.longe.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value in a YAML file with its position. Reading it as the wrong type notes a problem and
 * returns an empty value. Callers need no replacement for it, because a file with problems is
 * refused as a whole.
 */
public final class Field {
  private final Node node;
  private final String file;
  private final int lineOffset;
  private final String path;
  private final List<Problem> problems;

  Field(Node node, String file, int lineOffset, String path, List<Problem> problems) {
    this.node = node;
    this.file = file;
    this.lineOffset = lineOffset;
    this.path = path;
    this.problems = problems;
  }

  public String path() {
    return path;
  }

  public void problem(String message) {
    int line = node.getStartMark().map(m -> m.getLine() + 1 + lineOffset).orElse(0);
    problems.add(new Problem(file, line, path, message));
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  public boolean isText() {
    return node instanceof ScalarNode;
  }

  /** The entries of a map; every key outside {@code allowed} is a problem. */
  public Map<String, Field> map(Set<String> allowed) {
    Map<String, Field> fields = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem("must be a map with the keys " + sorted(allowed));
      return fields;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "?";
      Field field = new Field(tuple.getValueNode(), file, lineOffset, join(key), problems);
      if (!allowed.contains(key)) {
        new Field(tuple.getKeyNode(), file, lineOffset, join(key), problems)
            .problem("is not known; allowed are " + sorted(allowed));
      } else if (fields.put(key, field) != null) {
        field.problem("is given twice");
      }
    }
    return fields;
  }

  /** The entries of a map whose keys are the user's own names. */
  public Map<String, Field> anyMap() {
    if (!(node instanceof MappingNode mapping)) {
      problem("must be a map of names");
      return Map.of();
    }
    Set<String> keys = new java.util.HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      keys.add(tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "?");
    }
    return map(keys);
  }

  private static String sorted(Set<String> keys) {
    return String.join(", ", keys.stream().sorted().toList());
  }

  private String join(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The items of a list; a single value counts as a list of one. */
  public List<Field> items() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<Field> items = new ArrayList<>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      items.add(
          new Field(sequence.getValue().get(i), file, lineOffset, path + "[" + i + "]", problems));
    }
    return items;
  }

  /** The text of a scalar as it is written. */
  public Optional<String> text() {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue());
    }
    problem("must be a text");
    return Optional.empty();
  }

  /** The text of a scalar, which may be empty. */
  public Optional<String> raw() {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    problem("must be a text");
    return Optional.empty();
  }

  /**
   * A text converted by {@code parse}. An {@link IllegalArgumentException} of {@code parse} is
   * noted as a problem.
   */
  public <T> Optional<T> parsed(Function<String, T> parse) {
    return text()
        .flatMap(t -> {
          try {
            return Optional.of(parse.apply(t));
          } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
            return Optional.empty();
          }
        });
  }

  public Optional<Boolean> truth() {
    return parsed(t ->
        switch (t) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException("must be true or false, was " + t);
        });
  }

  /** A list of texts; one text counts as a list of one. */
  public List<String> texts() {
    return items().stream().flatMap(i -> i.text().stream()).toList();
  }
}

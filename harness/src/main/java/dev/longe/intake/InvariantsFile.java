package dev.longe.intake;

import dev.longe.core.Invariant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code .longe/invariants.md}: a heading {@code ## ID: sentence} for each invariant, with
 * lines {@code paths:}, {@code check:} and {@code owner:} below it. All other lines are ignored.
 */
public final class InvariantsFile {
  /** The path of the file in a repository. */
  public static final String PATH = ".longe/invariants.md";

  private static final Pattern HEADING = Pattern.compile("##\\s+([\\w][\\w.-]*):\\s+(.+)");
  private static final Pattern KEY = Pattern.compile("[-*]?\\s*([a-z]+):\\s*(.*)");
  private static final Set<String> KEYS = Set.of("paths", "check", "owner");

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Invariant> all = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private InvariantsFile(String file) {
    this.file = file;
  }

  /**
   * Reads the text of the file.
   *
   * @param file the name of the file in problems
   * @throws InvalidInput with all problems of the file
   */
  public static List<Invariant> parse(String file, String text) {
    return new InvariantsFile(file).read(text.lines().toList());
  }

  private List<Invariant> read(List<String> lines) {
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at).strip();
      if (line.startsWith("## ")) {
        at = section(lines, at);
      } else {
        at++;
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return all;
  }

  /** Reads one invariant; returns the index of the line after it. */
  private int section(List<String> lines, int start) {
    Matcher heading = HEADING.matcher(lines.get(start).strip());
    if (!heading.matches()) {
      problem(start, "must be «## ID: SENTENCE»; the ID has letters, digits, dots and dashes");
    }
    Map<String, String> values = new HashMap<>();
    int at = start + 1;
    for (; at < lines.size() && !lines.get(at).startsWith("## "); at++) {
      Matcher key = KEY.matcher(lines.get(at).strip());
      if (key.matches() && KEYS.contains(key.group(1))) {
        if (values.put(key.group(1), key.group(2).strip()) != null) {
          problem(at, key.group(1) + " is given twice");
        }
      }
    }
    if (heading.matches()) {
      add(start, heading.group(1), heading.group(2).strip(), values);
    }
    return at;
  }

  private void add(int line, String id, String sentence, Map<String, String> values) {
    if (!ids.add(id)) {
      problem(line, "another invariant has the id " + id);
    }
    List<String> paths =
        Arrays.stream(values.getOrDefault("paths", "").split("[,\\s]+"))
            .map(p -> p.replace("`", ""))
            .filter(p -> !p.isEmpty())
            .toList();
    if (paths.isEmpty()) {
      problem(line, id + " needs a line «paths: GLOB, GLOB»: the files that it concerns");
    }
    all.add(new Invariant(id, sentence, paths, text(values, "check"), text(values, "owner")));
  }

  private static Optional<String> text(Map<String, String> values, String key) {
    return Optional.ofNullable(values.get(key))
        .map(v -> v.replace("`", ""))
        .filter(v -> !v.isBlank());
  }

  private void problem(int line, String message) {
    problems.add(new Problem(file, line + 1, "", message));
  }
}

package dev.longe.workspace;

import dev.longe.core.Omission;
import dev.longe.core.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The patterns of a tree's {@code .gitignore} files that the base does not contain. */
final class IgnoreRules {
  /** Fields of one answer of {@code git check-ignore -v -z}: file, line, pattern, path. */
  private static final int FIELDS = 4;

  private final Git git;
  private final String base;

  /**
   * @param git commands with the work tree and its index
   * @param base the id of the base
   */
  IgnoreRules(Git git, String base) {
    this.git = git;
    this.base = base;
  }

  /** For each new pattern, how many paths it hides from the candidate. */
  List<Omission> hiding() {
    String hidden = git.run("ls-files", "-z", "-o", "-i", "--exclude-standard", "--directory");
    if (hidden.isEmpty()) {
      return List.of();
    }
    String[] answers =
        git.askWith(hidden, "check-ignore", "-v", "-z", "--stdin").output().split("\0");
    Map<String, List<String>> paths = new LinkedHashMap<>();
    for (int i = 0; i + FIELDS <= answers.length; i += FIELDS) {
      String rule = answers[i] + "\0" + answers[i + 2];
      paths.computeIfAbsent(rule, _ -> new ArrayList<>()).add(answers[i + 3]);
    }
    List<Omission> all = new ArrayList<>();
    paths.forEach((rule, of) -> {
      String[] parts = rule.split("\0", 2);
      if (isNew(parts[0], parts[1])) {
        all.add(
            new Omission(
                parts[0],
                "has the new pattern «%s», so these are not saved: %s"
                    .formatted(parts[1], Text.list(of, 3))));
      }
    });
    return all;
  }

  /** Whether a pattern is in a {@code .gitignore} of the tree and not in the base's. */
  private boolean isNew(String file, String pattern) {
    boolean inTree = file.equals(".gitignore") || file.endsWith("/.gitignore");
    return inTree
        && !file.startsWith("/")
        && git.ask("cat-file", "blob", base + ":" + file)
            .output()
            .lines()
            .noneMatch(l -> l.strip().equals(pattern));
  }
}

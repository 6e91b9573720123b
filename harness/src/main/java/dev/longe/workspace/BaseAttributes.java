package dev.longe.workspace;

import dev.longe.core.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The attributes with which the harness's git converts files: line ends, encoding and {@code
 * ident}, as the {@code .gitattributes} files of the base say. They are written to {@code
 * info/attributes} of the harness's git directory, which has precedence over the files of a tree. A
 * candidate therefore can't name a conversion, and no filter applies.
 */
final class BaseAttributes {
  /** Takes all conversions back that a tree, the user or the system names. */
  private static final String NONE = "* !text !crlf !eol -ident -working-tree-encoding -filter\n";

  private static final String RAW = "* -working-tree-encoding\n";
  private static final String FILE = ".gitattributes";
  private static final String MACRO = "[attr]";
  private static final Set<String> KEPT =
      Set.of("text", "crlf", "eol", "ident", "working-tree-encoding", "binary");

  private final StringBuilder rules = new StringBuilder(NONE);
  private final Set<String> macros = new HashSet<>();
  private final Set<String> filters = new HashSet<>();

  private BaseAttributes() {}

  static BaseAttributes of(Repository repository, Commit base) {
    BaseAttributes all = new BaseAttributes();
    repository.files(base).stream()
        .filter(f -> f.equals(FILE) || f.endsWith("/" + FILE))
        .sorted(Comparator.comparingLong(f -> f.chars().filter(c -> c == '/').count()))
        .forEach(f -> all.read(repository, base, f));
    return all;
  }

  /** Makes a git directory convert nothing. */
  static void convertNothing(Path gitDirectory) throws IOException {
    Path info = Files.createDirectories(gitDirectory.resolve("info"));
    Files.writeString(
        info.resolve("attributes"), "* -text -ident -filter -working-tree-encoding\n");
  }

  private void read(Repository repository, Commit base, String file) {
    String directory = file.substring(0, file.length() - FILE.length());
    repository.read(base, file).stream().flatMap(String::lines).forEach(l -> line(directory, l));
  }

  private void line(String directory, String line) {
    String rule = line.strip();
    if (rule.isEmpty() || rule.startsWith("#") || rule.startsWith("!")) {
      return;
    }
    int end = endOfPattern(rule);
    String pattern = rule.substring(0, end);
    List<String> kept = new ArrayList<>();
    for (String token : rule.substring(end).strip().split("[ \t]+")) {
      String name = token.replaceFirst("^[-!]", "").replaceFirst("=.*", "");
      if (name.equals("filter") && token.startsWith("filter=")) {
        filters.add(token.substring("filter=".length()));
      }
      if (KEPT.contains(name) || macros.contains(name)) {
        kept.add(token);
      }
    }
    if (pattern.startsWith(MACRO) && directory.isEmpty()) {
      macros.add(pattern.substring(MACRO.length()));
      rules.append(pattern).append(' ').append(String.join(" ", kept)).append('\n');
    } else if (!kept.isEmpty() && !pattern.startsWith(MACRO)) {
      rules.append(below(directory, pattern)).append(' ').append(String.join(" ", kept));
      rules.append('\n');
    }
  }

  private static int endOfPattern(String rule) {
    int i = rule.startsWith("\"") ? 1 : 0;
    char end = i == 1 ? '"' : ' ';
    for (; i < rule.length(); i++) {
      char c = rule.charAt(i);
      if (c == '\\' && end == '"') {
        i++;
      } else if (c == end) {
        return end == '"' ? i + 1 : i;
      } else if (c == '\t' && end == ' ') {
        return i;
      }
    }
    return rule.length();
  }

  /** The pattern as one that the root directory of the tree could contain. */
  private static String below(String directory, String pattern) {
    if (directory.isEmpty()) {
      return pattern;
    }
    boolean quoted = pattern.startsWith("\"") && pattern.length() > 1;
    String inner =
        quoted
            ? pattern.substring(1, pattern.length() - 1)
            : pattern.replace("\\", "\\\\").replace("\"", "\\\"");
    boolean anywhere = !inner.contains("/");
    String rest = inner.startsWith("/") ? inner.substring(1) : inner;
    String literal = directory.replaceAll("([\\\\*?\\[])", "\\\\$1");
    String prefix = literal.replace("\\", "\\\\").replace("\"", "\\\"");
    return "\"/" + prefix + (anywhere ? "**/" : "") + rest + "\"";
  }

  /** The content of {@code info/attributes}. */
  String text() {
    return rules.toString();
  }

  /** As {@link #text}, but without encodings: for content that is not valid in its encoding. */
  String withoutEncodings() {
    return rules + RAW;
  }

  /** Names of the filters that the base's attributes name, for example {@code lfs}; sorted. */
  List<String> filters() {
    return filters.stream().sorted().toList();
  }
}

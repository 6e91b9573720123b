package dev.longe.workspace;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Path patterns in the style of {@code .gitignore}: {@code *} within a name, {@code **} across
 * directories, {@code ?}, {@code {a,b}}. A pattern without a slash matches at any depth. A pattern
 * that ends with a slash matches a whole directory.
 */
public final class Globs {
  private final List<Pattern> patterns;

  public Globs(List<String> globs) {
    this.patterns = globs.stream().map(Globs::pattern).toList();
  }

  public boolean match(String path) {
    return patterns.stream().anyMatch(p -> p.matcher(path).matches());
  }

  private static Pattern pattern(String glob) {
    String g = glob.startsWith("/") ? glob.substring(1) : glob;
    boolean anywhere = !g.substring(0, g.length() - 1).contains("/") && !glob.startsWith("/");
    StringBuilder regex = new StringBuilder(anywhere ? "(?:.*/)?" : "");
    int braces = 0;
    for (int i = 0; i < g.length(); i++) {
      char c = g.charAt(i);
      if (g.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (g.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '{') {
        braces++;
        regex.append("(?:");
      } else if (c == '}' && braces > 0) {
        braces--;
        regex.append(")");
      } else if (c == ',' && braces > 0) {
        regex.append("|");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    regex.append(")".repeat(braces));
    if (g.endsWith("/")) {
      regex.append(".*");
    }
    return Pattern.compile(regex.toString());
  }
}

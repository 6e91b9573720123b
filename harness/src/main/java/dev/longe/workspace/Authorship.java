package dev.longe.workspace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines that each commit of a history added. */
public final class Authorship {
  private static final Pattern HUNK =
      Pattern.compile("@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@.*");

  private Authorship() {}

  /**
   * A line that a commit added.
   *
   * @param number the line's number in the new file, from 1
   * @param previous the line directly above it in the new file
   * @param replaces whether it replaces an existing line
   */
  public record Line(int number, String text, String previous, boolean replaces) {}

  /** The lines that a commit added to one file. */
  public record Added(
      String commit,
      String author,
      Instant when,
      boolean assisted,
      String path,
      List<Line> lines,
      List<Kept> kept) {
    public Added {
      lines = List.copyOf(lines);
      kept = List.copyOf(kept);
    }
  }

  /** An unchanged line whose preceding line changed. */
  public record Kept(String text, String previousBefore, String previous) {}

  /** Output format of the {@code git log -p -U1} command whose output {@link #read} parses. */
  static final String FORMAT =
      "%x01%H%x02%an"
          + " <%ae>%x02%at%x02%(trailers:key=Assisted-by,valueonly,separator=%x20)%x02%(trailers:key=Co-authored-by,valueonly,separator=%x20)";

  private static final Pattern ASSISTANT =
      Pattern.compile(
          "(?i)\\b(?:claude|codex|copilot|gemini|cursor|devin|aider|opencode)\\b|\\[bot]");

  /** Parses the output of {@code git log -p -U1} in {@link #FORMAT}. */
  static List<Added> read(List<String> text) {
    Reader reader = new Reader();
    text.forEach(reader::line);
    reader.end();
    return reader.all;
  }

  private static final class Reader {
    private final List<Added> all = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private String commit = "";
    private String author = "";
    private Instant when = Instant.EPOCH;
    private boolean assisted;
    private String path = "";
    private int number;
    private String previous = "";
    private String previousBefore = "";
    private boolean removed;
    private boolean inHunk;

    void line(String line) {
      if (line.startsWith("\1")) {
        end();
        head(line.substring(1));
      } else if (line.startsWith("diff --git ")) {
        end();
        path = "";
        inHunk = false;
      } else if (!inHunk && line.startsWith("+++ b/")) {
        // git ends a name that contains blanks with a tab
        path = line.substring("+++ b/".length()).replaceFirst("\t$", "");
      } else if (line.startsWith("@@ ")) {
        Matcher hunk = HUNK.matcher(line);
        if (hunk.matches()) {
          number = Integer.parseInt(hunk.group(1));
          previous = "";
          previousBefore = "";
          removed = false;
          inHunk = true;
        }
      } else if (inHunk) {
        content(line);
      }
    }

    private void head(String text) {
      String[] parts = text.split("\2", -1);
      commit = parts[0];
      author = parts[1];
      when = Instant.ofEpochSecond(Long.parseLong(parts[2]));
      assisted =
          !parts[3].isBlank() || ASSISTANT.matcher(parts[4]).find() || author.contains("[bot]");
      path = "";
      inHunk = false;
    }

    private void content(String line) {
      if (line.startsWith("+")) {
        lines.add(new Line(number++, line.substring(1), previous, removed));
        previous = line.substring(1);
      } else if (line.startsWith("-")) {
        removed = true;
        previousBefore = line.substring(1);
      } else if (line.startsWith(" ")) {
        number++;
        if (!previous.equals(previousBefore)) {
          kept.add(new Kept(line.substring(1), previousBefore, previous));
        }
        previous = line.substring(1);
        previousBefore = previous;
        removed = false;
      }
    }

    void end() {
      if (!path.isEmpty() && !(lines.isEmpty() && kept.isEmpty())) {
        all.add(new Added(commit, author, when, assisted, path, lines, kept));
      }
      lines.clear();
      kept.clear();
    }
  }
}

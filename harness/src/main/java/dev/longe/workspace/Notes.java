package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes that lie beside the commits of a repository and travel with it. */
public final class Notes {
  /** Who understands which lines. */
  public static final String UNDERSTANDING = "refs/notes/longe-understanding";

  /** What git-ai writes: which lines an agent wrote. */
  public static final String GIT_AI = "refs/notes/ai";

  /** Agent Trace records, where they are kept as notes. */
  public static final String AGENT_TRACE = "refs/notes/agent-trace";

  private final Git git;

  Notes(Git git) {
    this.git = git;
  }

  /**
   * Adds to a commit's note.
   *
   * @throws Fault if notes can't be written here
   */
  public void append(String ref, Commit commit, String text) {
    Git.Answer answer =
        git.askWith(text, "notes", "--ref=" + ref, "append", "-F", "-", commit.id());
    if (!answer.ok()) {
      throw new Fault(
          "The change landed, but who understands it can't be noted in %s: %s"
              .formatted(ref, Text.firstLine(answer.error())));
    }
  }

  /** Every note of a ref by its commit; empty where there is no such ref. */
  public Map<String, String> all(String ref) {
    Git.Answer list = git.ask("notes", "--ref=" + ref, "list");
    Map<String, String> notes = new LinkedHashMap<>();
    if (!list.ok() || list.output().isBlank()) {
      return notes;
    }
    List<String> commits = new ArrayList<>();
    StringBuilder ids = new StringBuilder();
    for (String line : list.output().lines().toList()) {
      commits.add(line.substring(line.indexOf(' ') + 1));
      ids.append(line, 0, line.indexOf(' ')).append('\n');
    }
    List<String> lines = git.feed(ids.toString(), "cat-file", "--batch").lines().toList();
    int at = 0;
    for (String commit : commits) {
      long bytes = Long.parseLong(lines.get(at++).split(" ")[2]);
      StringBuilder note = new StringBuilder();
      for (long read = 0; read < bytes && at < lines.size(); at++) {
        note.append(lines.get(at)).append('\n');
        read += lines.get(at).getBytes(StandardCharsets.UTF_8).length + 1L;
      }
      if (at < lines.size() && lines.get(at).isEmpty()) {
        at++;
      }
      notes.put(commit, note.toString());
    }
    return notes;
  }
}

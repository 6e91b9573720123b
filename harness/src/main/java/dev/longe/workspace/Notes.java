package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    List<String> entries = list.output().lines().toList();
    String ids = entries.stream().map(Notes::content).collect(Collectors.joining("\n"));
    Deque<String> lines =
        new ArrayDeque<>(List.of(git.feed(ids + "\n", "cat-file", "--batch").split("\n")));
    for (int i = 0; i < entries.size(); i++) {
      lines.poll(); // its head
      Optional<String> next =
          i + 1 < entries.size() ? Optional.of(content(entries.get(i + 1))) : Optional.empty();
      StringBuilder note = new StringBuilder();
      while (!lines.isEmpty() && next.filter(lines.peek()::startsWith).isEmpty()) {
        note.append(lines.remove()).append('\n');
      }
      String commit = entries.get(i).substring(entries.get(i).indexOf(' ') + 1);
      notes.put(commit, note.toString());
    }
    return notes;
  }

  /** The id of a note's content, in an entry of a list of notes. */
  private static String content(String entry) {
    return entry.substring(0, entry.indexOf(' '));
  }
}

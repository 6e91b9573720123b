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

/** Git notes attached to the commits of a repository. */
public final class Notes {
  /** Ref of the notes that record who understands which lines. */
  public static final String UNDERSTANDING = "refs/notes/longe-understanding";

  /** Ref of git-ai's notes, which record the lines that an agent wrote. */
  public static final String GIT_AI = "refs/notes/ai";

  /** Ref of Agent Trace records that are kept as notes. */
  public static final String AGENT_TRACE = "refs/notes/agent-trace";

  private final Git git;

  Notes(Git git) {
    this.git = git;
  }

  /**
   * Appends text to a commit's note.
   *
   * @throws Fault if the note can't be written
   */
  public void append(String ref, Commit commit, String text) {
    Git.Result answer =
        git.askWith(text, "notes", "--ref=" + ref, "append", "-F", "-", commit.id());
    if (!answer.ok()) {
      throw new Fault(
          "The change landed, but the record of its review can't be written to %s: %s"
              .formatted(ref, Text.firstLine(answer.error())));
    }
  }

  /** All notes of a ref by commit; empty if the ref does not exist. */
  public Map<String, String> all(String ref) {
    Git.Result list = git.ask("notes", "--ref=" + ref, "list");
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

  /** The content id of a note, from an entry of a notes list. */
  private static String content(String entry) {
    return entry.substring(0, entry.indexOf(' '));
  }
}

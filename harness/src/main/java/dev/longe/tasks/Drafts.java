package dev.longe.tasks;

import dev.longe.core.Candidate;
import dev.longe.core.Fault;
import dev.longe.core.Mode;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.home.FileProblem;
import dev.longe.intake.InvalidInput;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Drafts of tasks, made from the findings of explorations. A human edits and submits the text; the
 * exploration's code is not used.
 */
public final class Drafts {
  private static final String MARK = "<!-- draft: ";
  private static final String QUESTION_START = "WHAT should be different, WHERE";
  private static final String QUESTION = QUESTION_START + ", and HOW can one see that it is done?";
  private static final int LINE_CHARS = 80;
  private static final int FINDINGS_CHARS = 20_000;

  private final Tasks tasks;

  public Drafts(Tasks tasks) {
    this.tasks = tasks;
  }

  /**
   * Writes a draft that a human can edit.
   *
   * @return its file
   * @throws InvalidInput if the task is no exploration or has no findings yet
   * @throws Fault if a draft exists already, or can't be written
   */
  public Path write(TaskId exploration) {
    TaskState state = explored(exploration);
    Path draft = file(exploration);
    if (Files.exists(draft)) {
      throw new Fault(
          "The draft already exists: " + draft + ". Edit it, or delete it to start again.");
    }
    Candidate candidate =
        state
            .candidate()
            .orElseThrow(() -> InvalidInput.option("TASK", exploration + " has no findings yet"));
    try {
      Files.createDirectories(draft.resolveSibling("."));
      Files.writeString(draft, text(state, candidate));
    } catch (IOException e) {
      throw new Fault(draft + " can't be written: " + FileProblem.of(e), e);
    }
    return draft;
  }

  /**
   * Submits the draft of an exploration.
   *
   * @param request the rest of the request; the draft is its text
   * @throws InvalidInput if the task is no exploration, or if its draft does not exist or was not
   *     edited
   */
  public Submission submit(TaskId exploration, TaskRequest request) {
    TaskState state = explored(exploration);
    return tasks.submit(request.saying(edited(file(state.id()))));
  }

  private TaskState explored(TaskId task) {
    TaskState state = tasks.state(task);
    if (state.loop().mode() != Mode.EXPLORE) {
      throw InvalidInput.option(
          "TASK", task + " does not have the mode explore, so there is nothing to promote");
    }
    return state;
  }

  private Path file(TaskId exploration) {
    return tasks.installation().home().root().resolve("drafts").resolve(exploration + ".md");
  }

  private static String edited(Path draft) {
    if (!Files.exists(draft)) {
      throw InvalidInput.option(
          "--confirm", "there is no draft yet; run it without --confirm first");
    }
    String text;
    try {
      text = Files.readString(draft);
    } catch (IOException e) {
      throw new Fault(draft + " can't be read: " + FileProblem.of(e), e);
    }
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(MARK) || lines.get(i).contains(QUESTION_START)) {
        throw InvalidInput.option(
            "--confirm",
            "line %d of the draft %s is as Longe wrote it; replace or remove it: %s"
                .formatted(i + 1, draft, Text.clip(lines.get(i), LINE_CHARS)));
      }
    }
    return text;
  }

  private String text(TaskState state, Candidate candidate) {
    Repository repository =
        tasks.installation().repository(Path.of(state.submitted().source().repository()));
    StringBuilder findings = new StringBuilder();
    for (String path : candidate.files()) {
      if (path.endsWith(".md") || path.endsWith(".txt")) {
        repository
            .read(candidate.commit(), path)
            .ifPresent(t ->
                findings
                    .append("### ")
                    .append(path)
                    .append("\n\n")
                    .append(t.strip())
                    .append("\n\n"));
      }
    }
    String found =
        findings.isEmpty()
            ? "It wrote no report. Its files: " + candidate.files()
            : findings.toString();
    return """
    %sfrom the findings of %s; remove this line when the text below says what you want -->
    %s

    ## What was asked
    %s

    ## What was found
    %s
    """
        .formatted(
            MARK,
            state.id(),
            QUESTION,
            state.submitted().text(),
            found.length() > FINDINGS_CHARS ? found.substring(0, FINDINGS_CHARS) + "…" : found);
  }
}

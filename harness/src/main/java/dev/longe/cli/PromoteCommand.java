package dev.longe.cli;

import dev.longe.core.Candidate;
import dev.longe.core.Fault;
import dev.longe.core.Mode;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.intake.InvalidInput;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longe promote}: makes the findings of an exploration the draft of a task. Its code is left
 * behind: what a human confirms is a text.
 */
@Command(name = "promote")
final class PromoteCommand implements Callable<Integer> {
  private static final String MARK = "<!-- draft: ";
  private static final int FINDINGS_CHARS = 20_000;

  private final App app;

  @Parameters(
      index = "0",
      paramLabel = "TASK",
      description = "The id of an exploration that has findings.")
  String task = "";

  @Option(names = "--confirm", description = "Submit the draft, which you have edited, as a task.")
  boolean confirm;

  @Option(
      names = "--loop",
      paramLabel = "NAME",
      description = "The loop of the new task. Default: default.")
  Optional<String> loop = Optional.empty();

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description = "The agent of the new task. Default: the loop's agent.")
  Optional<String> agent = Optional.empty();

  @Option(
      names = "--red-check",
      paramLabel = "CMD",
      description = "A check that must fail on the base before an agent starts. Repeatable.")
  List<String> redChecks = new ArrayList<>();

  PromoteCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    TaskState state = app.state(app.task(task));
    if (state.loop().mode() != Mode.EXPLORE) {
      throw InvalidInput.option(
          "TASK", state.id() + " does not explore; there is nothing to promote");
    }
    Path draft = app.home().root().resolve("drafts").resolve(state.id() + ".md");
    return confirm ? submit(draft) : write(state, draft);
  }

  private int write(TaskState state, Path draft) {
    if (Files.exists(draft)) {
      throw new Fault(
          "The draft is there already: " + draft + ". Edit it, or delete it to begin anew.");
    }
    Candidate candidate =
        state
            .candidate()
            .orElseThrow(() -> InvalidInput.option("TASK", state.id() + " has no findings yet"));
    try {
      Files.createDirectories(app.home().root().resolve("drafts"));
      Files.writeString(draft, text(state, candidate));
    } catch (IOException e) {
      throw new Fault(draft + " can't be written: " + e.getMessage(), e);
    }
    app.out().println("Wrote the draft " + draft);
    app.out()
        .println(
            "Edit it: say what is to be done, where, and how one sees that it is. Take its first"
                + " line out.");
    app.out().println("Then: longe promote " + state.id() + " --confirm");
    return ExitCode.OK.code();
  }

  private String text(TaskState state, Candidate candidate) {
    Repository repository =
        app.installation().repository(Path.of(state.submitted().source().repository()));
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
            ? "It left no report; its files: " + candidate.files()
            : findings.toString();
    return """
    %sfrom the findings of %s; take this line out when the text below says what you want -->
    WHAT should be different, WHERE, and HOW does one see that it is?

    ## What was asked
    %s

    ## What was found
    %s
    """
        .formatted(
            MARK,
            state.id(),
            state.submitted().text(),
            found.length() > FINDINGS_CHARS ? found.substring(0, FINDINGS_CHARS) + "…" : found);
  }

  private int submit(Path draft) {
    if (!Files.exists(draft)) {
      throw InvalidInput.option(
          "--confirm", "there is no draft yet; run it without --confirm first");
    }
    String text;
    try {
      text = Files.readString(draft);
    } catch (IOException e) {
      throw new Fault(draft + " can't be read: " + e.getMessage(), e);
    }
    if (text.contains(MARK) || text.contains("WHAT should be different, WHERE")) {
      throw InvalidInput.option(
          "--confirm",
          "the draft " + draft + " is as it was written; edit it and take its first line out");
    }
    TaskOptions options = new TaskOptions();
    options.text = text;
    options.loop = loop;
    options.agent = agent;
    options.redChecks = redChecks;
    TaskId made = new TaskDoor(app, options).submit();
    app.out().println(made.text());
    return ExitCode.OK.code();
  }
}

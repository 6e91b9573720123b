package dev.longe.cli;

import dev.longe.core.Attempt;
import dev.longe.core.Event;
import dev.longe.core.TaskState;
import dev.longe.review.Examination;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hands the agent's tree to the human for a while; what the human leaves there is checked. */
final class TakeOver {
  private final App app;
  private final TaskState task;
  private final ReviewSession session;

  TakeOver(App app, TaskState task, ReviewSession session) {
    this.app = app;
    this.task = task;
    this.session = session;
  }

  /** True if the human wants the tree checked as it is now. */
  boolean run() {
    Examination.Person person = session;
    if (!app.tasks().runsHere()) {
      person.tell(
          "Its tree is on a worker. Reject it with what is to change, or split off what is right.");
      return false;
    }
    Path tree = app.home().workspace(task.id()).resolve("clone");
    if (!Files.isDirectory(tree)) {
      person.tell("The tree of " + task.id() + " is not there any more.");
      return false;
    }
    person.tell("Its tree: " + tree);
    task.last().flatMap(this::own).ifPresent(c -> person.tell("Its own session: " + c));
    if (app.terminal()) {
      String shell = app.environment().all().getOrDefault("SHELL", "/bin/sh");
      person.tell("This is a shell there; «exit» comes back.");
      int _ = app.sandbox().attach(List.of(shell), tree);
    }
    Optional<String> check = person.ask("Have the checks look at the tree as it is now? (yes)");
    return check.filter(c -> c.strip().equals("yes")).isPresent()
        && session.say(
            new Event.TakenOver(
                app.tasks().reviewer(task, app.directory()), task.candidateCommit()),
            true);
  }

  /** How the agent's own program opens its session. */
  private Optional<String> own(Attempt attempt) {
    String driver = task.loop().agents().get(attempt.agent()).driver();
    return attempt
        .agentSession()
        .flatMap(id ->
            switch (driver) {
              case "claude", "gemini", "copilot" -> Optional.of(driver + " --resume " + id);
              case "codex" -> Optional.of("codex resume " + id);
              case "pi", "opencode" -> Optional.of(driver + " --session " + id);
              default -> Optional.empty();
            });
  }
}

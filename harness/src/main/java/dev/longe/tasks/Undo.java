package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.intake.InvalidInput;
import dev.longe.sandbox.ExclusiveLock;
import dev.longe.workspace.Landing;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reverts a landed change with a new commit. */
final class Undo {
  private static final int TITLE_CHARS = 60;

  private final JournaledTasks tasks;
  private final Path directory;
  private final Consumer<String> told;

  /**
   * @param directory the user's current directory
   * @param told receives a line if it has to wait
   */
  Undo(JournaledTasks tasks, Path directory, Consumer<String> told) {
    this.tasks = tasks;
    this.directory = directory;
    this.told = told;
  }

  Undone of(TaskId task, String because) {
    tasks.requireHuman();
    TaskState state = tasks.state(task);
    Event.Landed landed =
        state
            .landed()
            .filter(_ -> state.state() == State.LANDED)
            .orElseThrow(() ->
                InvalidInput.option(
                    "TASK",
                    state.id()
                        + " is "
                        + state.state().word()
                        + "; only a landed task can be undone"));
    String branch = landed.ref().replaceFirst("^refs/heads/", "");
    Repository repository =
        tasks.installation().repository(Path.of(state.submitted().source().repository()));
    try (ExclusiveLock _ = repository.lock("takes back task " + task, () -> false, told)) {
      Landing landing = repository.landing(state.id(), state.submitted().source().base());
      return of(state, landed, branch, landing, because);
    }
  }

  private Undone of(
      TaskState state, Event.Landed landed, String branch, Landing landing, String because) {
    Commit onto =
        landing
            .tip(Optional.of(branch))
            .orElseThrow(() -> new Fault("The branch " + branch + " does not exist any more."));
    String by = tasks.reviewer(state, directory);
    Landing.Merged merged =
        landing.revert(state.id(), landed.commit(), onto, message(state, landed, because));
    Commit made = moved(landing, merged, branch);
    tasks.branchMoved(state, landed.ref(), onto, made);
    tasks.record(state.id(), new Event.Outcome(Event.Outcome.Fate.REVERTED, made, "by " + by));
    return new Undone(landed.commit(), made, landed.ref());
  }

  private static String message(TaskState state, Event.Landed landed, String because) {
    return "Revert \"%s\"%n%n%sThis reverts commit %s.%n"
        .formatted(
            Text.clip(Text.firstLine(state.submitted().text()), TITLE_CHARS),
            because.isBlank() ? "" : because.strip() + "\n\n",
            landed.commit().id());
  }

  private static Commit moved(Landing landing, Landing.Merged merged, String branch) {
    return switch (merged) {
      case Landing.Merged.Conflict c ->
          throw new Fault(
              "Later changes depend on it: the revert conflicts in "
                  + c.files()
                  + ". Revert it by hand.");
      case Landing.Merged.Impossible i -> throw new Fault(i.why());
      case Landing.Merged.There t ->
          throw new Fault("It is already reverted: " + t.commit().brief());
      case Landing.Merged.Clean clean ->
          switch (landing.toTarget(clean, branch)) {
            case Landing.Moved.Done _ -> clean.commit();
            case Landing.Moved.Outrun _ ->
                throw new Fault(branch + " moved during the revert; try again.");
            case Landing.Moved.Refused r -> throw new Fault(r.why());
          };
    };
  }
}

package dev.longe.cli;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.State;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.intake.InvalidInput;
import dev.longe.workspace.Landing;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe undo}: takes a landed change back with a commit of its own. */
@Command(name = "undo")
final class UndoCommand implements Callable<Integer> {
  private final App app;

  @Parameters(paramLabel = "TASK", description = "The id of a task, or its first characters.")
  String task = "";

  @Option(names = "--because", paramLabel = "TEXT", description = "Why; it goes into the commit.")
  String because = "";

  UndoCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    app.owners().requireOutside();
    TaskState state = app.state(app.task(task));
    Event.Landed landed =
        state
            .landed()
            .filter(_ -> state.state() == State.LANDED)
            .orElseThrow(() ->
                InvalidInput.option(
                    "TASK", state.id() + " is " + state.state().word() + ", it has not landed"));
    String branch = landed.ref().replaceFirst("^refs/heads/", "");
    Repository repository =
        app.installation().repository(Path.of(state.submitted().source().repository()));
    Landing landing = repository.landing(state.id(), state.submitted().source().base());
    Commit onto =
        landing
            .tip(Optional.of(branch))
            .orElseThrow(() -> new Fault("The branch " + branch + " is gone."));
    String message =
        "Revert \"%s\"%n%n%sThis reverts commit %s.%n"
            .formatted(
                Text.clip(Text.firstLine(state.submitted().text()), 60),
                because.isBlank() ? "" : because.strip() + "\n\n",
                landed.commit().id());
    Landing.Merged merged = landing.revert(state.id(), landed.commit(), onto, message);
    Commit made = moved(landing, merged, branch);
    app.tasks().branchMoved(state, landed.ref(), onto, made);
    app.out()
        .println(
            "Took " + landed.commit().brief() + " back: " + made.brief() + " on " + landed.ref());
    Outcomes.keep(
        app,
        state.id(),
        new Event.Outcome(
            Event.Outcome.Fate.REVERTED,
            made,
            "by " + app.tasks().reviewer(state, app.directory())));
    return ExitCode.OK.code();
  }

  private static Commit moved(Landing landing, Landing.Merged merged, String branch) {
    return switch (merged) {
      case Landing.Merged.Conflict c ->
          throw new Fault(
              "What came later stands on it: taking it back conflicts in "
                  + c.files()
                  + "; revert it by hand.");
      case Landing.Merged.Impossible i -> throw new Fault(i.why());
      case Landing.Merged.There t ->
          throw new Fault("It is taken back already: " + t.commit().brief());
      case Landing.Merged.Clean clean ->
          switch (landing.toTarget(clean, branch)) {
            case Landing.Moved.Done _ -> clean.commit();
            case Landing.Moved.Outrun _ -> throw new Fault(branch + " moved meanwhile; try again.");
            case Landing.Moved.Refused r -> throw new Fault(r.why());
          };
    };
  }
}

package dev.longe.cli;

import dev.longe.intake.InvalidInput;
import dev.longe.tasks.LocalTasks;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe serve}: works on everything in the queue. */
@Command(name = "serve")
final class ServeCommand implements Callable<Integer> {
  private final App app;

  @Option(names = "--until-idle", description = "End when no task of the queue needs work.")
  boolean untilIdle;

  ServeCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    if (!(app.tasks() instanceof LocalTasks tasks)) {
      throw InvalidInput.option("LONGE_ENGINE", "names a remote engine; use «longe worker» for it");
    }
    AtomicBoolean bad = new AtomicBoolean();
    tasks.serve(
        () ->
            app.err()
                .println(
                    "Longe works on the queue of "
                        + app.home().root()
                        + "; "
                        + app.sandbox().containment().meaning()
                        + "."),
        idle -> untilIdle && idle,
        message -> {
          bad.set(true);
          app.err().println(message);
        });
    return bad.get() ? ExitCode.FAULT.code() : ExitCode.OK.code();
  }
}

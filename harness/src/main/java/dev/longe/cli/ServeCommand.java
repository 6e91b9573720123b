package dev.longe.cli;

import dev.longe.core.Fault;
import dev.longe.engine.Engine;
import dev.longe.intake.InvalidInput;
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
    if (app.elsewhere().isPresent()) {
      throw InvalidInput.option(
          "LONGE_ENGINE", "names an engine elsewhere; «longe worker» works for it");
    }
    if (!app.journal().register(app.owners().own(), "serve", app.now())) {
      throw new Fault(
          "Another «longe serve» (%s) works on %s already; use it, or set another LONGE_HOME."
              .formatted(
                  app.journal().serving().map(app.owners()::describe).orElse("it has just ended"),
                  app.home().root()));
    }
    AtomicBoolean bad = new AtomicBoolean();
    Engine engine = app.engine((_, _) -> {});
    app.err()
        .println(
            "Longe serves "
                + app.home().root()
                + "; "
                + app.sandbox().containment().meaning()
                + ".");
    engine.serve(
        idle -> untilIdle && idle,
        message -> {
          bad.set(true);
          app.err().println(message);
        });
    return bad.get() ? ExitCode.FAULT.code() : ExitCode.OK.code();
  }
}

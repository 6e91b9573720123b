package dev.longe.cli;

import dev.longe.core.CheckSpec;
import dev.longe.core.Delivery;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Sandboxing;
import dev.longe.core.ServiceSpec;
import dev.longe.core.Spans;
import dev.longe.core.Text;
import dev.longe.effects.CheckPreview;
import dev.longe.intake.LoopFile;
import dev.longe.intake.ShortForms;
import dev.longe.report.Views;
import dev.longe.tasks.LoopFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe check-loop}: describes in words what a loop would do. */
@Command(name = "check-loop")
final class CheckLoopCommand implements Callable<Integer> {
  private static final int GLOBS = 8;

  private final App app;

  @Parameters(paramLabel = "FILE", description = "The loop file.")
  Path file = Path.of("");

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  CheckLoopCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    LoopFile.Parsed read = new LoopFiles(app.installation()).read(app.directory(), file);
    Loop loop = read.loop();
    if (json) {
      app.out().println(Views.json(loop));
    } else {
      tell(loop);
      tell(read.delivery());
    }
    return ExitCode.OK.code();
  }

  private static String commits(List<String> inputs) {
    return "all base commits"
        + (inputs.isEmpty() ? "" : " with the same " + Text.list(inputs, GLOBS));
  }

  private static String confinement(Sandboxing sandbox) {
    return switch (sandbox.level()) {
      case NONE -> "Its processes are not confined: they can read and write what you can.";
      case AUTO -> "Its processes are confined where the machine can do it. " + offline(sandbox);
      case REQUIRED ->
          sandbox
                  .container()
                  .map(i -> "Its processes run in containers of the image " + i.name())
                  .orElse("Its processes are confined")
              + "; a machine that can't do it refuses the task. "
              + offline(sandbox);
    };
  }

  private static String offline(Sandboxing sandbox) {
    List<String> without = new ArrayList<>();
    if (!sandbox.network().agent()) {
      without.add("the agent");
    }
    if (!sandbox.network().setup()) {
      without.add("the setup");
    }
    if (!sandbox.network().checks()) {
      without.add("checks");
    }
    return without.isEmpty()
        ? "All of them reach the network."
        : "Without network: " + String.join(", ", without) + ".";
  }

  private void tell(Loop loop) {
    PrintStream out = app.out();
    out.println("The loop «" + loop.name() + "»");
    out.println(
        "  works with "
            + loop.agents().getFirst()
            + (loop.agents().size() > 1
                ? ", then hands over to " + loop.agents().subList(1, loop.agents().size())
                : "")
            + ".");
    out.println("  " + confinement(loop.sandbox()));
    if (!loop.carry().isEmpty()) {
      out.println(
          "  Its trees contain these files of your work tree: "
              + String.join(", ", loop.carry())
              + ".");
    }
    loop.setup()
        .ifPresent(c ->
            out.println(
                "  Once for "
                    + CheckPreview.setupInputs(loop)
                        .map(CheckLoopCommand::commits)
                        .orElse("each base commit")
                    + ", or in each ordinary tree, it first runs: "
                    + c.shown()));
    loop.services().forEach(s -> out.println("  " + sentence(s)));
    out.println(
        loop.mode() == Mode.EXECUTE
            ? "  A candidate is proposed when all of this is true for exactly its commit:"
            : "  The mode is explore: no candidate ever lands. A task ends when all of this is"
                + " true:");
    loop.checks().forEach(c -> out.println("    - " + sentence(c)));
    out.println("    - it changes at most " + loop.limits().diffLines() + " lines");
    out.println(
        "    - it changes none of these protected paths, or a human allows it: "
            + Text.list(loop.protect(), GLOBS));
    out.println(
        "  While checks fail, the moves are, in this order: "
            + ShortForms.shown(loop.moves())
            + ".");
    out.println("  It stops at " + limits(loop.limits()) + ".");
  }

  private void tell(Delivery delivery) {
    app.out()
        .println(
            switch (delivery.landing()) {
              case SQUASH -> "  An accepted change lands as one commit.";
              case REBASE -> "  An accepted change lands as one commit for each candidate.";
              case MERGE ->
                  "  An accepted change lands as one commit for each candidate and a merge commit.";
            });
    app.out()
        .println(
            switch (delivery.readiness()) {
              case WARN -> "  If the text of a task leaves questions open, they are printed.";
              case GATE -> "  If the text of a task leaves questions open, the task is refused.";
            });
  }

  private static String sentence(ServiceSpec service) {
    return "Each run of a check%s starts the service «%s»%s."
        .formatted(
            service.agent() ? ", and each process of an agent," : "",
            service.name(),
            service.ports().isEmpty()
                ? ""
                : " with free ports in " + String.join(", ", service.ports()));
  }

  private static String sentence(CheckSpec check) {
    return switch (check) {
      case CheckSpec.Run r ->
          "«%s» exits with 0 within %s%s%s%s"
              .formatted(
                  r.command().shown(),
                  Spans.shown(r.timeout()),
                  r.red() ? ", and fails on the base" : "",
                  r.report().map(f -> ", with its test cases in " + f).orElse(""),
                  r.hidden() ? "; the agent is told only that it failed" : "");
      case CheckSpec.Metric m ->
          "«%s» prints a number %s (noise %s)".formatted(m.command().shown(), m.goal(), m.noise());
      case CheckSpec.Human h -> "a human answers yes to: " + h.question();
      case CheckSpec.Slop _ ->
          "it adds no code that hides errors; the agent is told about other findings";
      case CheckSpec.Judge j ->
          "after all other checks passed, %s finds each of these met: %s"
              .formatted(j.agent(), String.join("; ", j.rubric()));
    };
  }

  private static String limits(Limits l) {
    return "%d attempts, %s, %,d tokens or %s of work; an attempt stops at %s of silence or %,d bytes of output%s"
        .formatted(
            l.attempts(),
            l.money(),
            l.tokens(),
            Spans.shown(l.time()),
            Spans.shown(l.silence()),
            l.outputBytes(),
            l.day().map(m -> "; all its tasks together stop at " + m + " a day").orElse(""));
  }
}

package dev.longe.cli;

import dev.longe.core.TaskState;
import dev.longe.intake.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code longe drill}: runs scripted bad agents against this installation. */
@Command(name = "drill")
final class DrillCommand implements Callable<Integer> {
  private static final String LOOP =
      """
      ---
      agent: claude
      checks:
        - run: bash test/check.sh
          red: true
          timeout: 1m
      protect: ["test/**", "Makefile"]
      moves: [{continue: 1}, {fresh: 1}, ask]
      limits: {attempts: 6, money: $5, time: 2m, silence: 1s, output: 32MB}
      ---
      {{task}}
      """;

  private final App app;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Names of drills. Default: all.")
  List<String> names = new ArrayList<>();

  DrillCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    List<Drill> drills = Drill.all();
    for (String name : names) {
      if (drills.stream().noneMatch(d -> d.name().equals(name))) {
        throw InvalidInput.option(
            "NAME",
            "there is no drill «"
                + name
                + "»; the drills are "
                + drills.stream().map(Drill::name).collect(Collectors.joining(", ")));
      }
    }
    int missed = 0;
    for (Drill drill : drills) {
      if (names.isEmpty() || names.contains(drill.name())) {
        missed += run(drill) ? 0 : 1;
      }
    }
    app.out()
        .println(
            missed == 0 ? "Every bad agent was caught." : missed + " bad agents were not caught.");
    return (missed == 0 ? ExitCode.OK : ExitCode.FAULT).code();
  }

  private boolean run(Drill drill) {
    Scratch scratch =
        Scratch.make(
            app,
            Map.of(
                "test/check.sh", "grep -qx 42 answer.txt\n",
                "answer.txt", "0\n",
                "Makefile", "test:\n\tbash test/check.sh\n",
                ".longe/loops/default.md", LOOP));
    String before = scratch.git(app.sandbox(), "rev-parse", "main");
    Path script = scratch.write("agent.yaml", drill.script());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream quiet = new PrintStream(said, true, StandardCharsets.UTF_8);
    TaskState task;
    try (App one = app.elsewhere(scratch.home(), scratch.repository(), quiet, quiet)) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "run",
                  "answer.txt should hold the right answer.",
                  "--agent",
                  "script:" + script));
      arguments.addAll(drill.options());
      int _ = Main.run(one, arguments.toArray(String[]::new));
      task = one.state(one.tasks().list(true).getFirst().id());
    }
    boolean untouched =
        before.equals(scratch.git(app.sandbox(), "rev-parse", "main"))
            && scratch.git(app.sandbox(), "status", "--porcelain").isEmpty();
    boolean caught = drill.caught().test(task) && untouched;
    String mark = caught ? app.style().good("caught ") : app.style().bad("MISSED ");
    app.out()
        .println(
            mark + String.format(java.util.Locale.ROOT, "%-14s", drill.name()) + drill.guard());
    if (!caught) {
      app.out()
          .println(
              "       "
                  + Drill.shown(task)
                  + (untouched ? "" : "; the user's repository was changed"));
      app.out().println(said.toString(StandardCharsets.UTF_8).indent(7));
    }
    app.out().flush();
    return caught;
  }
}

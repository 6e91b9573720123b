package dev.longe.cli;

import dev.longe.core.Fault;
import dev.longe.intake.Overrides;
import dev.longe.tasks.TaskRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options that {@code run} and {@code submit} share: the task, its loop, and overrides of the
 * loop.
 */
final class TaskOptions {
  @Parameters(
      paramLabel = "TASK",
      description = "What to do, as text. \"-\" reads the text from standard input.")
  String text = "";

  @Option(
      names = "--loop",
      paramLabel = "NAME",
      description =
          "The loop .longe/loops/NAME.md of the repository, or NAME.md in $LONGE_HOME/loops."
              + " Default: default, if there is one.")
  Optional<String> loop = Optional.empty();

  @Option(
      names = {"-C", "--repository"},
      paramLabel = "DIR",
      description = "The repository. Default: the one of the current directory.")
  Optional<Path> repository = Optional.empty();

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description =
          "An agent that «longe agents» lists, for example claude, codex:MODEL,"
              + " model:anthropic/NAME or command:PROGRAM.")
  Optional<String> agent = Optional.empty();

  @Option(
      names = "--check",
      paramLabel = "CMD",
      description = "A command line that passes if it exits with 0. Repeatable.")
  List<String> checks = new ArrayList<>();

  @Option(
      names = "--red-check",
      paramLabel = "CMD",
      description = "A check that must fail on the base before an agent starts. Repeatable.")
  List<String> redChecks = new ArrayList<>();

  @Option(
      names = "--slop",
      description = "Add the check «guard: slop»: it fails on added code that hides errors.")
  boolean slop;

  @Option(
      names = "--protect",
      paramLabel = "GLOB",
      description =
          "Paths that checks take from the base. Repeatable. Default: the usual test, build and CI"
              + " paths.")
  List<String> protect = new ArrayList<>();

  @Option(
      names = "--moves",
      paramLabel = "MOVES",
      description = "The moves while checks fail, for example 'continue 1, fresh 1, ask'.")
  Optional<String> moves = Optional.empty();

  @Option(names = "--attempts", paramLabel = "N", description = "Limit of attempts.")
  Optional<String> attempts = Optional.empty();

  @Option(names = "--money", paramLabel = "$N", description = "Limit in US dollars.")
  Optional<String> money = Optional.empty();

  @Option(names = "--tokens", paramLabel = "N", description = "Limit of tokens, for example 4M.")
  Optional<String> tokens = Optional.empty();

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "Limit of working time, for example 2h.")
  Optional<String> time = Optional.empty();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "execute (the candidate may land) or explore (it never lands).")
  Optional<String> mode = Optional.empty();

  @Option(
      names = "--sandbox",
      paramLabel = "LEVEL",
      description =
          "Confinement of the task's processes: auto, required, none or" + " container:IMAGE.")
  Optional<String> sandbox = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "A label that the worker must offer. Repeatable. Only with LONGE_ENGINE.")
  List<String> labels = new ArrayList<>();

  /** The request; the text {@code -} is read from standard input. */
  TaskRequest request(App app) {
    return new TaskRequest(
        text.equals("-") ? typed(app) : text,
        app.directory(),
        repository.orElse(Path.of("")),
        loop,
        overrides(),
        labels);
  }

  private static String typed(App app) {
    try {
      return new String(app.in().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Fault("The task can't be read from standard input: " + e.getMessage(), e);
    }
  }

  private Overrides overrides() {
    return new Overrides(
        mode, agent, checks, redChecks, slop, protect, moves, attempts, money, tokens, time,
        sandbox);
  }
}

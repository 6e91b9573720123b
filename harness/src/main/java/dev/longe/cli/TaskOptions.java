package dev.longe.cli;

import dev.longe.intake.Overrides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What {@code run} and {@code submit} share: the task, its loop, and the parts of a loop for a
 * one-off.
 */
final class TaskOptions {
  @Parameters(
      paramLabel = "TASK",
      description = "What is to be done, in words. \"-\" reads it from standard input.")
  String text = "";

  @Option(
      names = "--loop",
      paramLabel = "NAME",
      description =
          "The loop .longe/loops/NAME.md of the repository, or one of your own. Without it:"
              + " default, if there is one.")
  Optional<String> loop = Optional.empty();

  @Option(
      names = {"-C", "--repository"},
      paramLabel = "DIR",
      description = "The repository; without it, the one you stand in.")
  Optional<Path> repository = Optional.empty();

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description =
          "One of «longe agents»: claude, codex:MODEL, model:anthropic/NAME, command:PROGRAM …")
  Optional<String> agent = Optional.empty();

  @Option(
      names = "--check",
      paramLabel = "CMD",
      description = "A command line whose exit 0 means passed. Repeatable.")
  List<String> checks = new ArrayList<>();

  @Option(
      names = "--red-check",
      paramLabel = "CMD",
      description = "A check that must be seen to fail on the base. Repeatable.")
  List<String> redChecks = new ArrayList<>();

  @Option(
      names = "--slop",
      description = "Refuse code that hides errors; tell the agent what else the change adds.")
  boolean slop;

  @Option(
      names = "--protect",
      paramLabel = "GLOB",
      description =
          "Paths that checks take from the base. Repeatable; in place of the usual test, build and"
              + " CI paths.")
  List<String> protect = new ArrayList<>();

  @Option(
      names = "--moves",
      paramLabel = "MOVES",
      description = "For example 'continue 1, fresh 1, ask'.")
  Optional<String> moves = Optional.empty();

  @Option(names = "--attempts", paramLabel = "N", description = "Attempts at most.")
  Optional<String> attempts = Optional.empty();

  @Option(names = "--money", paramLabel = "$N", description = "US dollars at most.")
  Optional<String> money = Optional.empty();

  @Option(names = "--tokens", paramLabel = "N", description = "Tokens at most, for example 4M.")
  Optional<String> tokens = Optional.empty();

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "Working time at most, for example 2h.")
  Optional<String> time = Optional.empty();

  @Option(names = "--mode", paramLabel = "MODE", description = "execute or explore.")
  Optional<String> mode = Optional.empty();

  @Option(
      names = "--sandbox",
      paramLabel = "KIND",
      description = "none, bubblewrap or bubblewrap-offline.")
  Optional<String> sandbox = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "What the worker must offer. Repeatable; with LONGE_ENGINE only.")
  List<String> labels = new ArrayList<>();

  Overrides overrides() {
    return new Overrides(
        mode, agent, checks, redChecks, slop, protect, moves, attempts, money, tokens, time,
        sandbox);
  }
}

package dev.longe.cli;

import dev.longe.agent.registry.Agents;
import dev.longe.core.Fault;
import dev.longe.intake.LoopFile;
import dev.longe.workspace.Globs;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe init}: looks at a repository and proposes a loop for it. */
@Command(name = "init")
final class InitCommand implements Callable<Integer> {
  private static final String FILE = ".longe/loops/default.md";

  private static final List<String> AGENTS =
      List.of("claude", "codex", "pi", "opencode", "gemini", "copilot");

  private final App app;

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description =
          "The agent of the loop. Default: the first one that is installed and logged in.")
  Optional<String> agent = Optional.empty();

  @Option(
      names = "--check",
      paramLabel = "CMD",
      description =
          "The check of the loop. Default: the test command of the project, if it is recognized.")
  Optional<String> check = Optional.empty();

  InitCommand(App app) {
    this.app = app;
  }

  /** How a kind of project is tested. */
  private record Kind(String file, String setup, String test, String report) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("pom.xml", "", "mvn -q -B test", "target/surefire-reports"),
          new Kind("gradlew", "", "./gradlew test", "build/test-results/test"),
          new Kind("package.json", "npm ci", "npm test", ""),
          new Kind("Cargo.toml", "", "cargo test", ""),
          new Kind("go.mod", "", "go test ./...", ""),
          new Kind(
              "pyproject.toml",
              "",
              "python3 -m pytest -q --junitxml=.longe-junit.xml",
              ".longe-junit.xml"),
          new Kind(
              "setup.py",
              "",
              "python3 -m pytest -q --junitxml=.longe-junit.xml",
              ".longe-junit.xml"),
          new Kind("Makefile", "", "make test", ""),
          new Kind("test.sh", "", "bash test.sh", ""));

  @Override
  public Integer call() {
    Repository repository =
        Repository.at(app.sandbox(), app.directory(), app.environment().basic());
    Path file = repository.top().resolve(FILE);
    if (Files.exists(file)) {
      throw new Fault(
          "There is a loop already: "
              + file
              + ". «longe check-loop "
              + FILE
              + "» says what it does.");
    }
    List<String> files = repository.files(repository.head());
    Optional<Kind> kind =
        check
            .map(c -> new Kind("", "", c, ""))
            .or(() -> KINDS.stream().filter(k -> files.contains(k.file())).findFirst())
            .or(() -> pythonTests(files));
    if (kind.isEmpty()) {
      throw new Fault(
          "No test command was found here; say it: longe init --check 'your test command'.");
    }
    String text = loop(kind.get(), files);
    LoopFile.parse("default", FILE, text, app.agents());
    write(file, text);
    app.out().println("Wrote " + FILE + " for " + repository.top() + ":");
    app.out().println();
    app.out().print(text);
    app.out().println();
    app.out()
        .println("Read it, mend it, commit it: git add .longe && git commit -m 'Add a Longe loop'");
    app.out().println("Then: longe run \"what is to be done\"");
    return ExitCode.OK.code();
  }

  private static Optional<Kind> pythonTests(List<String> files) {
    boolean tests =
        new Globs(List.of("test_*.py", "*_test.py"))
            .match(
                files.stream()
                    .filter(f -> f.endsWith(".py"))
                    .filter(f -> new Globs(List.of("test_*.py", "*_test.py")).match(f))
                    .findFirst()
                    .orElse(""));
    return tests ? Optional.of(new Kind("", "", "python3 -m unittest", "")) : Optional.empty();
  }

  private String loop(Kind kind, List<String> files) {
    List<String> protect =
        LoopFile.DEFAULT_PROTECT.stream()
            .filter(g -> !g.startsWith(".longe"))
            .filter(g -> files.stream().anyMatch(f -> new Globs(List.of(g)).match(f)))
            .toList();
    String globs =
        protect.isEmpty()
            ? ""
            : "protect: ["
                + protect.stream().map(g -> '"' + g + '"').collect(Collectors.joining(", "))
                + "]\n";
    String setup = kind.setup().isEmpty() ? "" : "setup: " + kind.setup() + "\n";
    String report = kind.report().isEmpty() ? "" : "    report: " + kind.report() + "\n";
    return """
    ---
    mode: execute
    agent: %s
    %schecks:
      - run: %s
    %s    timeout: 15m
      - guard: slop
    %smoves: [{continue: 2}, {fresh: 2}, ask]
    limits: {attempts: 8, money: $5, tokens: 4M, time: 2h, diff: 400 lines}
    review: always
    ---
    {{task}}

    Fix the cause, not the symptom. State the invariant that the change keeps.
    Do not change tests to make them pass.
    """
        .formatted(agent.orElseGet(this::firstReady), setup, kind.test(), report, globs);
  }

  /** The first agent that can work here; where there is none yet, the first of all. */
  private String firstReady() {
    Agents drivers = app.drivers();
    return AGENTS.stream().filter(drivers::ready).findFirst().orElse(AGENTS.getFirst());
  }

  private static void write(Path file, String text) {
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new Fault(file + " can't be written: " + e.getMessage(), e);
    }
  }
}

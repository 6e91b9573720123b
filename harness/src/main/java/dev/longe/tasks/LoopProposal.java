package dev.longe.tasks;

import dev.longe.agent.registry.Agents;
import dev.longe.core.Fault;
import dev.longe.effects.Installation;
import dev.longe.home.FileProblem;
import dev.longe.intake.LoopFile;
import dev.longe.workspace.Globs;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A proposed loop for a repository.
 *
 * @param top the repository's directory
 * @param text of the loop file
 * @param missingAgent the agent of the loop, if no known agent can work on this machine
 */
public record LoopProposal(Path top, String text, Optional<String> missingAgent) {
  /** The path of the loop file in the repository. */
  public static final String FILE = ".longe/loops/default.md";

  private static final List<String> AGENTS =
      List.of("claude", "codex", "pi", "opencode", "gemini", "copilot");

  /** With one of these files {@code npm ci} installs the same versions each time. */
  private static final Set<String> NPM_LOCKS = Set.of("package-lock.json", "npm-shrinkwrap.json");

  /** The commands that test a kind of project. */
  private record Kind(String file, String setup, String test, String report) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("pom.xml", "", "mvn -q -B test", "target/surefire-reports"),
          new Kind("gradlew", "", "./gradlew test", "build/test-results/test"),
          new Kind("package.json", "npm install", "npm test", ""),
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

  /**
   * Examines a repository and writes a loop file for it.
   *
   * @param directory a directory in the repository
   * @param agent the agent; empty for the first one that can work on this machine
   * @param check the check command; empty for the test command of the project
   * @throws Fault if a loop exists already, or no test command is found
   * @throws dev.longe.intake.InvalidInput if the loop is invalid with this agent
   */
  public static LoopProposal write(
      Installation installation, Path directory, Optional<String> agent, Optional<String> check) {
    Repository repository = installation.repository(directory);
    Path file = repository.top().resolve(FILE);
    if (Files.exists(file)) {
      throw new Fault(
          "There is already a loop file: "
              + file
              + ". «longe check-loop "
              + FILE
              + "» describes it.");
    }
    List<String> files = repository.files(repository.head());
    Optional<Kind> kind =
        check
            .map(c -> new Kind("", "", c, ""))
            .or(() -> KINDS.stream().filter(k -> files.contains(k.file())).findFirst())
            .or(() -> pythonTests(files));
    if (kind.isEmpty()) {
      throw new Fault(
          "No test command was recognized. Give it: longe init --check 'your test command'.");
    }
    Optional<String> chosen = agent.or(() -> firstReady(installation));
    String text = loop(kind.get(), chosen.orElse(AGENTS.getFirst()), files);
    LoopFile.parse("default", FILE, text, installation.agents());
    write(file, text);
    return new LoopProposal(
        repository.top(),
        text,
        chosen.isEmpty() ? Optional.of(AGENTS.getFirst()) : Optional.empty());
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

  private static String loop(Kind kind, String agent, List<String> files) {
    String command = files.stream().anyMatch(NPM_LOCKS::contains) ? "npm ci" : kind.setup();
    // Without a setup, the check itself may have to fetch what the project depends on.
    String setup =
        kind.setup().isEmpty() ? "network: {checks: true}\n" : "setup: " + command + "\n";
    String report = kind.report().isEmpty() ? "" : "    report: " + kind.report() + "\n";
    return """
    ---
    mode: execute
    agent: %s
    %schecks:
      - run: %s
    %s    timeout: 15m
      - guard: slop
    moves: [{continue: 2}, {fresh: 2}, ask]
    limits: {attempts: 8, money: $5, tokens: 4M, time: 2h, diff: 400 lines}
    review: always
    ---
    {{task}}

    Fix the cause, not the symptom. State the invariant that the change keeps.
    Do not change tests to make them pass.
    """
        .formatted(agent, setup, kind.test(), report);
  }

  /** The first agent that can work on this machine. */
  private static Optional<String> firstReady(Installation installation) {
    Agents drivers = installation.drivers();
    return AGENTS.stream().filter(drivers::ready).findFirst();
  }

  private static void write(Path file, String text) {
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new Fault(file + " can't be written: " + FileProblem.of(e), e);
    }
  }
}

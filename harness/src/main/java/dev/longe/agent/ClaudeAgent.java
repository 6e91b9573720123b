package dev.longe.agent;

import dev.longe.core.Capabilities;
import dev.longe.core.Fault;
import dev.longe.core.Stop;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Output;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The Claude Code CLI, streaming JSON both ways, one process an attempt: a process that lived on
 * between attempts would go on working while the harness checks.
 */
final class ClaudeAgent implements Agent {
  /** Its own retries; long outages are waited for by the harness, which burns nothing meanwhile. */
  private static final String RETRIES = "2";

  private final Sandbox sandbox;
  private final Environment environment;
  private final boolean root;
  private final java.time.InstantSource clock;

  ClaudeAgent(Sandbox sandbox, Environment environment, java.time.InstantSource clock) {
    this.sandbox = sandbox;
    this.environment = environment;
    this.root = "root".equals(System.getProperty("user.name"));
    this.clock = clock;
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, true, true);
  }

  @Override
  public List<String> variables() {
    return List.of(
        "ANTHROPIC_API_KEY",
        "ANTHROPIC_AUTH_TOKEN",
        "ANTHROPIC_BASE_URL",
        "ANTHROPIC_MODEL",
        "CLAUDE_CODE_OAUTH_TOKEN",
        "CLAUDE_CONFIG_DIR",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "NODE_EXTRA_CA_CERTS");
  }

  @Override
  public List<Path> statePaths() {
    Path home = Path.of(environment.all().getOrDefault("HOME", "/"));
    List<Path> paths =
        new ArrayList<>(List.of(home.resolve(".claude"), home.resolve(".claude.json")));
    Optional.ofNullable(environment.all().get("CLAUDE_CONFIG_DIR"))
        .map(Path::of)
        .ifPresent(paths::add);
    return paths;
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    Answer.clear(a.answerFile());
    Map<String, String> variables = new HashMap<>(a.environment());
    variables.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
    variables.put("CLAUDE_CODE_MAX_RETRIES", RETRIES);
    statePaths().stream().filter(p -> !p.toString().endsWith(".json")).forEach(ClaudeAgent::make);
    if (root) {
      variables.put("IS_SANDBOX", "1"); // without it root may not run it unattended
    }
    ClaudeStream stream = new ClaudeStream(events, clock);
    RunningProcess process =
        sandbox.start(
            new ProcessSpec(
                argv(a),
                a.directory(),
                variables,
                true,
                a.confinement(),
                a.timeout(),
                a.outputBytesMax(),
                ClaudeStream.message(a.prompt()),
                true),
            new Lines(stream));
    stream.onResult(process::closeInput);
    return new Run(process, stream, a);
  }

  /** Shut in, it can only be given what is there. */
  private static void make(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Fault("The directory " + directory + " of Claude Code can't be made: " + e, e);
    }
  }

  private static List<String> argv(Assignment a) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                "claude",
                "-p",
                "--input-format",
                "stream-json",
                "--output-format",
                "stream-json",
                "--verbose",
                "--include-partial-messages",
                "--dangerously-skip-permissions"));
    a.arguments().forEach(model -> argv.addAll(List.of("--model", model)));
    if (a.resume().isPresent()) {
      argv.addAll(List.of("--resume", a.resume().get()));
    } else {
      String seed = a.sessionName() + a.directory() + a.attempt();
      UUID id = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
      argv.addAll(List.of("--session-id", id.toString()));
    }
    return argv;
  }

  private record Lines(ClaudeStream stream) implements Output {
    @Override
    public void line(String line) {
      stream.line(line);
    }

    @Override
    public void errorLine(String line) {
      stream.errorLine(line);
    }
  }

  private static final class Run extends ProcessRun {
    private final ClaudeStream stream;
    private final Assignment assignment;

    Run(RunningProcess process, ClaudeStream stream, Assignment assignment) {
      super(process);
      this.stream = stream;
      this.assignment = assignment;
    }

    @Override
    Ending ending(Exit exit) {
      Answer answer = Answer.read(assignment.answerFile());
      Stop stop = stream.stop(exit);
      return new Ending(
          stop instanceof Stop.Ended ? answer.stop().orElse(stop) : stop, stream.usage());
    }

    @Override
    public boolean steer(String message) {
      return !stream.finished() && process().send(ClaudeStream.message(message));
    }

    @Override
    void askToEnd() {
      process().send(ClaudeStream.INTERRUPT);
    }
  }
}

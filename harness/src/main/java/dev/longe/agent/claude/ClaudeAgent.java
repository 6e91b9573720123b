package dev.longe.agent.claude;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.agent.DriverContext;
import dev.longe.agent.Json;
import dev.longe.agent.Login;
import dev.longe.agent.Program;
import dev.longe.agent.ProgramAgent;
import dev.longe.agent.SessionFiles;
import dev.longe.core.Capabilities;
import dev.longe.intake.AgentEntry;
import dev.longe.sandbox.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The Claude Code CLI, streaming JSON both ways, one process an attempt: a process that lived on
 * between attempts would go on working while the harness checks.
 */
public final class ClaudeAgent extends ProgramAgent {
  static final Program PROGRAM =
      new Program(
          "claude",
          "2.1.0",
          "2.1.328",
          "npm install -g @anthropic-ai/claude-code (Node 22 or newer), then run claude once to"
              + " log in");

  /** Its own retries; long outages are waited for by the harness, which burns nothing meanwhile. */
  private static final String RETRIES = "2";

  /** Conversations, and the earlier versions of files and lists that belong to them. */
  private static final List<String> SESSIONS = List.of("projects", "file-history", "todos");

  private static final String CREDENTIALS = ".credentials.json";

  private final boolean root;

  public ClaudeAgent(DriverContext host, AgentEntry entry) {
    super(host, entry, PROGRAM);
    this.root = "root".equals(System.getProperty("user.name"));
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, true, true);
  }

  @Override
  protected List<String> ownVariables() {
    return List.of(
        "ANTHROPIC_API_KEY",
        "ANTHROPIC_AUTH_TOKEN",
        "ANTHROPIC_BASE_URL",
        "ANTHROPIC_MODEL",
        "CLAUDE_CODE_OAUTH_TOKEN",
        "CLAUDE_CONFIG_DIR");
  }

  @Override
  public StatePaths state() {
    List<Path> directories =
        Stream.of(host().home().resolve(".claude"), config()).distinct().toList();
    return new StatePaths(
        directories,
        List.of(host().home().resolve(".claude.json")),
        directories.stream().flatMap(d -> SESSIONS.stream().map(d::resolve)).toList(),
        directories.stream().map(d -> d.resolve(CREDENTIALS)).toList());
  }

  private Path config() {
    return host().directory("CLAUDE_CONFIG_DIR", ".claude");
  }

  @Override
  public Login login() {
    return host()
        .login(
            List.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"),
            List.of(config().resolve(CREDENTIALS)),
            Login.no("run claude once and log in, or set ANTHROPIC_API_KEY"));
  }

  @Override
  public Optional<SessionFiles> sessions(Place place) {
    Path projects = place.confinement().outside(config().resolve("projects"));
    return Optional.of(new ClaudeSessions(projects, place.directory()));
  }

  @Override
  public List<String> sessionCommand(String session, Path directory) {
    return List.of(programName(), "--resume", session);
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    Map<String, String> variables = new HashMap<>();
    variables.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
    variables.put("CLAUDE_CODE_MAX_RETRIES", RETRIES);
    if (root) {
      variables.put("IS_SANDBOX", "1"); // without it root may not run it unattended
    }
    ClaudeStream stream = new ClaudeStream(events, host().clock());
    return launch(
        a, command(a), variables, Json.line(ClaudeStream.message(a.prompt())), true, stream);
  }

  private List<String> command(Assignment a) {
    List<String> own =
        new ArrayList<>(
            List.of(
                "-p",
                "--input-format",
                "stream-json",
                "--output-format",
                "stream-json",
                "--verbose",
                "--include-partial-messages",
                "--dangerously-skip-permissions"));
    model(a).ifPresent(m -> own.addAll(List.of("--model", m)));
    own.addAll(
        a.resume()
            .map(session -> List.of("--resume", session))
            .orElseGet(() -> List.of("--session-id", newSession(a))));
    return argv(own);
  }
}

package dev.longe.agent.model;

import dev.longe.agent.Agent;
import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.agent.DriverContext;
import dev.longe.agent.Launch;
import dev.longe.agent.Login;
import dev.longe.agent.Program;
import dev.longe.agent.ProgramAgent;
import dev.longe.agent.SessionCopies;
import dev.longe.agent.SessionFiles;
import dev.longe.core.Capabilities;
import dev.longe.core.Fault;
import dev.longe.intake.AgentEntry;
import dev.longe.sandbox.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A small agent of our own over a model API, for who has no vendor's program. */
public final class ModelAgent implements Agent {
  private static final Program PROGRAM = new Program("java", "", "", "");

  private final DriverContext host;
  private final AgentEntry entry;
  private final ModelProgram program;

  public ModelAgent(DriverContext host, AgentEntry entry) {
    this.host = host;
    this.entry = entry;
    this.program = new ModelProgram(host, entry);
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, true, false);
  }

  @Override
  public List<String> variables() {
    List<String> all = new ArrayList<>(List.of("ANTHROPIC_API_KEY", "OPENAI_API_KEY"));
    entry.endpoint().key().ifPresent(all::add);
    all.addAll(entry.env());
    return all;
  }

  private Path sessionRoot() {
    return host.directory("LONGE_HOME", ".longe").resolve("sessions");
  }

  @Override
  public StatePaths state() {
    return new StatePaths(List.of(), List.of(), List.of(sessionRoot()), List.of());
  }

  @Override
  public List<Path> readable() {
    return List.of(ModelProgram.java(), ModelProgram.directory());
  }

  @Override
  public Login login() {
    AgentEntry.Endpoint at = entry.endpoint();
    return host.login(
        variables(),
        List.of(),
        at.url().isPresent() && at.key().isEmpty()
            ? Login.unknown("its endpoint may need no key")
            : Login.no("set ANTHROPIC_API_KEY or OPENAI_API_KEY, or an endpoint in agents.yaml"));
  }

  @Override
  public Optional<SessionFiles> sessions(Place place) {
    return Optional.of(new ModelSessions(place.confinement().outside(sessionRoot())));
  }

  /** One file a session. */
  private record ModelSessions(Path root) implements SessionFiles {
    @Override
    public void pack(String session, Path archive) {
      SessionCopies.copy(file(root, session), file(archive, session));
    }

    @Override
    public String unpack(String session, Path archive) {
      SessionCopies.copy(file(archive, session), file(root, session));
      return session;
    }
  }

  private static Path file(Path directory, String session) {
    return directory.resolve(session + ".json");
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    try {
      Files.createDirectories(sessionRoot());
    } catch (IOException e) {
      throw new Fault(
          "The sessions can't be stored in " + sessionRoot() + ": " + e.getMessage(), e);
    }
    String named = a.arguments().stream().findFirst().or(entry::model).orElseThrow();
    Path session = file(sessionRoot(), a.resume().orElseGet(() -> ProgramAgent.newSession(a)));
    String request = program.request(program.target(named), a, session, 0);
    ModelProtocol protocol = new ModelProtocol(events, host.clock());
    return Launch.of(host, a, PROGRAM, login(), argv(), Map.of(), request, true, protocol);
  }

  private List<String> argv() {
    List<String> argv = new ArrayList<>();
    entry.command().ifPresent(argv::add);
    argv.addAll(program.argv());
    return argv;
  }
}

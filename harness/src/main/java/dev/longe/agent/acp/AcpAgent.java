package dev.longe.agent.acp;

import dev.longe.agent.Agent;
import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.agent.DriverContext;
import dev.longe.agent.Launch;
import dev.longe.agent.Program;
import dev.longe.core.Capabilities;
import dev.longe.intake.AgentEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Any agent that speaks the Agent Client Protocol on its standard streams. */
public final class AcpAgent implements Agent {
  private final DriverContext host;
  private final AgentEntry entry;

  public AcpAgent(DriverContext host, AgentEntry entry) {
    this.host = host;
    this.entry = entry;
  }

  /** Its client, the harness, gives it files and terminals. */
  @Override
  public boolean needsOrdinaryTree() {
    return true;
  }

  /** A second message while one is worked on joins it with some agents and ends it with others. */
  @Override
  public Capabilities can() {
    return new Capabilities(true, false, false);
  }

  @Override
  public List<String> variables() {
    return entry.env();
  }

  @Override
  public Optional<Program> program() {
    return entry.command().map(c -> Program.named(c, entry.name()));
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    List<String> words = new ArrayList<>();
    entry.command().ifPresent(words::add);
    words.addAll(entry.arguments());
    words.addAll(a.arguments());
    Program program = new Program(words.getFirst(), "", "", "");
    AcpClient client = new AcpClient(host.sandbox(), a, entry.deny());
    AcpProtocol protocol = new AcpProtocol(events, host.clock(), a, client);
    return Launch.of(
        host, a, program, login(), words, Map.of(), protocol.opening(), true, protocol);
  }
}

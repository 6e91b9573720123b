package dev.longe.agent.acp;

import dev.longe.agent.Assignment;
import dev.longe.agent.Json;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Output;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import dev.longe.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Commands that an ACP agent runs through its client: shut in as the agent is, and gone with it.
 * Safe for use by many threads.
 */
final class AcpTerminals {
  private static final int OUTPUT_CHARS_MAX = 1 << 20;

  private final Sandbox sandbox;
  private final Assignment assignment;
  private final Map<String, Terminal> terminals = new HashMap<>();
  private boolean closed;

  AcpTerminals(Sandbox sandbox, Assignment assignment) {
    this.sandbox = sandbox;
    this.assignment = assignment;
  }

  private record Terminal(RunningProcess process, Printed printed) {}

  /** The end of what a command printed. */
  private static final class Printed implements Output {
    private final StringBuilder text = new StringBuilder();
    private boolean truncated;

    @Override
    public synchronized void line(String line) {
      text.append(line).append('\n');
      if (text.length() > OUTPUT_CHARS_MAX) {
        text.delete(0, text.length() - OUTPUT_CHARS_MAX);
        truncated = true;
      }
    }

    @Override
    public void errorLine(String line) {
      line(line);
    }

    synchronized Map<String, Object> told() {
      return Map.of("output", text.toString(), "truncated", truncated);
    }
  }

  synchronized Map<String, Object> create(JsonNode params, Path directory) {
    if (closed) {
      throw new IllegalArgumentException("the attempt is over");
    }
    List<String> argv = new ArrayList<>(List.of(Json.text(params, "command")));
    params.path("args").forEach(a -> argv.add(a.asString("")));
    Map<String, String> environment = new HashMap<>(assignment.environment());
    params.path("env").forEach(v -> environment.put(Json.text(v, "name"), Json.text(v, "value")));
    Printed printed = new Printed();
    RunningProcess process =
        sandbox.start(
            new ProcessSpec(
                argv,
                directory,
                environment,
                true,
                assignment.confinement(),
                assignment.timeout(),
                assignment.outputBytesMax(),
                "",
                false),
            printed);
    String id = "terminal-" + (terminals.size() + 1);
    terminals.put(id, new Terminal(process, printed));
    return Map.of("terminalId", id);
  }

  private synchronized Terminal of(JsonNode params) {
    Terminal t = terminals.get(Json.text(params, "terminalId"));
    if (t == null) {
      throw new IllegalArgumentException("no such terminal");
    }
    return t;
  }

  Map<String, Object> output(JsonNode params) {
    Terminal t = of(params);
    Map<String, Object> told = new HashMap<>(t.printed.told());
    if (t.process.ended()) {
      told.put("exitStatus", status(t.process.await()));
    }
    return told;
  }

  private static Map<String, Object> status(Exit exit) {
    return Map.of("exitCode", exit.status());
  }

  void await(JsonNode params, AcpClient.Reply reply) {
    Terminal t = of(params);
    Thread.ofVirtual().name("longe-terminal").start(() -> reply.with(status(t.process.await())));
  }

  void kill(JsonNode params) {
    Exit _ = of(params).process.kill();
  }

  /** Ends all of them; no new one begins. */
  synchronized void close() {
    closed = true;
    terminals.values().forEach(t -> t.process.kill());
  }
}

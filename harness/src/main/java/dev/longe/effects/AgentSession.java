package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.agent.SessionFiles;
import dev.longe.core.AgentSpec;
import dev.longe.core.Attempt;
import dev.longe.core.Fault;
import dev.longe.core.TaskState;
import dev.longe.sandbox.ExclusiveLock;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The session of a task's last attempt, where its agent works. */
public final class AgentSession {
  private final TaskState task;
  private final AgentSpec spec;
  private final Agent agent;
  private final Workspace workspace;
  private final Places places;
  private final Sandbox sandbox;

  AgentSession(
      TaskState task,
      AgentSpec spec,
      Agent agent,
      Workspace workspace,
      Places places,
      Sandbox sandbox) {
    this.task = task;
    this.spec = spec;
    this.agent = agent;
    this.workspace = workspace;
    this.places = places;
    this.sandbox = sandbox;
  }

  /** Two processes must not use a layer at the same time. */
  private ExclusiveLock lock() {
    return lock(workspace);
  }

  private static ExclusiveLock lock(Workspace workspace) {
    return ExclusiveLock.tryTake(
            workspace.exchange().resolveSibling("human.lock"), "works in a tree")
        .orElseThrow(() ->
            new Fault(
                "Somebody works in the agent's tree (key «t» of «longe review»); end that first."));
  }

  /**
   * Refuses an attempt while a human works in the tree.
   *
   * @throws Fault if somebody does
   */
  static void requireNobody(Workspace workspace) {
    lock(workspace).close();
  }

  private Place place() {
    return places.agent(task, agent, workspace, spec);
  }

  /** Access to the agent's sessions as files; empty if they can't be moved to another machine. */
  public Optional<SessionFiles> files() {
    places.states().of(task, agent, spec).ifPresent(AgentState::make);
    return agent.sessions(place());
  }

  /** The command that opens the session in the agent's program; empty if there is none. */
  public List<String> command() {
    return task.last()
        .flatMap(Attempt::agentSession)
        .map(session -> agent.sessionCommand(session, place().directory()))
        .orElse(List.of());
  }

  /**
   * Opens a shell for a human on the terminal of this process, in the agent's tree. It is not
   * confined, but if the tree is a layer, it sees the tree at its place, and the rest of the
   * system, except for the home directory, can't be changed.
   */
  public void shell(String program) {
    try (ExclusiveLock _ = lock()) {
      int _ = sandbox.attach(List.of(program), places.human(workspace));
    }
  }

  /**
   * Opens the session for a human on the terminal of this process: with the agent's tree and state,
   * and confined as the agent. Returns when the program has ended.
   *
   * @return what the user should know afterwards
   */
  public List<String> open() {
    try (ExclusiveLock _ = lock()) {
      Supplier<List<String>> end = places.states().begin(task, agent, spec);
      int _ = sandbox.attach(command(), places.onTerminal(place()));
      return end.get();
    }
  }
}

package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.agent.Assignment;
import dev.longe.agent.registry.Agents;
import dev.longe.check.CheckResult;
import dev.longe.check.Services;
import dev.longe.core.AgentSpec;
import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckSpec;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Move;
import dev.longe.core.ServiceSpec;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.policy.Decision;
import dev.longe.core.policy.Prompt;
import dev.longe.engine.Settings;
import dev.longe.engine.Supervised;
import dev.longe.home.Home;
import dev.longe.review.ProbeResult;
import dev.longe.review.UnderstandingNotes;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.ExclusiveLock;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.Repository;
import dev.longe.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Effects on real git, real processes and real agents. Safe for use by many threads on different
 * tasks.
 */
public final class RealEffects implements LiveEffects {
  private final Home home;
  private final Sandbox sandbox;
  private final Environment environment;
  private final Map<String, String> committing;
  private final Agents agents;
  private final Settings settings;
  private final Places places;
  private final InstantSource clock;
  private final Spectator spectator;
  private final Map<TaskId, Workspace> workspaces = new ConcurrentHashMap<>();

  /**
   * @param committing the variables of git in the user's repository
   */
  public RealEffects(
      Home home,
      Sandbox sandbox,
      Environment environment,
      Map<String, String> committing,
      InstantSource clock,
      Settings settings,
      Spectator spectator) {
    this.home = home;
    this.sandbox = sandbox;
    this.environment = environment;
    this.committing = Map.copyOf(committing);
    this.agents = new Agents(sandbox, environment, clock, settings.agents());
    this.settings = settings;
    this.places = new Places(home, environment, sandbox);
    this.clock = clock;
    this.spectator = spectator;
  }

  /** Checks of a task, which has trees, whose processes are started in {@code part}. */
  private CheckEffect checking(Sandbox part, TaskState task) {
    trees(part, task).require(workspace(task));
    Agents judges = new Agents(part, environment, clock, settings.agents());
    return new CheckEffect(home, places, part, environment, clock, settings, judges);
  }

  private Workspace workspace(TaskState task) {
    Path repository = Path.of(task.submitted().source().repository());
    if (!Files.isDirectory(repository)) {
      throw new Fault("The repository " + repository + " does not exist any more; restore it.");
    }
    return workspaces.computeIfAbsent(
        task.id(),
        id ->
            new Workspace(
                repository(task),
                id,
                base(task),
                task.loop().protect(),
                task.loop().carry(),
                home));
  }

  private static Commit base(TaskState task) {
    return task.submitted().source().base();
  }

  private Repository repository(TaskState task) {
    return Repository.at(sandbox, Path.of(task.submitted().source().repository()), committing);
  }

  @Override
  public void endLeftovers(TaskState task) {
    int _ = sandbox.sweepOrphans();
    SetupProgress.endLeft(home, task.id());
    workspace(task).deleteLeftovers();
    places.states().endLeft(task, agents).forEach(line -> spectator.told(task.id(), line));
  }

  @Override
  public Optional<String> prepare(Supervised loop, TaskState task) {
    return prepare(loop, task, base(task));
  }

  /**
   * Creates the trees of a task that comes from another machine. The agent's tree has the task's
   * newest candidate.
   *
   * @return false if a human's word ended it; it has to be called again then
   */
  public boolean arrive(Supervised loop, TaskState task) {
    places.states().endLeft(task, agents);
    workspace(task).clear();
    return task.baseTree().isEmpty() || prepare(loop, task, TaskTrees.newest(task)).isPresent();
  }

  /** The directory in which a task's agent works, as the agent sees it; empty if it was removed. */
  public Optional<Path> agentTree(TaskState task) {
    return Optional.of(workspace(task)).filter(Workspace::exists).map(Workspace::agentPath);
  }

  private Optional<String> prepare(Supervised loop, TaskState task, Commit at) {
    return Interruptible.run(
        loop,
        sandbox,
        part -> {
          trees(part, task).make(workspace(task), at);
          return workspace(task).baseTree();
        },
        _ -> false);
  }

  private TaskTrees trees(Sandbox part, TaskState task) {
    return new TaskTrees(
        home, places, agents, part, clock, task, line -> spectator.told(task.id(), line));
  }

  @Override
  public Optional<CheckResult> checkBase(Supervised loop, TaskState task, CheckSpec check) {
    return checked(loop, task, c -> c.onBase(task, workspace(task), check));
  }

  @Override
  public Optional<CheckResult> check(Supervised loop, TaskState task, CheckSpec check) {
    return checked(loop, task, c -> c.onCandidate(task, workspace(task), check));
  }

  private <T> Optional<T> checked(Supervised loop, TaskState task, Function<CheckEffect, T> use) {
    return Interruptible.run(loop, sandbox, part -> use.apply(checking(part, task)), _ -> false);
  }

  /** The output of a command on a task's base and on its candidate. */
  public ProbeResult probe(TaskState task, String line) {
    return checking(sandbox, task).probe(task, workspace(task), line);
  }

  /** As {@link #probe(TaskState, String)}; empty if a human's word ended it. */
  public Optional<ProbeResult> probe(Supervised loop, TaskState task, String line) {
    return checked(loop, task, c -> c.probe(task, workspace(task), line));
  }

  @Override
  public Capabilities can(AgentSpec agent) {
    return agents.of(agent).can();
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public LiveAttempt start(TaskState task, Decision.Start start) {
    Workspace workspace = workspace(task);
    Agent agent = places.able(task, agents.of(start.spec()));
    trees(sandbox, task).require(workspace);
    boolean _ = workspace.prepare(TaskTrees.newest(task));
    AgentSession.requireNobody(workspace);
    workspace.renewExchange();
    if (start.move() == Move.CONTINUE || start.attempt() == 1) {
      workspace.repairRepository();
    } else {
      workspace.renewRepository();
    }
    if (start.move() != Move.CONTINUE) {
      task.candidate()
          .filter(c -> !c.protectedTouched().isEmpty())
          .ifPresent(c -> workspace.restoreProtected(c.commit()));
    }
    Supplier<List<String>> end = places.states().begin(task, agent, start.spec());
    Assignment assignment = assignment(task, start, agent, workspace);
    Transcript transcript =
        new Transcript(home.transcript(task.id(), start.attempt()), assignment.prompt());
    CostEstimate costs = CostEstimate.of(settings, task, start);
    RealAttempt live =
        new RealAttempt(task.id(), transcript, spectator, workspace, clock, costs, end);
    live.follow(agent.start(assignment, live::saw));
    return live;
  }

  private Assignment assignment(
      TaskState task, Decision.Start start, Agent agent, Workspace workspace) {
    List<ServiceSpec> own = task.loop().services().stream().filter(ServiceSpec::agent).toList();
    Services services = Services.of(own, home.workspace(task.id()).resolve("services/agent"));
    Place place = services.at(places.agent(task, agent, workspace, start.spec()));
    Path answer = Assignment.answerFile(workspace.exchange());
    return new Assignment(
        task.id(),
        start.attempt(),
        start.session(),
        start.resume(),
        start.spec().arguments(),
        place.directory(),
        services.wanted(),
        workspace.exchange(),
        Prompt.of(task, start, answer.toString()),
        place.variables(),
        place.confinement(),
        task.limits().time().multipliedBy(2),
        task.limits().outputBytes());
  }

  /** The session of a task's last attempt; there is one. */
  public AgentSession session(TaskState task) {
    AgentSpec spec = task.loop().agents().get(task.last().orElseThrow().agent());
    return new AgentSession(task, spec, agents.of(spec), workspace(task), places, sandbox);
  }

  @Override
  public Candidate snapshot(TaskState task) {
    Attempt attempt = task.last().orElseThrow();
    AgentSpec agent = task.loop().agents().get(attempt.agent());
    String message =
        "longe: candidate %d of task %s%n%n%s%n"
            .formatted(attempt.number(), task.id(), CommitMessages.assistedBy(agent, attempt));
    return workspace(task).snapshot(attempt.number(), message, TaskTrees.newest(task));
  }

  @Override
  public Optional<Event> land(
      Supervised loop, TaskState task, Event.Accepted accepted, List<TaskState> ahead) {
    return Interruptible.run(
        loop,
        sandbox,
        part -> {
          Consumer<String> told = line -> spectator.told(task.id(), line);
          try (ExclusiveLock _ =
              repository(task).lock("lands task " + task.id(), part::hasEnded, told)) {
            return new LandingEffect(
                    task,
                    accepted,
                    workspace(task),
                    merged -> checking(part, task).onMerged(merged),
                    ahead)
                .land();
          }
        },
        event -> event instanceof Event.Landed);
  }

  @Override
  public void close(TaskState task) {
    places.states().endLeft(task, agents).forEach(line -> spectator.told(task.id(), line));
    Workspace workspace = workspace(task);
    task.landed()
        .ifPresentOrElse(
            l -> workspace.removeLanded(l.commit(), l.ref()), workspace::removeDiscarded);
    workspaces.remove(task.id());
    task.landed()
        .filter(_ -> !task.reviews().isEmpty())
        .ifPresent(l ->
            UnderstandingNotes.note(
                repository(task), task.id(), l.commit(), task.reviews(), clock.instant()));
  }
}

package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.agent.Assignment;
import dev.longe.agent.registry.Agents;
import dev.longe.check.CheckResult;
import dev.longe.check.Checker;
import dev.longe.core.AgentSpec;
import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Move;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Effects on real git, real processes and real agents. Safe for use by many threads on different
 * tasks.
 */
public final class RealEffects implements LiveEffects {
  private static final Duration SETUP_TIMEOUT = Duration.ofMinutes(30);
  private static final long SETUP_OUTPUT_MAX = 1L << 30;

  private final Home home;
  private final Sandbox sandbox;
  private final Environment environment;
  private final Agents agents;
  private final Settings settings;
  private final Places places;
  private final InstantSource clock;
  private final Spectator spectator;
  private final Map<TaskId, Workspace> workspaces = new ConcurrentHashMap<>();

  public RealEffects(
      Home home,
      Sandbox sandbox,
      Environment environment,
      InstantSource clock,
      Settings settings,
      Spectator spectator) {
    this.home = home;
    this.sandbox = sandbox;
    this.environment = environment;
    this.agents = new Agents(sandbox, environment, clock, settings.agents());
    this.settings = settings;
    this.places = new Places(home, environment, sandbox);
    this.clock = clock;
    this.spectator = spectator;
  }

  /** Checks whose processes are started in {@code part}. */
  private CheckEffect checking(Sandbox part) {
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
                repository(task), id, base(task), task.loop().protect(), home.workspace(id)));
  }

  private static Commit base(TaskState task) {
    return task.submitted().source().base();
  }

  private Repository repository(TaskState task) {
    return Repository.at(
        sandbox, Path.of(task.submitted().source().repository()), environment.basic());
  }

  @Override
  public void endLeftovers(TaskState task) {
    int _ = sandbox.sweepOrphans();
    places.states().endLeft(task, agents);
  }

  @Override
  public Optional<String> prepare(Supervised loop, TaskState task) {
    Workspace workspace = workspace(task);
    return prepare(loop, task, workspace, base(task));
  }

  /**
   * Creates the trees of a task that comes from another machine. The agent's tree has the task's
   * newest candidate.
   *
   * @return false if a human's word ended it; it has to be called again then
   */
  public boolean arrive(Supervised loop, TaskState task) {
    Workspace workspace = workspace(task);
    workspace.clear();
    return task.baseTree().isEmpty()
        || prepare(
                loop, task, workspace, task.candidate().map(Candidate::commit).orElse(base(task)))
            .isPresent();
  }

  private Optional<String> prepare(
      Supervised loop, TaskState task, Workspace workspace, Commit at) {
    return Interruptible.run(
        loop,
        sandbox,
        part -> {
          boolean _ = workspace.prepare(at);
          task.loop()
              .setup()
              .ifPresent(command -> {
                setUp(part, task, command, workspace, workspace.clonePath());
                setUp(part, task, command, workspace, workspace.checkPath());
              });
          return workspace.baseTree();
        },
        _ -> false);
  }

  private void setUp(
      Sandbox part, TaskState task, Command command, Workspace workspace, Path tree) {
    Sandbox.Outcome outcome =
        places.setUp(
            task,
            workspace,
            tree,
            p -> part.run(p.process(Checker.argv(command), SETUP_TIMEOUT, SETUP_OUTPUT_MAX)));
    if (!outcome.exit().ok()) {
      throw SetupFailure.of(task, command, outcome);
    }
  }

  @Override
  public Optional<CheckResult> checkBase(Supervised loop, TaskState task, CheckSpec check) {
    Workspace workspace = workspace(task);
    return Interruptible.run(
        loop, sandbox, part -> checking(part).onBase(task, workspace, check), _ -> false);
  }

  @Override
  public Optional<CheckResult> check(Supervised loop, TaskState task, CheckSpec check) {
    Workspace workspace = workspace(task);
    return Interruptible.run(
        loop, sandbox, part -> checking(part).onCandidate(task, workspace, check), _ -> false);
  }

  /** The output of a command on a task's base and on its candidate. */
  public ProbeResult probe(TaskState task, String line) {
    return checking(sandbox).probe(task, workspace(task), line);
  }

  /** As {@link #probe(TaskState, String)}; empty if a human's word ended it. */
  public Optional<ProbeResult> probe(Supervised loop, TaskState task, String line) {
    Workspace workspace = workspace(task);
    return Interruptible.run(
        loop, sandbox, part -> checking(part).probe(task, workspace, line), _ -> false);
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
    boolean _ = workspace.prepare(task.candidate().map(Candidate::commit).orElse(base(task)));
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
    Agent agent = agents.of(start.spec());
    Assignment assignment = assignment(task, start, agent, workspace);
    Transcript transcript =
        new Transcript(home.transcript(task.id(), start.attempt()), assignment.prompt());
    CostEstimate costs = CostEstimate.of(settings, task, start);
    Supplier<List<String>> end = places.states().begin(task, agent, start.spec());
    RealAttempt live =
        new RealAttempt(task.id(), transcript, spectator, workspace, clock, costs, end);
    live.follow(agent.start(assignment, live::saw));
    return live;
  }

  private Assignment assignment(
      TaskState task, Decision.Start start, Agent agent, Workspace workspace) {
    Place place = places.agent(task, agent, workspace, start.spec());
    Path answer = Assignment.answerFile(workspace.exchange());
    return new Assignment(
        task.id(),
        start.attempt(),
        start.session(),
        start.resume(),
        start.spec().arguments(),
        place.directory(),
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
    Workspace workspace = workspace(task);
    return workspace.snapshot(
        attempt.number(), message, task.candidate().map(Candidate::commit).orElse(base(task)));
  }

  @Override
  public Optional<Event> land(
      Supervised loop, TaskState task, Event.Accepted accepted, List<TaskState> ahead) {
    Workspace workspace = workspace(task);
    return Interruptible.run(
        loop,
        sandbox,
        part -> {
          Consumer<String> told = line -> spectator.told(task.id(), line);
          try (ExclusiveLock _ =
              repository(task).lock("lands task " + task.id(), part::hasEnded, told)) {
            return new LandingEffect(task, accepted, workspace, checking(part)::onMerged, ahead)
                .land();
          }
        },
        event -> event instanceof Event.Landed);
  }

  @Override
  public void close(TaskState task) {
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

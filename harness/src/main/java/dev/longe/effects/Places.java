package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.core.AgentSpec;
import dev.longe.core.Command;
import dev.longe.core.Fault;
import dev.longe.core.Loop;
import dev.longe.core.Sandboxing;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.home.Directories;
import dev.longe.home.Home;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Confinement.Overlay;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.CheckTree;
import dev.longe.workspace.PreparedBase;
import dev.longe.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The places where the processes of tasks run: agents, setup, checks, judges and probes. A confined
 * process sees the system, its own tree, the objects of the repository, the user's tools, and the
 * package caches. It does not see the rest of the home directory, of Longe's home, or of the
 * repository. Safe for use by many threads.
 */
final class Places {
  /** Variables that say what the user's terminal can do. */
  private static final Set<String> TERMINAL = Set.of("TERM", "COLORTERM", "TERM_PROGRAM");

  private final Home home;
  private final Environment environment;
  private final UserTools tools;
  private final Confining confining;
  private final MachineView views;

  Places(Home home, Environment environment, Sandbox sandbox) {
    this.home = home;
    this.environment = environment;
    this.tools = new UserTools(environment);
    this.confining = new Confining(home, environment, sandbox);
    this.views = new MachineView(home, tools, confining);
  }

  /** The place of an agent in its own tree. */
  Place agent(TaskState task, Agent agent, Workspace workspace, AgentSpec spec) {
    List<Path> readable = new ArrayList<>(views.program(task.loop(), agent, spec));
    readable.addAll(agent.readable());
    List<Path> writable = new ArrayList<>(List.of(workspace.exchange()));
    List<Overlay> overlays = new ArrayList<>(caches(task.id(), workspace).ofAgent());
    List<Confinement.Bind> binds = new ArrayList<>();
    states()
        .of(task, agent, spec)
        .ifPresentOrElse(
            own -> {
              overlays.addAll(own.overlays());
              binds.addAll(own.binds());
            },
            () -> writable.addAll(agent.state().all()));
    return place(
        task,
        workspace,
        new SeenTree(workspace.agentPath(), workspace.agentLayer(), true),
        agentVariables(task, agent),
        new MachineView.Access(readable, writable, overlays, binds, network(task).agent()));
  }

  /** The state that agents have in tasks. */
  AgentStates states() {
    return new AgentStates(home, confining);
  }

  /** The place of a human's shell in the agent's tree. */
  Place human(Workspace workspace) {
    SeenTree seen = new SeenTree(workspace.agentPath(), workspace.agentLayer(), true);
    return new Place(
        seen.path(),
        environment.all(),
        seen.layer().map(layer -> around(layer, workspace, seen)).orElseGet(Confinement.Open::new));
  }

  private Confinement around(Overlay layer, Workspace workspace, SeenTree seen) {
    List<Confinement.Bind> binds = new ArrayList<>(workspace.borrowed().binds());
    binds.addAll(MachineView.carried(workspace, seen));
    return new Confinement.Shut(
        new Confinement.Means.Namespaces(),
        List.of(),
        List.of(),
        List.of(tools.home()),
        List.of(layer),
        binds,
        true);
  }

  /** The same place for a program on the user's terminal. */
  Place onTerminal(Place place) {
    Map<String, String> variables = new HashMap<>(environment.all());
    variables.keySet().retainAll(TERMINAL);
    variables.putAll(place.variables());
    return new Place(place.directory(), variables, place.confinement());
  }

  /**
   * Calls {@code use} with the place of a judge and a directory for its files. The judge reads the
   * tree of a check and changes nothing in it.
   */
  <T> T judge(
      TaskState task,
      Agent agent,
      Workspace workspace,
      CheckTree tree,
      AgentSpec spec,
      BiFunction<Place, Path, T> use) {
    return withScratch(
        task,
        scratch -> {
          List<Path> readable = new ArrayList<>(views.program(task.loop(), agent, spec));
          readable.addAll(agent.readable());
          MachineView.Access access =
              new MachineView.Access(
                  readable, List.of(scratch), List.of(), List.of(), network(task).agent());
          Map<String, String> variables = agentVariables(task, agent);
          SeenTree seen = new SeenTree(tree.seen(), tree.layer(), false);
          return use.apply(place(task, workspace, seen, variables, access), scratch);
        });
  }

  private Map<String, String> agentVariables(TaskState task, Agent agent) {
    List<String> names = new ArrayList<>(agent.variables());
    names.addAll(task.loop().env());
    return environment.pick(names);
  }

  /** Calls {@code use} with the place of the setup in one of the task's ordinary trees. */
  <T> T setUp(TaskState task, Workspace workspace, Path tree, Function<Place, T> use) {
    SeenTree seen = new SeenTree(tree, Optional.empty(), true);
    return setUp(task, workspace, seen, caches(task.id(), workspace), use);
  }

  /** Calls {@code use} with the place of the setup in a prepared base. */
  <T> T setUp(
      TaskState task,
      Workspace workspace,
      Overlay layer,
      PreparedBase base,
      Function<Place, T> use) {
    SeenTree seen = new SeenTree(layer.at(), Optional.of(layer), true);
    Caches caches = new Caches(environment, base.caches(), base.caches());
    return setUp(task, workspace, seen, caches, use);
  }

  private <T> T setUp(
      TaskState task, Workspace workspace, SeenTree seen, Caches caches, Function<Place, T> use) {
    List<Overlay> overlays = caches.ofSetup();
    MachineView.Access access =
        new MachineView.Access(List.of(), List.of(), overlays, List.of(), network(task).setup());
    Place place = place(task, workspace, seen, checkVariables(task), access);
    T result = use.apply(place);
    if (place.confinement() instanceof Confinement.Shut shut && !shut.overlays().isEmpty()) {
      Caches.forgetUnused(overlays);
    }
    return result;
  }

  /**
   * Calls {@code use} with the place of one run of a check. What the run adds to caches is deleted
   * afterwards.
   */
  <T> T check(TaskState task, Workspace workspace, CheckTree tree, Function<Place, T> use) {
    return withScratch(
        task,
        scratch -> {
          MachineView.Access access =
              new MachineView.Access(
                  List.of(),
                  List.of(),
                  caches(task.id(), workspace).ofCheck(scratch),
                  List.of(),
                  network(task).checks());
          SeenTree seen = new SeenTree(tree.seen(), tree.layer(), true);
          return use.apply(place(task, workspace, seen, checkVariables(task), access));
        });
  }

  private <T> T withScratch(TaskState task, Function<Path, T> use) {
    Path scratch = Directories.made(directory(task.id()).resolve("run-" + UUID.randomUUID()));
    try {
      return use.apply(scratch);
    } finally {
      Directories.delete(scratch);
    }
  }

  private Map<String, String> checkVariables(TaskState task) {
    return checkVariables(environment, task.loop());
  }

  /** The variables of setup and checks. */
  static Map<String, String> checkVariables(Environment environment, Loop loop) {
    Map<String, String> all = new HashMap<>(environment.pick(loop.env()));
    all.put("CI", "true");
    return all;
  }

  private static Sandboxing.Network network(TaskState task) {
    return task.loop().sandbox().network();
  }

  private Path directory(TaskId task) {
    return home.workspace(task).resolve("caches");
  }

  private Caches caches(TaskId task, Workspace workspace) {
    Path own = directory(task);
    return new Caches(
        environment, own, workspace.layeredOn().map(PreparedBase::caches).orElse(own));
  }

  private Place place(
      TaskState task,
      Workspace workspace,
      SeenTree seen,
      Map<String, String> variables,
      MachineView.Access access) {
    return views.place(task.loop(), workspace, seen, variables, access);
  }

  /** The variables that the loop names, with their values. */
  Map<String, String> named(TaskState task) {
    Map<String, String> all = new TreeMap<>(environment.all());
    all.keySet().retainAll(task.loop().env());
    return all;
  }

  /** The programs of this machine that a setup starts. */
  SetupPrograms programs(Command setup) {
    return SetupPrograms.of(setup, environment);
  }

  /** The id of the image in which a task's processes run; empty if there is none. */
  String image(TaskState task) {
    return views.image(task.loop().sandbox());
  }

  /**
   * The same agent, whose program is where the processes of the task run.
   *
   * @throws Fault if it is not in the image of the task's containers
   */
  Agent able(TaskState task, Agent agent) {
    agent
        .program()
        .flatMap(p -> confining.missing(task.loop().sandbox(), p.name()))
        .ifPresent(why -> {
          throw new Fault("The agent can't start, because " + why + ".");
        });
    return agent;
  }

  /** Whether the trees of a task are layers on a prepared base. */
  boolean layers(TaskState task) {
    return confining.overlays(task.loop().sandbox());
  }
}

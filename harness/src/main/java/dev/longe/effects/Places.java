package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.core.AgentSpec;
import dev.longe.core.Fault;
import dev.longe.core.Sandboxing;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.home.Directories;
import dev.longe.home.Home;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.Repository;
import dev.longe.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The places where the processes of tasks run: agents, setup, checks, judges and probes. A confined
 * process sees the system, its own tree, the objects of the repository, the user's tools, and the
 * package caches. It does not see the rest of the home directory, of Longe's home, or of the
 * repository. Safe for use by many threads.
 */
final class Places {
  /** Set to {@code none}, it turns {@code sandbox: auto} off on this machine. */
  static final String VARIABLE = "LONGE_SANDBOX";

  /** Variables that say what the user's terminal can do. */
  private static final Set<String> TERMINAL = Set.of("TERM", "COLORTERM", "TERM_PROGRAM");

  private final Home home;
  private final Environment environment;
  private final Sandbox sandbox;
  private final UserTools tools;

  Places(Home home, Environment environment, Sandbox sandbox) {
    this.home = home;
    this.environment = environment;
    this.sandbox = sandbox;
    this.tools = new UserTools(environment);
  }

  /** The place of an agent in its own tree. */
  Place agent(TaskState task, Agent agent, Workspace workspace, AgentSpec spec) {
    List<Path> readable = new ArrayList<>(tools.program(agent, spec));
    readable.addAll(agent.readable());
    readable.addAll(workspace.borrowed());
    List<Path> writable = new ArrayList<>(List.of(workspace.clonePath(), workspace.exchange()));
    List<Confinement.Overlay> overlays = new ArrayList<>(caches(task.id()).ofAgent());
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
        workspace.clonePath(),
        agentVariables(task, agent),
        new Access(readable, writable, overlays, binds, network(task).agent()));
  }

  /** The state that agents have in tasks. */
  AgentStates states() {
    return new AgentStates(home, sandbox, this::confined);
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
      AgentSpec spec,
      BiFunction<Place, Path, T> use) {
    return withScratch(
        task,
        scratch -> {
          List<Path> readable = new ArrayList<>(tools.program(agent, spec));
          readable.addAll(agent.readable());
          readable.addAll(workspace.borrowed());
          readable.add(workspace.checkPath());
          Access access =
              new Access(readable, List.of(scratch), List.of(), List.of(), network(task).agent());
          Map<String, String> variables = agentVariables(task, agent);
          return use.apply(
              place(task, workspace, workspace.checkPath(), variables, access), scratch);
        });
  }

  private Map<String, String> agentVariables(TaskState task, Agent agent) {
    List<String> names = new ArrayList<>(agent.variables());
    names.addAll(task.loop().env());
    return environment.pick(names);
  }

  /** Calls {@code use} with the place of the setup in one of the task's trees. */
  <T> T setUp(TaskState task, Workspace workspace, Path tree, Function<Place, T> use) {
    Access access =
        new Access(
            workspace.borrowed(),
            List.of(tree),
            caches(task.id()).ofSetup(),
            List.of(),
            network(task).setup());
    Place place = place(task, workspace, tree, checkVariables(task), access);
    T result = use.apply(place);
    if (place.confinement() instanceof Confinement.Shut shut) {
      Caches.forgetUnused(shut.overlays());
    }
    return result;
  }

  /**
   * Calls {@code use} with the place of one run of a check. What the run adds to caches is deleted
   * afterwards.
   */
  <T> T check(TaskState task, Workspace workspace, Function<Place, T> use) {
    return withScratch(
        task,
        scratch -> {
          Access access =
              new Access(
                  workspace.borrowed(),
                  List.of(workspace.checkPath()),
                  caches(task.id()).ofCheck(scratch),
                  List.of(),
                  network(task).checks());
          return use.apply(
              place(task, workspace, workspace.checkPath(), checkVariables(task), access));
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
    Map<String, String> all = new HashMap<>(environment.pick(task.loop().env()));
    all.put("CI", "true");
    return all;
  }

  private static Sandboxing.Network network(TaskState task) {
    return task.loop().sandbox().network();
  }

  private Path directory(TaskId task) {
    return home.workspace(task).resolve("caches");
  }

  private Caches caches(TaskId task) {
    return new Caches(environment, directory(task));
  }

  private record Access(
      Collection<Path> readable,
      Collection<Path> writable,
      List<Confinement.Overlay> overlays,
      List<Confinement.Bind> binds,
      boolean network) {}

  private Place place(
      TaskState task,
      Workspace workspace,
      Path tree,
      Map<String, String> variables,
      Access access) {
    if (!confined(task.loop().sandbox())) {
      return new Place(tree, variables, new Confinement.Open());
    }
    Map<String, String> all = new HashMap<>(variables);
    all.remove("TMPDIR"); // a confined process has its own /tmp
    List<Path> readable = new ArrayList<>(access.readable());
    List<Path> hidden = hidden(workspace.repository());
    tools.readable(workspace.repository()).forEach(readable::add);
    boolean overlays = sandbox.overlays(home.root());
    if (!overlays) {
      access.overlays().forEach(o -> readable.addAll(o.lower()));
    }
    return new Place(
        tree,
        all,
        new Confinement.Shut(
            hidden,
            readable,
            List.copyOf(access.writable()),
            overlays ? access.overlays() : List.of(),
            access.binds(),
            access.network()));
  }

  /**
   * Whether processes are confined here.
   *
   * @throws Fault if they have to be and can't be
   */
  private boolean confined(Sandboxing sandboxing) {
    return switch (sandboxing.level()) {
      case NONE -> false;
      case AUTO -> !turnedOff(environment) && sandbox.bubblewrap();
      case REQUIRED -> {
        if (!sandbox.bubblewrap()) {
          throw new Fault(
              "The loop has «sandbox: required», and this machine can't confine processes; install"
                  + " the package bubblewrap.");
        }
        yield true;
      }
    };
  }

  /** Whether the user has turned {@code sandbox: auto} off on this machine. */
  static boolean turnedOff(Environment environment) {
    return environment.all().getOrDefault(VARIABLE, "").equals("none");
  }

  private List<Path> hidden(Repository repository) {
    return Stream.of(
            tools.home(),
            home.root(),
            Path.of("/home"),
            Path.of("/root"),
            repository.top(),
            repository.common())
        .filter(p -> p.getNameCount() > 0)
        .toList();
  }
}

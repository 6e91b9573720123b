package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.agent.registry.Agents;
import dev.longe.check.Checker;
import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskState;
import dev.longe.home.Directories;
import dev.longe.home.Home;
import dev.longe.home.Sha256;
import dev.longe.sandbox.Confinement.Overlay;
import dev.longe.sandbox.ExclusiveLock;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.BasePreparation;
import dev.longe.workspace.PreparedBase;
import dev.longe.workspace.SetupInputs;
import dev.longe.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes the trees of a task. Where overlays are available and no agent needs an ordinary tree, they
 * are layers on a prepared base that tasks share; elsewhere they are ordinary directories, and the
 * setup runs in each.
 */
final class TaskTrees {
  private static final Duration SETUP_TIMEOUT = Duration.ofMinutes(30);
  private static final long SETUP_OUTPUT_MAX = 1L << 30;

  /** Another task may run the setup meanwhile. */
  private static final Duration WAIT_MAX = SETUP_TIMEOUT.plusMinutes(10);

  private static final int KEY_BYTES = 16;

  private final Home home;
  private final Places places;
  private final Agents agents;
  private final Sandbox part;
  private final InstantSource clock;
  private final TaskState task;
  private final Consumer<String> told;

  /**
   * @param part the sandbox in which the setup runs
   * @param told receives a line when the setup runs, or if another process prepares the same base
   */
  TaskTrees(
      Home home,
      Places places,
      Agents agents,
      Sandbox part,
      InstantSource clock,
      TaskState task,
      Consumer<String> told) {
    this.home = home;
    this.places = places;
    this.agents = agents;
    this.part = part;
    this.clock = clock;
    this.task = task;
    this.told = told;
  }

  /** What the agent's tree contains before an attempt. */
  static Commit newest(TaskState task) {
    return task.candidate().map(Candidate::commit).orElse(task.submitted().source().base());
  }

  /** Makes the trees, if they are not there or are not of the kind that this machine has now. */
  void require(Workspace workspace) {
    workspace.borrowed().waitWith(patience());
    Optional<PreparedBase> base = workspace.layeredOn();
    boolean fits =
        workspace.exists() && base.isPresent() == layers() && workspace.borrowed().taken();
    if (!fits) {
      make(workspace, newest(task));
    } else if (!base.map(PreparedBase::isReady).orElse(true)) {
      take(base.get(), workspace);
    }
  }

  private boolean layers() {
    Stream<AgentSpec> judges =
        task.loop().checks().stream()
            .flatMap(c -> c instanceof CheckSpec.Judge j ? Stream.of(j.agent()) : Stream.empty());
    return places.layers(task)
        && Stream.concat(task.loop().agents().stream(), judges)
            .map(agents::of)
            .noneMatch(Agent::needsOrdinaryTree);
  }

  /** Makes the trees anew, with the agent's at {@code at}. */
  void make(Workspace workspace, Commit at) {
    workspace.borrowed().waitWith(patience());
    workspace.clear(); // parts that a killed process left
    if (layers()) {
      take(new PreparedBase(home.bases().resolve(key(workspace))), workspace);
      boolean _ = workspace.prepare(at);
      return;
    }
    borrow(workspace);
    boolean _ = workspace.prepare(at);
    task.loop()
        .setup()
        .ifPresent(command -> {
          setUp(command, use -> places.setUp(task, workspace, workspace.clonePath(), use));
          setUp(command, use -> places.setUp(task, workspace, workspace.checkPath(), use));
        });
    workspace.keepCheckTree();
  }

  private void borrow(Workspace workspace) {
    if (workspace.borrowed().take(clock.instant())) {
      collect();
    }
  }

  /** Another task may make meanwhile what this one needs too. */
  private ExclusiveLock.Patience patience() {
    return new ExclusiveLock.Patience(WAIT_MAX, part::hasEnded, told);
  }

  /** Uses a base for the task; makes it if it is not there. */
  private void take(PreparedBase base, Workspace workspace) {
    Directories.make(home.bases());
    String what = "prepares the base of task " + task.id();
    try (ExclusiveLock _ = ExclusiveLock.take(base.lock(), what, patience())) {
      workspace.layerOn(base);
      if (!base.isReady()) {
        prepare(base, workspace);
      }
      base.touch(clock.instant());
    }
  }

  private void prepare(PreparedBase base, Workspace workspace) {
    BasePreparation maker = workspace.maker(base);
    Overlay layer = new Bases(home, clock).near(workspace.repository().common(), maker::checkOut);
    task.loop().setup().ifPresent(command -> setUp(command, base, layer, maker, workspace));
    maker.finish();
    collect();
  }

  private void collect() {
    try {
      var _ = new Bases(home, clock).collect(Bases.UNUSED_MAX, Bases.KIBIBYTES_MAX);
    } catch (Fault e) {
      told.accept("What no task needs could not be deleted: " + e.getMessage());
    }
  }

  /** Runs the setup in a base, or takes the result from another base. */
  private void setUp(
      Command command,
      PreparedBase base,
      Overlay layer,
      BasePreparation maker,
      Workspace workspace) {
    Instant began = clock.instant();
    Optional<String> key =
        SetupInputs.of(task.loop()).flatMap(maker::state).map(s -> key(workspace, s));
    if (key.isEmpty() && !task.loop().setupKey().isEmpty()) {
      List<String> useless =
          task.loop().setupKey().stream()
              .filter(g -> SetupInputs.of(List.of(g), task.loop()).flatMap(maker::state).isEmpty())
              .toList();
      told.accept(
          "The key of the setup is not used, because this matches no tracked file, or a link or a"
              + " carried file: %s. The setup runs for each commit."
                  .formatted(String.join(", ", useless)));
    }
    Optional<PreparedBase> before =
        key.flatMap(k -> new Bases(home, clock).setUpBefore(k, maker, patience()));
    if (before.isPresent()) {
      told.accept(
          "The setup is not run again: the files that it depends on are those of commit %s: %s"
              .formatted(before.get().commit().brief(), command.shown()));
      return;
    }
    setUp(command, use -> places.setUp(task, workspace, layer, base, use));
    key.ifPresent(k -> base.offerSetup(k, began));
  }

  /** Tasks with the same key share a base. */
  private String key(Workspace workspace) {
    return key(workspace, task.submitted().source().base().id());
  }

  /**
   * @param content names the content of the repository
   */
  private String key(Workspace workspace, String content) {
    String all =
        String.join(
            "\0",
            workspace.repository().common().toString(),
            workspace.seen().toString(),
            content,
            task.loop().setup().map(Command::toString).orElse(""),
            task.loop().setup().map(places::programs).map(SetupPrograms::stamp).orElse(""),
            places.named(task).toString(),
            workspace.carried().stamp(),
            task.loop().sandbox().toString(),
            places.image(task));
    return Sha256.beginning(all, KEY_BYTES);
  }

  private void setUp(Command command, Function<Function<Place, Exit>, Exit> in) {
    told.accept(
        "The setup runs: %s (its output: tail -f %s)"
            .formatted(command.shown(), home.setupOutput(task.id())));
    SetupOutput output = SetupOutput.begin(home, part.owner(), task.id(), command, clock.instant());
    Exit exit;
    try (output) {
      exit = in.apply(place -> part.start(spec(command, place), output).await());
    }
    if (!exit.ok()) {
      throw SetupFailure.of(task, command, exit, output.shown(), home.setupOutput(task.id()));
    }
  }

  private static ProcessSpec spec(Command command, Place place) {
    return place.process(Checker.argv(command), SETUP_TIMEOUT, SETUP_OUTPUT_MAX);
  }
}

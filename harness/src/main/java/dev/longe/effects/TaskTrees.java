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
import dev.longe.sandbox.Place;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.BasePreparation;
import dev.longe.workspace.PreparedBase;
import dev.longe.workspace.Workspace;
import java.time.Duration;
import java.time.InstantSource;
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
    Optional<PreparedBase> base = workspace.layeredOn();
    boolean fits = workspace.exists() && base.isPresent() == layers();
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
    workspace.clear(); // parts that a killed process left
    if (layers()) {
      take(new PreparedBase(home.bases().resolve(key(workspace))), workspace);
      boolean _ = workspace.prepare(at);
      return;
    }
    boolean _ = workspace.prepare(at);
    task.loop()
        .setup()
        .ifPresent(command -> {
          setUp(command, use -> places.setUp(task, workspace, workspace.clonePath(), use));
          setUp(command, use -> places.setUp(task, workspace, workspace.checkPath(), use));
        });
    workspace.keepCheckTree();
  }

  /** Uses a base for the task; makes it if it is not there. */
  private void take(PreparedBase base, Workspace workspace) {
    Directories.make(home.bases());
    ExclusiveLock.Patience patience = new ExclusiveLock.Patience(WAIT_MAX, part::hasEnded, told);
    String what = "prepares the base of task " + task.id();
    try (ExclusiveLock _ = ExclusiveLock.take(base.lock(), what, patience)) {
      workspace.layerOn(base);
      if (!base.isReady()) {
        prepare(base, workspace);
      }
      base.touch(clock.instant());
    }
  }

  private void prepare(PreparedBase base, Workspace workspace) {
    Bases bases = new Bases(home, clock);
    BasePreparation maker = workspace.maker(base);
    Overlay layer = bases.near(workspace.repository().common(), maker::checkOut);
    task.loop()
        .setup()
        .ifPresent(
            command -> setUp(command, use -> places.setUp(task, workspace, layer, base, use)));
    maker.finish();
    try {
      var _ = bases.collect(Bases.UNUSED_MAX, Bases.KIBIBYTES_MAX);
    } catch (Fault e) {
      told.accept("Old prepared bases could not be deleted: " + e.getMessage());
    }
  }

  /** Tasks with the same key share a base. */
  private String key(Workspace workspace) {
    String all =
        String.join(
            "\0",
            workspace.repository().common().toString(),
            workspace.seen().toString(),
            task.submitted().source().base().id(),
            task.loop().setup().map(Command::toString).orElse(""),
            places.named(task).toString(),
            workspace.carried().stamp(),
            task.loop().sandbox().toString(),
            places.image(task));
    return Sha256.beginning(all, KEY_BYTES);
  }

  private void setUp(
      Command command, Function<Function<Place, Sandbox.Outcome>, Sandbox.Outcome> in) {
    told.accept("The setup runs: " + command.shown());
    Sandbox.Outcome outcome =
        in.apply(p -> part.run(p.process(Checker.argv(command), SETUP_TIMEOUT, SETUP_OUTPUT_MAX)));
    if (!outcome.exit().ok()) {
      throw SetupFailure.of(task, command, outcome);
    }
  }
}

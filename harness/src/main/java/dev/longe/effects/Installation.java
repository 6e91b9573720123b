package dev.longe.effects;

import dev.longe.agent.registry.Agents;
import dev.longe.core.Fault;
import dev.longe.core.Loop;
import dev.longe.core.Sandboxing;
import dev.longe.cost.PriceTable;
import dev.longe.engine.Settings;
import dev.longe.home.FileProblem;
import dev.longe.home.Home;
import dev.longe.intake.AgentsFile;
import dev.longe.intake.InvalidInput;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Confinement.Means;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Owners;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One installation of Longe on this machine: its home, its environment and its settings. Files of
 * the home are read once, when they are first needed. Safe for use by many threads.
 */
public final class Installation implements AutoCloseable {
  private final Home home;
  private final Owners owners;
  private final Environment environment;
  private final InstantSource clock;
  private final Map<Path, Repository> repositories = new ConcurrentHashMap<>();
  private final AtomicBoolean toldUnconfined = new AtomicBoolean();
  private Optional<Sandbox> sandbox = Optional.empty();
  private Optional<AgentsFile> agents = Optional.empty();
  private Optional<Settings> settings;

  private Installation(
      Home home, Environment environment, InstantSource clock, Optional<Settings> settings) {
    this.home = home;
    this.owners = new Owners(home.owners(), environment);
    this.environment = environment;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * The installation in the directory {@code LONGE_HOME}, or {@code ~/.longe} if that is not set.
   *
   * @throws InvalidInput if {@code LONGE_HOME} is a relative path
   */
  public static Installation of(Environment environment, InstantSource clock) {
    String own = environment.all().getOrDefault("LONGE_HOME", "");
    String user = environment.all().getOrDefault("HOME", System.getProperty("user.home"));
    Path root = own.isBlank() ? Path.of(user, ".longe") : Path.of(own);
    if (!root.isAbsolute()) {
      throw InvalidInput.variable(
          "LONGE_HOME", "is the relative path «" + root + "»; set it to an absolute path");
    }
    return new Installation(new Home(root.normalize()), environment, clock, Optional.empty());
  }

  /** An installation with these settings; the settings file of its home is not read. */
  public static Installation with(
      Home home, Environment environment, InstantSource clock, Settings settings) {
    return new Installation(home, environment, clock, Optional.of(settings));
  }

  public Home home() {
    return home;
  }

  public Environment environment() {
    return environment;
  }

  public InstantSource clock() {
    return clock;
  }

  /**
   * The owners of leases and processes on this machine. This process becomes one when it first
   * takes a lease or starts a process.
   */
  public Owners owners() {
    return owners;
  }

  /** The sandbox that starts the processes of this process. */
  public synchronized Sandbox sandbox() {
    if (sandbox.isEmpty()) {
      sandbox = Optional.of(newSandbox());
    }
    return sandbox.get();
  }

  /** A new sandbox, whose processes can be ended together without those of other sandboxes. */
  public Sandbox newSandbox() {
    return new Sandbox(owners, environment.all());
  }

  /**
   * The user's settings for this machine.
   *
   * @throws dev.longe.intake.InvalidInput with everything that is wrong in the file
   */
  public synchronized Settings settings() {
    if (settings.isEmpty()) {
      settings = Optional.of(readSettings());
    }
    return settings.get();
  }

  /**
   * Reads the settings if that has not been done.
   *
   * @throws dev.longe.intake.InvalidInput with everything that is wrong in the files
   */
  public void requireSettings() {
    Settings _ = settings();
  }

  private Settings readSettings() {
    PriceTable prices =
        text(home.prices())
            .map(t -> PriceTable.shipped().under(PriceTable.parse(home.prices().toString(), t)))
            .orElseGet(PriceTable::shipped);
    Settings defaults =
        Settings.defaults(Owners.machine(), ZoneId.systemDefault(), agents(), prices);
    return text(home.settings())
        .map(t -> Settings.parse(home.settings().toString(), t, defaults))
        .orElse(defaults);
  }

  /**
   * The agents of this user.
   *
   * @throws dev.longe.intake.InvalidInput with everything that is wrong in the file
   */
  public synchronized AgentsFile agents() {
    if (agents.isEmpty()) {
      agents =
          Optional.of(
              settings
                  .map(Settings::agents)
                  .or(() ->
                      text(home.agents()).map(t -> AgentsFile.parse(home.agents().toString(), t)))
                  .orElse(AgentsFile.NONE));
    }
    return agents.get();
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be read: " + FileProblem.of(e), e);
    }
  }

  /** Whether the user has turned {@code sandbox: auto} off on this machine. */
  public boolean confinementTurnedOff() {
    return new Confining(home, environment, sandbox()).turnedOff();
  }

  /** Why processes that {@code means} confines have no overlays; empty if they can have them. */
  public Optional<String> withoutOverlays(Means means) {
    return new Confining(home, environment, sandbox()).withoutOverlays(means);
  }

  /** The prepared bases on this machine. */
  public Bases bases() {
    return new Bases(home, clock);
  }

  /**
   * Why the processes of a loop are not confined on this machine, in one sentence; empty if they
   * are, or have to be.
   */
  public Optional<String> unconfined(Sandboxing sandboxing) {
    return new Confining(home, environment, sandbox()).unconfined(sandboxing);
  }

  /**
   * Why the processes of a loop, which have to be confined, can't be on this machine: what the key
   * {@code sandbox} is, and what to do. Empty if nothing is wrong.
   */
  public Optional<String> confinementRefusal(Sandboxing sandboxing) {
    return new Confining(home, environment, sandbox()).refusal(sandboxing);
  }

  /** What confines the processes of a loop on this machine; empty if nothing does, or can. */
  public Optional<Confinement.Means> means(Sandboxing sandboxing) {
    return new Confining(home, environment, sandbox()).found(sandboxing);
  }

  /**
   * The containers in which the processes of a loop run on this machine; empty if they run in none.
   */
  public Optional<Confinement.Means.Container> container(Sandboxing sandboxing) {
    return new Confining(home, environment, sandbox()).container(sandboxing);
  }

  /** Tells that processes are not confined, the first time that this is so in this process. */
  public void tellUnconfined(Sandboxing sandboxing, Consumer<String> told) {
    unconfined(sandboxing).filter(_ -> toldUnconfined.compareAndSet(false, true)).ifPresent(told);
  }

  /** The drivers of the user's agents. */
  public Agents drivers() {
    return drivers(sandbox());
  }

  /** The drivers of the user's agents; they start their processes in {@code own}. */
  public Agents drivers(Sandbox own) {
    return new Agents(own, environment, clock, agents());
  }

  /**
   * The repository that contains a directory; opened once.
   *
   * @throws Fault with one sentence if the repository can't be used
   */
  public Repository repository(Path directory) {
    return repositories.computeIfAbsent(
        directory, d -> Repository.at(sandbox(), d, environment.committing()));
  }

  /** What a check of a loop would get on this machine. */
  public CheckPreview preview(Loop loop, Repository repository) {
    return CheckPreview.of(loop, repository, this);
  }

  /** Effects of this process, which lands changes in the name of its user. */
  public RealEffects effects(Spectator spectator) {
    return new RealEffects(
        home, sandbox(), environment, environment.committing(), clock, settings(), spectator);
  }

  /**
   * Effects that start their processes in {@code own}. The names in commits are those of the
   * repository's configuration, not of this process's user.
   */
  public RealEffects effects(Sandbox own) {
    return new RealEffects(
        home, own, environment, environment.basic(), clock, settings(), (_, _) -> {});
  }

  @Override
  public void close() {
    owners.close();
  }
}

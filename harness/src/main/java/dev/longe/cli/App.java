package dev.longe.cli;

import dev.longe.agent.registry.Agents;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.cost.PriceTable;
import dev.longe.effects.RealEffects;
import dev.longe.effects.Spectator;
import dev.longe.engine.Engine;
import dev.longe.engine.Settings;
import dev.longe.home.Home;
import dev.longe.intake.AgentsFile;
import dev.longe.intake.InvalidInput;
import dev.longe.journal.Journal;
import dev.longe.journal.TaskRow;
import dev.longe.report.Style;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Owners;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What every command works with. The journal is opened by the first who needs it. */
final class App implements AutoCloseable {
  private final Environment environment;
  private final Path directory;
  private final PrintStream out;
  private final PrintStream err;
  private final InputStream in;
  private final boolean terminal;
  private final Home home;
  private final Owners owners;
  private final InstantSource clock = InstantSource.system();
  private Optional<Journal> journal = Optional.empty();
  private Optional<Sandbox> sandbox = Optional.empty();
  private Optional<Far> far = Optional.empty();

  /**
   * @param directory where the user stands
   * @param terminal whether standard output is one
   */
  App(
      Environment environment,
      Path directory,
      PrintStream out,
      PrintStream err,
      InputStream in,
      boolean terminal) {
    this.environment = environment;
    this.directory = directory;
    this.out = out;
    this.err = err;
    this.in = in;
    this.terminal = terminal;
    this.home = new Home(homeOf(environment));
    this.owners = new Owners(home.owners(), environment);
  }

  private static Path homeOf(Environment environment) {
    String own = environment.all().getOrDefault("LONGE_HOME", "");
    String user = environment.all().getOrDefault("HOME", System.getProperty("user.home"));
    return (own.isBlank() ? Path.of(user, ".longe") : Path.of(own)).toAbsolutePath().normalize();
  }

  /** The same with another home and another directory, for demo and drills. */
  App elsewhere(Path newHome, Path newDirectory, PrintStream newOut) {
    java.util.Map<String, String> all = new java.util.HashMap<>(environment.all());
    all.put("LONGE_HOME", newHome.toString());
    return new App(new Environment(all), newDirectory, newOut, err, in, terminal);
  }

  Environment environment() {
    return environment;
  }

  Path directory() {
    return directory;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** What the user types. */
  InputStream in() {
    return in;
  }

  boolean terminal() {
    return terminal;
  }

  Home home() {
    return home;
  }

  InstantSource clock() {
    return clock;
  }

  Instant now() {
    return clock.instant();
  }

  Style style() {
    return new Style(terminal && !environment.all().containsKey("NO_COLOR"));
  }

  /** Who owns leases and processes here; this process among them once it takes one. */
  Owners owners() {
    return owners;
  }

  Sandbox sandbox() {
    if (sandbox.isEmpty()) {
      sandbox = Optional.of(new Sandbox(owners, environment.all()));
    }
    return sandbox.get();
  }

  /** The journal of this home; of an engine elsewhere, the mirror of its journals. */
  Journal journal() {
    if (journal.isEmpty()) {
      journal =
          Optional.of(elsewhere().isPresent() ? mirror(elsewhere().get()) : open(home.root()));
    }
    return journal.get();
  }

  /** The journal in a directory, written to only by a process that a human started. */
  Journal open(Path root) {
    return Journal.open(root, owners::alive, owners::requireOutside);
  }

  /** A copy for reading, which every process may bring up to date: no word is said in it. */
  private Journal mirror(String address) {
    return Journal.open(home.mirror(address).root(), owners::alive, () -> {});
  }

  /** The address of an engine elsewhere, where the user names one. */
  Optional<String> elsewhere() {
    String address = environment.all().getOrDefault("LONGE_ENGINE", "");
    return address.isBlank() || address.equals("embedded")
        ? Optional.empty()
        : Optional.of(address);
  }

  /** The engine elsewhere, where the user names one. */
  Optional<Far> far() {
    if (far.isEmpty()) {
      far = elsewhere().map(address -> Far.at(this, address));
    }
    return far;
  }

  /** The engine elsewhere, for commands that need one. */
  Far team() {
    return far()
        .orElseThrow(() ->
            InvalidInput.option(
                "LONGE_ENGINE", "names no engine; set it to temporal://HOST:PORT/NAMESPACE"));
  }

  /** All tasks, as they are now. */
  List<TaskRow> rows() {
    far().ifPresent(Far::syncAll);
    return journal().rows();
  }

  Settings settings() {
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

  /** The agents of this user. */
  AgentsFile agents() {
    return text(home.agents())
        .map(t -> AgentsFile.parse(home.agents().toString(), t))
        .orElse(AgentsFile.NONE);
  }

  /** Their drivers. */
  Agents drivers() {
    return new Agents(sandbox(), environment, clock, agents());
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  Engine engine(Spectator spectator) {
    int _ = sandbox().sweepOrphans();
    if (elsewhere().isEmpty()) {
      Expiry.sweep(journal(), now());
    }
    Settings settings = settings();
    return new Engine(
        journal(),
        new RealEffects(home, sandbox(), environment, clock, settings, spectator),
        clock,
        settings,
        owners.own());
  }

  /** Effects alone, for looking at a task that nobody works on. */
  RealEffects effects() {
    return new RealEffects(home, sandbox(), environment, clock, settings(), (_, _) -> {});
  }

  Supplier<TaskId> ids() {
    SecureRandom random = new SecureRandom();
    return () -> {
      StringBuilder id = new StringBuilder();
      random
          .ints(TaskId.LENGTH, 0, TaskId.ALPHABET.length())
          .forEach(i -> id.append(TaskId.ALPHABET.charAt(i)));
      return new TaskId(id.toString());
    };
  }

  /** The task that an id or the beginning of one names. */
  TaskId task(String prefix) {
    List<TaskId> found =
        far().map(f -> f.idsLike(prefix)).orElseGet(() -> journal().idsLike(prefix));
    if (found.isEmpty()) {
      throw InvalidInput.option("TASK", "there is no task «" + prefix + "»; «longe ls» shows all");
    }
    if (found.size() > 1) {
      throw InvalidInput.option("TASK", "«" + prefix + "» fits several tasks: " + found);
    }
    return found.getFirst();
  }

  /** A task as it is now. */
  TaskState state(TaskId task) {
    far().ifPresent(f -> f.sync(task));
    TaskState state = journal().state(task);
    return far().map(f -> f.here(state)).orElse(state);
  }

  @Override
  public void close() {
    owners.known().ifPresent(o -> journal.ifPresent(j -> j.leave(o)));
    owners.close();
    journal.ifPresent(Journal::close);
    far.ifPresent(Far::close);
  }
}

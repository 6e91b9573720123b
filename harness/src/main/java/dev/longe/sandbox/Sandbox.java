package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts processes. A sandbox exists as long as its harness process: the parent-death signal
 * belongs to the thread that launched a child, so one platform thread that never ends launches all
 * of them. Safe for use by many threads.
 */
public final class Sandbox {

  private static final long PROBE_OUTPUT = 1 << 16;

  private final Owners owners;
  private final Map<String, String> environment;
  private final ExecutorService launcher;
  private final Probed probed;
  private final Containers containers;
  private final Started.Maker maker;
  private final Optional<Sandbox> whole;
  private final Set<RunningProcess> alive = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /**
   * @param owners the owners of the home for which processes are started
   * @param environment the harness's own environment, for finding programs
   */
  public Sandbox(Owners owners, Map<String, String> environment) {
    this(owners, environment, Bounds.PROCESSES);
  }

  /**
   * @param processesMax how many processes a tree may have, where the machine can bound them
   */
  Sandbox(Owners owners, Map<String, String> environment, int processesMax) {
    this.owners = owners;
    this.environment = Map.copyOf(environment);
    this.launcher =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("longe-launcher").daemon().factory());
    this.probed = new Probed(this, processesMax);
    this.containers = new Containers(this, probed);
    this.maker = new Started.Maker(owners, this.environment, probed);
    this.whole = Optional.empty();
  }

  private Sandbox(Sandbox whole) {
    this.owners = whole.owners;
    this.environment = whole.environment;
    this.launcher = whole.launcher;
    this.probed = whole.probed;
    this.containers = whole.containers;
    this.maker = whole.maker;
    this.whole = Optional.of(whole);
  }

  /** A part of this sandbox, whose processes can be ended without the others. */
  public Sandbox part() {
    return new Sandbox(this);
  }

  /** The owner id of this process, which it has while its processes run. */
  public String owner() {
    return owners.own();
  }

  /** How a command ended and what it printed on standard output and standard error. */
  public record Outcome(Exit exit, String output, String error) {}

  /** The containment available on this machine, probed once with a real process. */
  public Containment containment() {
    return probed.containment();
  }

  /** Whether processes can be confined on this machine. */
  public boolean bubblewrap() {
    return probed.bubblewrap();
  }

  /** What this machine offers for containers. */
  public Containers containers() {
    return containers;
  }

  /** Whether processes so confined can have overlays whose changes are kept below {@code where}. */
  public boolean overlays(Confinement.Means means, Path where) {
    return probed.overlays(means, where);
  }

  /**
   * What a process tree may take of this machine, for people.
   *
   * @param means what confines it; empty if nothing does
   */
  public List<String> limits(Optional<Confinement.Means> means) {
    return probed.bounds(means).shown();
  }

  /** Whether a program is found on the {@code PATH}. */
  public boolean onPath(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    for (String directory : environment.getOrDefault("PATH", "").split(":")) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The specification of one of the harness's own short commands, with the harness's environment.
   */
  public ProcessSpec plain(List<String> argv, Path directory, Duration timeout) {
    return new ProcessSpec(
        argv,
        directory,
        environment,
        false,
        new Confinement.Open(),
        timeout,
        PROBE_OUTPUT,
        "",
        false);
  }

  /** With job control, this shell takes the terminal back from a program that had it. */
  private static final List<String> ON_TERMINAL =
      List.of("bash", "-c", "set -m; \"$@\"; exit $?", "terminal");

  /**
   * Runs a program on the user's terminal until it ends.
   *
   * @return the exit status
   */
  public int attach(List<String> argv, Place place) {
    Started started = maker.onTerminal(argv, place, LockFile.newId());
    List<String> job = new ArrayList<>(ON_TERMINAL);
    job.addAll(started.argv());
    ProcessBuilder builder = new ProcessBuilder(job).directory(started.directory().toFile());
    try {
      Process process = begin(builder.inheritIO(), started.variables());
      int status = process.waitFor();
      started.tree().finish(process, false);
      return status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault("Interrupted while " + argv.getFirst() + " ran.", e);
    }
  }

  /** Starts a process and passes its output to {@code output}. */
  public RunningProcess start(ProcessSpec spec, Output output) {
    Started started = maker.of(spec, LockFile.newId());
    RunningProcess running = new RunningProcess(launch(started), spec, started.tree());
    keep(running);
    running.attend(output, () -> drop(running));
    if (hasEnded()) {
      var _ = running.kill();
    }
    return running;
  }

  private void keep(RunningProcess running) {
    alive.add(running);
    whole.ifPresent(w -> w.keep(running));
  }

  private void drop(RunningProcess running) {
    alive.remove(running);
    whole.ifPresent(w -> w.drop(running));
  }

  /** Whether {@link #end} was called. */
  public boolean hasEnded() {
    return ended || whole.map(Sandbox::hasEnded).orElse(false);
  }

  /**
   * Ends all processes that this sandbox has started or starts later. Returns when they have ended.
   */
  public void end() {
    ended = true;
    for (RunningProcess running : alive) {
      var _ = running.kill();
    }
  }

  private Process launch(Started started) {
    ProcessBuilder builder =
        new ProcessBuilder(started.argv()).directory(started.directory().toFile());
    try {
      return CompletableFuture.supplyAsync(() -> begin(builder, started.variables()), launcher)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Fault f ? f : new IllegalStateException(e.getCause());
    }
  }

  /**
   * The command line of one of the harness's own commands that sees overlays, each at {@link
   * Confinement.Overlay#merged}. Only one process at a time may use a layer.
   */
  public static List<String> mounted(List<String> argv, List<Confinement.Overlay> overlays) {
    return Bubblewrap.mounted(argv, overlays, User.present());
  }

  private static Process begin(ProcessBuilder builder, Map<String, String> variables) {
    builder.environment().clear();
    builder.environment().putAll(variables);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new Fault(
          "The program «%s» can't be started in %s: %s"
              .formatted(builder.command().getFirst(), builder.directory(), e.getMessage()),
          e);
    }
  }

  /** Runs a process to its end and returns what it printed, up to its output limit. */
  public Outcome run(ProcessSpec spec) {
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    Output keep =
        new Output() {
          @Override
          public void line(String line) {
            out.add(line);
          }

          @Override
          public void errorLine(String line) {
            err.add(line);
          }
        };
    Exit exit = start(spec, keep).await();
    return new Outcome(exit, String.join("\n", out), String.join("\n", err));
  }

  /**
   * Kills processes, and removes containers, whose harness process ended without doing it. Returns
   * their number. A process that belongs to an attempt or a check kills nothing: inside a namespace
   * a path may mean another file.
   */
  public int sweepOrphans() {
    return owners.refusal().isPresent()
        ? 0
        : Orphans.sweep() + new ContainerRecords(owners.containers(), environment).sweep();
  }
}

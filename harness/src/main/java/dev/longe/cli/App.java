package dev.longe.cli;

import dev.longe.agent.registry.Agents;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.effects.RealEffects;
import dev.longe.home.Home;
import dev.longe.intake.AgentsFile;
import dev.longe.report.Style;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Owners;
import dev.longe.sandbox.Sandbox;
import dev.longe.tasks.RemoteTasks;
import dev.longe.tasks.Tasks;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** The context of a command: the user's terminal, current directory and tasks. */
final class App implements AutoCloseable {
  private final Path directory;
  private final PrintStream out;
  private final PrintStream err;
  private final InputStream in;
  private final boolean terminal;
  private final Tasks tasks;

  /**
   * @param directory the user's current directory
   * @param terminal whether standard output is a terminal
   */
  App(
      Environment environment,
      Path directory,
      PrintStream out,
      PrintStream err,
      InputStream in,
      boolean terminal) {
    this.directory = directory;
    this.out = out;
    this.err = err;
    this.in = in;
    this.terminal = terminal;
    this.tasks = Tasks.of(Installation.of(environment, InstantSource.system()));
  }

  /** A copy with another home, directory and output, for demo and drills. */
  App elsewhere(Path newHome, Path newDirectory, PrintStream newOut, PrintStream newErr) {
    java.util.Map<String, String> all = new java.util.HashMap<>(environment().all());
    all.put("LONGE_HOME", newHome.toString());
    return new App(new Environment(all), newDirectory, newOut, newErr, in, terminal);
  }

  Tasks tasks() {
    return tasks;
  }

  /** The tasks of the remote engine, for commands that need one. */
  RemoteTasks team() {
    return tasks.team();
  }

  Installation installation() {
    return tasks.installation();
  }

  Environment environment() {
    return installation().environment();
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

  /** Standard input. */
  InputStream in() {
    return in;
  }

  boolean terminal() {
    return terminal;
  }

  Home home() {
    return installation().home();
  }

  Instant now() {
    return installation().clock().instant();
  }

  Style style() {
    return new Style(terminal && !environment().all().containsKey("NO_COLOR"));
  }

  Owners owners() {
    return installation().owners();
  }

  Sandbox sandbox() {
    return installation().sandbox();
  }

  AgentsFile agents() {
    return installation().agents();
  }

  Agents drivers() {
    return installation().drivers();
  }

  /** Effects without a spectator, for looking at a task that nobody works on. */
  RealEffects effects() {
    return installation().effects((_, _) -> {});
  }

  /** The task that an id or the beginning of one names. */
  TaskId task(String prefix) {
    return tasks.find(prefix);
  }

  /** A task as it is now. */
  TaskState state(TaskId task) {
    return tasks.state(task);
  }

  @Override
  public void close() {
    tasks.close();
  }
}

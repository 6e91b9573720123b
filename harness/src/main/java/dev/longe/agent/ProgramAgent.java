package dev.longe.agent;

import dev.longe.core.Fault;
import dev.longe.intake.AgentEntry;
import dev.longe.sandbox.Confinement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An agent that is a separate program and runs one process for each attempt. */
public abstract class ProgramAgent implements Agent {
  private final DriverContext host;
  private final AgentEntry entry;
  private final Program program;

  protected ProgramAgent(DriverContext host, AgentEntry entry, Program program) {
    this.host = host;
    this.entry = entry;
    this.program = program;
  }

  protected final DriverContext host() {
    return host;
  }

  protected final AgentEntry entry() {
    return entry;
  }

  @Override
  public final Optional<Program> program() {
    return Optional.of(
        new Program(programName(), program.minimum(), program.tested(), program.install()));
  }

  /** The program's name, or the path that the user configured. */
  protected final String programName() {
    return entry.command().orElse(program.name());
  }

  /** Names of the variables that this driver's agent reads. */
  protected abstract List<String> ownVariables();

  @Override
  public final List<String> variables() {
    List<String> all = new ArrayList<>(ownVariables());
    all.addAll(entry.env());
    return all;
  }

  /** The program, followed by the user's arguments and then the driver's. */
  protected final List<String> argv(List<String> driversOwn) {
    List<String> argv = new ArrayList<>(List.of(programName()));
    argv.addAll(entry.arguments());
    argv.addAll(driversOwn);
    return argv;
  }

  protected final Optional<String> model(Assignment a) {
    return a.arguments().stream().findFirst().or(entry::model);
  }

  /** A name for a new session that is unique across tasks and attempts. */
  public static String newSession(Assignment a) {
    String seed = a.sessionName() + a.directory() + a.attempt();
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * Starts the process.
   *
   * @param variables environment variables in addition to those of the assignment
   * @param input the first text on standard input; empty if the protocol sends its own
   * @param keepOpen whether standard input stays open for later messages
   */
  protected final AgentRun launch(
      Assignment a,
      List<String> argv,
      Map<String, String> variables,
      String input,
      boolean keepOpen,
      Protocol protocol) {
    switch (a.confinement()) {
      case Confinement.Open _ -> state().directories().forEach(this::make);
      case Confinement.Shut shut ->
          state().directories().stream().filter(shut.writable()::contains).forEach(this::make);
    }
    return Launch.of(
        host, a, program().orElseThrow(), login(), argv, variables, input, keepOpen, protocol);
  }

  /**
   * Some agents don't create the directory themselves, and a confined process can only be granted
   * access to directories that exist.
   */
  private void make(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Fault(
          "The directory " + directory + " of " + entry.name() + " can't be created: " + e, e);
    }
  }
}

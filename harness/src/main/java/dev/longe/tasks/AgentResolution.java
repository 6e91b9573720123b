package dev.longe.tasks;

import dev.longe.agent.Login;
import dev.longe.agent.registry.Agents;
import dev.longe.core.AgentSpec;
import dev.longe.core.Sandboxing;
import dev.longe.effects.Installation;
import dev.longe.intake.AgentEntry;
import dev.longe.sandbox.Confinement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the programs of agents and their problems, before any money is spent. */
final class AgentResolution {
  private final Installation installation;
  private final Agents drivers;
  private final AdmissionFindings found;
  private final boolean runsHere;
  private final Path directory;
  private final Set<String> files;

  /**
   * @param runsHere whether agents run programs of this machine
   * @param directory the directory that relative paths start from
   * @param files of the base commit
   */
  AgentResolution(
      Installation installation,
      AdmissionFindings found,
      boolean runsHere,
      Path directory,
      Set<String> files) {
    this.installation = installation;
    this.drivers = installation.drivers();
    this.found = found;
    this.runsHere = runsHere;
    this.directory = directory;
    this.files = files;
  }

  /** The agent of the task, with its program found. */
  AgentSpec of(AgentSpec spec, Sandboxing sandbox) {
    AgentEntry entry = installation.agents().entry(spec.driver());
    return switch (entry.driver()) {
      case "command", "acp" -> {
        if (entry.command().isEmpty()) {
          yield withProgram(spec, sandbox);
        }
        requireAble(spec, "agent", sandbox);
        yield spec;
      }
      case "script" -> {
        Path file = directory.resolve(spec.arguments().getFirst()).normalize();
        if (!Files.isReadable(file)) {
          found.problem("agent", "there is no script " + file);
        }
        yield new AgentSpec(spec.driver(), List.of(file.toString()));
      }
      default -> {
        requireAble(spec, "agent", sandbox);
        yield spec;
      }
    };
  }

  /**
   * Adds a problem if the agent is to run on this machine and is not installed, too old or not
   * logged in.
   */
  void requireAble(AgentSpec spec, String path, Sandboxing sandbox) {
    if (!runsHere) {
      return;
    }
    Optional<String> refusal =
        installation
            .container(sandbox)
            .map(in -> refusal(spec, in))
            .orElseGet(() -> drivers.refusal(spec));
    refusal.ifPresent(r -> found.problem(path, r));
    Login login = drivers.named(spec.driver()).login();
    if (refusal.isEmpty() && login.state() == Login.State.NO) {
      found.note(new Note.NoCredentials(spec.driver(), login.says()));
    }
  }

  /** The program of an agent in a container is that of the image. */
  private Optional<String> refusal(AgentSpec spec, Confinement.Means.Container in) {
    return drivers
        .named(spec.driver())
        .program()
        .flatMap(p -> installation.sandbox().containers().missing(in, p.name()));
  }

  private Optional<String> missing(String program, Sandboxing sandbox) {
    return installation
        .container(sandbox)
        .map(in -> installation.sandbox().containers().missing(in, program))
        .orElseGet(() ->
            installation.sandbox().onPath(program)
                ? Optional.empty()
                : Optional.of("the program «" + program + "» is not on the PATH"));
  }

  /**
   * Replaces a program path with a slash by the user's file if that exists; otherwise it is a file
   * of the clone.
   */
  private AgentSpec withProgram(AgentSpec spec, Sandboxing sandbox) {
    List<String> words = new ArrayList<>(spec.arguments());
    String program = words.getFirst();
    if (!program.contains("/")) {
      missing(program, sandbox).ifPresent(why -> found.problem("agent", why));
      return spec;
    }
    Path file = directory.resolve(program).normalize();
    if (Files.isRegularFile(file)) {
      if (!Files.isExecutable(file)) {
        found.problem("agent", file + " is not executable; run «chmod +x " + program + "»");
      }
      words.set(0, file.toString());
    } else if (!files.contains(LoopResolution.withoutDot(program))) {
      found.problem("agent", "there is no program " + file);
    }
    return new AgentSpec(spec.driver(), words);
  }
}

package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.agent.Program;
import dev.longe.core.AgentSpec;
import dev.longe.core.Fault;
import dev.longe.core.Sandboxing;
import dev.longe.home.Home;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Environment;
import dev.longe.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a confined agent may see: the system, its clone, its own state, and the objects
 * that its clone borrows.
 */
record AgentConfinement(Home home, Environment environment, String repository) {

  Confinement of(Sandboxing sandboxing, Agent agent, Workspace workspace, AgentSpec spec) {
    return switch (sandboxing) {
      case NONE -> new Confinement.Open();
      case BUBBLEWRAP -> shut(agent, workspace, spec, true);
      case BUBBLEWRAP_OFFLINE -> shut(agent, workspace, spec, false);
    };
  }

  private Confinement shut(Agent agent, Workspace workspace, AgentSpec spec, boolean network) {
    Path userHome = Path.of(environment.all().getOrDefault("HOME", "/nonexistent"));
    List<Path> hidden = List.of(userHome, home.root(), Path.of("/tmp"));
    String name =
        agent
            .program()
            .map(Program::name)
            .or(() -> spec.arguments().stream().findFirst())
            .orElse(spec.driver());
    List<Path> readable = new ArrayList<>(programs(name, hidden));
    readable.addAll(agent.readable());
    readable.add(Path.of(repository));
    List<Path> writable = new ArrayList<>(agent.statePaths());
    writable.add(workspace.clonePath());
    writable.add(workspace.exchange());
    return new Confinement.Shut(hidden, readable, writable, network);
  }

  /**
   * The directories of programs that would be hidden together with the home and the temporary
   * directory.
   */
  private List<Path> programs(String program, List<Path> hidden) {
    List<Path> found = new ArrayList<>();
    for (String entry : environment.all().getOrDefault("PATH", "").split(":")) {
      Path directory = Path.of(entry);
      if (directory.isAbsolute() && hidden.stream().anyMatch(directory::startsWith)) {
        found.add(directory);
      }
      if (directory.isAbsolute() && Files.isExecutable(directory.resolve(program))) {
        found.add(installation(real(directory.resolve(program))));
      }
    }
    return found;
  }

  /**
   * The directory that belongs to a program: a whole npm installation, else the program's
   * directory.
   */
  private static Path installation(Path program) {
    for (Path p = program; p.getParent() != null; p = p.getParent()) {
      if (p.endsWith("node_modules")) {
        return p;
      }
    }
    return program;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new Fault("The agent's program " + path + " can't be read: " + e.getMessage(), e);
    }
  }
}

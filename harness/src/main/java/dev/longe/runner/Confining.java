package dev.longe.runner;

import dev.longe.agent.Agent;
import dev.longe.core.AgentSpec;
import dev.longe.core.Fault;
import dev.longe.core.Sandboxing;
import dev.longe.journal.Home;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Environment;
import dev.longe.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent that is shut in may see: the system, its clone, its own state, and the objects its
 * clone borrows.
 */
record Confining(Home home, Environment environment, String repository) {

  Confinement of(Sandboxing sandboxing, Agent agent, Workspace workspace, AgentSpec spec) {
    return switch (sandboxing) {
      case NONE -> new Confinement.Open();
      case BUBBLEWRAP -> shut(agent, workspace, spec, true);
      case BUBBLEWRAP_OFFLINE -> shut(agent, workspace, spec, false);
    };
  }

  private Confinement shut(Agent agent, Workspace workspace, AgentSpec spec, boolean network) {
    Path userHome = Path.of(environment.all().getOrDefault("HOME", "/nonexistent"));
    List<Path> readable = new ArrayList<>();
    for (String entry : environment.all().getOrDefault("PATH", "").split(":")) {
      if (!entry.isEmpty() && Path.of(entry).startsWith(userHome)) {
        readable.add(Path.of(entry));
      }
    }
    readable.add(Path.of(repository));
    spec.arguments().stream()
        .filter(a -> a.startsWith("/"))
        .map(Path::of)
        .filter(Files::exists)
        .forEach(p -> readable.add(real(p)));
    List<Path> writable = new ArrayList<>(agent.statePaths());
    writable.add(workspace.clonePath());
    writable.add(workspace.exchange());
    return new Confinement.Shut(List.of(userHome, home.root()), readable, writable, network);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new Fault("The agent's program " + path + " can't be read: " + e.getMessage(), e);
    }
  }
}

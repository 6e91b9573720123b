package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.agent.Program;
import dev.longe.core.AgentSpec;
import dev.longe.core.Fault;
import dev.longe.sandbox.Environment;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The programs that the user has installed, also in the home directory. */
record UserTools(Environment environment) {
  /** Where version managers keep the tools that a path in {@code PATH} only links to. */
  private static final List<String> TOOLS =
      List.of(
          ".asdf",
          ".cargo/bin",
          ".cargo/config.toml",
          ".deno/bin",
          ".bun/bin",
          ".dotnet",
          ".jenv",
          ".local/bin",
          ".local/pipx",
          ".local/share/mise",
          ".local/share/uv/python",
          ".local/share/uv/tools",
          ".m2/settings.xml",
          ".m2/toolchains.xml",
          ".nvm",
          ".pyenv",
          ".rbenv",
          ".rustup",
          ".sdkman",
          ".volta",
          "go/bin",
          "sdk");

  /** The home directory. */
  Path home() {
    return environment.home();
  }

  /** The directories of the user's programs, without those in the repository. */
  Stream<Path> readable(Repository repository) {
    Stream<Path> named =
        Environment.TOOL_HOMES.stream()
            .map(v -> environment.all().getOrDefault(v, ""))
            .map(Path::of)
            .filter(Path::isAbsolute);
    return Stream.of(TOOLS.stream().map(home()::resolve), named, path())
        .flatMap(s -> s)
        .filter(p -> !p.equals(home()) && !p.startsWith(repository.top()));
  }

  private Stream<Path> path() {
    return Stream.of(environment.all().getOrDefault("PATH", "").split(":"))
        .map(Path::of)
        .filter(Path::isAbsolute);
  }

  /** The installation of an agent's program. */
  List<Path> program(Agent agent, AgentSpec spec) {
    String name =
        agent
            .program()
            .map(Program::name)
            .or(() -> spec.arguments().stream().findFirst())
            .orElse(spec.driver());
    return path()
        .map(p -> p.resolve(name))
        .filter(Files::isExecutable)
        .map(p -> installation(real(p)))
        .toList();
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

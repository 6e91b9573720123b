package dev.longe.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that selects a repository. */
final class RepositoryOption {
  @Option(
      names = {"-C", "--repository"},
      paramLabel = "DIR",
      description = "The repository. Default: the one of the current directory.")
  Optional<Path> directory = Optional.empty();

  /** The directory in which the repository is looked for. */
  Path directory(App app) {
    return directory.map(app.directory()::resolve).orElseGet(app::directory).normalize();
  }
}

package dev.longe.cli;

import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which repository a command looks at. */
final class RepositoryOption {
  @Option(
      names = {"-C", "--repository"},
      paramLabel = "DIR",
      description = "The repository. Default: the one of the current directory.")
  Optional<Path> directory = Optional.empty();

  Repository open(App app) {
    Path where = directory.map(app.directory()::resolve).orElseGet(app::directory).normalize();
    return Repository.at(app.sandbox(), where, app.environment().basic());
  }
}

package dev.longe.agent;

import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The services that all drivers use. */
public record DriverContext(Sandbox sandbox, Environment environment, InstantSource clock) {
  public Path home() {
    return environment.home();
  }

  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.all().get(name)).filter(v -> !v.isBlank());
  }

  /**
   * The credentials of an agent: the first of these variables that is set, or the first of these
   * files that exists; otherwise {@code otherwise}.
   */
  public Login login(List<String> variables, List<Path> files, Login otherwise) {
    return variables.stream()
        .filter(v -> variable(v).isPresent())
        .findFirst()
        .or(() -> files.stream().filter(Files::exists).map(Path::toString).findFirst())
        .map(Login::yes)
        .orElse(otherwise);
  }

  /** The directory that a variable names, or the default below the home directory. */
  public Path directory(String variable, String underHome) {
    return variable(variable).map(Path::of).orElseGet(() -> home().resolve(underHome));
  }
}

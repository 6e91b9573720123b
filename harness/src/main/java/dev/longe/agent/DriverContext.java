package dev.longe.agent;

import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What every driver stands on. */
public record DriverContext(Sandbox sandbox, Environment environment, InstantSource clock) {
  public Path home() {
    return Path.of(environment.all().getOrDefault("HOME", "/"));
  }

  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.all().get(name)).filter(v -> !v.isBlank());
  }

  /**
   * The credentials of an agent: in one of these variables or files, else as {@code otherwise}
   * says.
   */
  public Login login(List<String> variables, List<Path> files, Login otherwise) {
    return variables.stream()
        .filter(v -> variable(v).isPresent())
        .findFirst()
        .or(() -> files.stream().filter(Files::exists).map(Path::toString).findFirst())
        .map(Login::yes)
        .orElse(otherwise);
  }

  /** A directory that a variable may move. */
  public Path directory(String variable, String underHome) {
    return variable(variable).map(Path::of).orElseGet(() -> home().resolve(underHome));
  }
}

package dev.longe.effects;

import dev.longe.core.Command;
import dev.longe.core.Fault;
import dev.longe.sandbox.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs of this machine that a setup names, and those that they start.
 *
 * @param places the path of each that is found
 */
record SetupPrograms(Map<String, Path> places) {
  /** Programs that start another one. */
  private static final Map<String, String> STARTED =
      Map.of(
          "npm", "node", "npx", "node", "yarn", "node", "pnpm", "node", "pip", "python3", "pip3",
          "python3", "mvn", "java", "gradle", "java");

  SetupPrograms {
    places = Map.copyOf(places);
  }

  static SetupPrograms of(Command setup, Environment environment) {
    Map<String, Path> places = new TreeMap<>();
    words(setup)
        .flatMap(w -> Stream.concat(Stream.of(w), Optional.ofNullable(STARTED.get(w)).stream()))
        .distinct()
        .forEach(name -> find(name, environment).ifPresent(path -> places.put(name, path)));
    return new SetupPrograms(places);
  }

  /** The first word of each command. */
  private static Stream<String> words(Command setup) {
    return switch (setup) {
      case Command.Argv argv -> Stream.of(argv.words().getFirst());
      case Command.Shell shell ->
          Arrays.stream(shell.line().split("[;&|(){}`\n]+"))
              .map(String::strip)
              .map(c -> c.split("\\s+")[0]);
    };
  }

  private static Optional<Path> find(String name, Environment environment) {
    String java = environment.all().getOrDefault("JAVA_HOME", "");
    Stream<String> first =
        name.equals("java") && !java.isEmpty() ? Stream.of(java + "/bin") : Stream.empty();
    return Stream.concat(first, directories(environment))
        .filter(d -> d.startsWith("/") && name.matches("[A-Za-z0-9][A-Za-z0-9._+-]*"))
        .map(d -> Path.of(d, name))
        .filter(p -> Files.isRegularFile(p) && Files.isExecutable(p))
        .findFirst();
  }

  private static Stream<String> directories(Environment environment) {
    return Stream.of(environment.all().getOrDefault("PATH", "").split(":", -1));
  }

  private static Path real(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException e) {
      throw unreadable(program, e);
    }
  }

  private static Fault unreadable(Path program, IOException e) {
    return new Fault("The program " + program + " can't be read: " + e.getMessage(), e);
  }

  /** Changes when a program is another one: its real path, size or time. */
  String stamp() {
    return new TreeMap<>(places)
        .entrySet().stream()
            .map(e -> stamp(e.getKey(), e.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private static String stamp(String name, Path program) {
    try {
      BasicFileAttributes file = Files.readAttributes(program, BasicFileAttributes.class);
      return "%s %s %d %s".formatted(name, real(program), file.size(), file.lastModifiedTime());
    } catch (IOException e) {
      throw unreadable(program, e);
    }
  }
}

package dev.longe.e2e;

import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Output;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code longe} as a process of its own. */
final class Launched {
  private Launched() {}

  /** Starts it with the home {@code temp/home}, standing in {@code directory}. */
  static RunningProcess longe(
      Path temp, Path directory, Map<String, String> variables, String... arguments) {
    return within(List.of(), temp, directory, variables, arguments);
  }

  /** The same, started by another program: one that puts it into namespaces, for example. */
  static RunningProcess within(
      List<String> starter,
      Path temp,
      Path directory,
      Map<String, String> variables,
      String... arguments) {
    List<String> argv = new ArrayList<>(starter);
    argv.addAll(World.longe(arguments));
    Map<String, String> environment = new HashMap<>(World.ENVIRONMENT.basic());
    environment.put("LONGE_SANDBOX", World.ENVIRONMENT.all().getOrDefault("LONGE_SANDBOX", "auto"));
    environment.putAll(variables);
    environment.put("LONGE_HOME", temp.resolve("home").toString());
    return World.SANDBOX.start(
        new ProcessSpec(
            argv,
            directory,
            environment,
            false,
            new Confinement.Open(),
            Duration.ofSeconds(150),
            1 << 24,
            "",
            false),
        new Output() {
          @Override
          public void line(String line) {
            System.out.println("longe: " + line);
          }

          @Override
          public void errorLine(String line) {
            System.out.println("longe: " + line);
          }
        });
  }
}

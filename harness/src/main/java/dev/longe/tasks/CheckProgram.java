package dev.longe.tasks;

import dev.longe.core.Command;
import dev.longe.effects.Installation;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.workspace.Repository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds out whether the program that a check or a service starts with exists.
 *
 * @param files of the base commit
 * @param setUp whether a setup command may still install programs in the workspace
 * @param container the containers in which the command runs; empty if it sees this machine
 */
record CheckProgram(
    Installation installation,
    Repository repository,
    Set<String> files,
    boolean setUp,
    Optional<Confinement.Means.Container> container) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+-]+");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * A sentence about the missing program; empty if it exists, or if only a shell could find out.
   *
   * @param what the kind of command
   */
  Optional<String> missing(String what, Command command) {
    String first =
        switch (command) {
          case Command.Argv a -> a.words().getFirst();
          case Command.Shell s -> s.line().strip().split("\\s+")[0];
        };
    boolean shell = command instanceof Command.Shell;
    boolean there =
        !PLAIN.matcher(first).matches()
            || (first.contains("/") ? inBase(first) : known(first, shell));
    return there
        ? Optional.empty()
        : Optional.of(
            what
                + " «"
                + command.shown()
                + "» starts with «"
                + first
                + "», which does not exist"
                + container.map(c -> " in the image " + c.image().name()).orElse(""));
  }

  private boolean inBase(String path) {
    return setUp
        || files.contains(LoopResolution.withoutDot(path))
        || (path.startsWith("/")
            && container
                .map(c -> inImage(c, path))
                .orElseGet(() -> installation.sandbox().onPath(path)));
  }

  private boolean inImage(Confinement.Means.Container in, String program) {
    return installation.sandbox().containers().missing(in, program).isEmpty();
  }

  private boolean known(String word, boolean shell) {
    return container.map(c -> inImage(c, word)).orElseGet(() -> onMachine(word, shell));
  }

  private boolean onMachine(String word, boolean shell) {
    if (!shell) {
      return installation.sandbox().onPath(word);
    }
    ProcessSpec ask =
        new ProcessSpec(
            List.of("bash", "-c", "type -t -- \"$1\"", "bash", word),
            repository.top(),
            installation.environment().basic(),
            false,
            new Confinement.Open(),
            TIMEOUT,
            1 << 16,
            "",
            false);
    return installation.sandbox().run(ask).exit().ok();
  }
}

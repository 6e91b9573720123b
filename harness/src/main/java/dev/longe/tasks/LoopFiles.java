package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.effects.Installation;
import dev.longe.intake.AgentsFile;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.LoopFile;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds and reads loop files. */
public final class LoopFiles {
  private static final String DEFAULT = "default";

  private final Installation installation;

  public LoopFiles(Installation installation) {
    this.installation = installation;
  }

  /** A loop by its name, and the file from which it was taken if that is not in the base. */
  record Named(LoopFile.Read read, Optional<Path> outsideBase) {}

  /**
   * Reads a file.
   *
   * @param directory where a relative path begins
   * @param file its path, as problems show it
   * @throws InvalidInput with everything that is wrong in the file
   * @throws Fault if the file can't be read
   */
  public LoopFile.Read read(Path directory, Path file) {
    Path path = directory.resolve(file);
    try {
      return parsed(file.toString(), file.toString(), Files.readString(path));
    } catch (IOException e) {
      throw new Fault("The loop file " + path + " can't be read.", e);
    }
  }

  private LoopFile.Read parsed(String name, String shown, String text) {
    AgentsFile agents = installation.agents();
    return LoopFile.read(nameOf(name), shown, text, agents);
  }

  /**
   * The loop with a name: of the base commit, of a file that is not committed yet, or the user's
   * own; empty if none was named and there is no default.
   *
   * @throws InvalidInput if there is none of this name, or with everything that is wrong in it
   */
  Optional<Named> named(Optional<String> wanted, Repository repository, Commit base) {
    String name = wanted.orElse(DEFAULT);
    String path = name.endsWith(".md") ? name : ".longe/loops/" + name + ".md";
    Optional<String> committed = repository.read(base, path);
    if (committed.isPresent()) {
      return Optional.of(new Named(parsed(name, path, committed.get()), Optional.empty()));
    }
    Path own = installation.home().loop(name);
    for (Path file : List.of(repository.top().resolve(path), own)) {
      if (Files.isRegularFile(file)) {
        return Optional.of(new Named(parsed(name, file.toString(), text(file)), Optional.of(file)));
      }
    }
    if (wanted.isPresent()) {
      throw InvalidInput.option(
          "--loop", "there is no loop «" + name + "»: neither " + path + " nor " + own);
    }
    return Optional.empty();
  }

  private static String nameOf(String text) {
    String file = text.substring(text.lastIndexOf('/') + 1);
    return file.endsWith(".md") ? file.substring(0, file.length() - 3) : file;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Fault("The loop " + file + " can't be read: " + e.getMessage(), e);
    }
  }
}

package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.effects.CheckPreview;
import dev.longe.effects.Installation;
import dev.longe.home.FileProblem;
import dev.longe.intake.AgentsFile;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.LoopFile;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads loop files. */
public final class LoopFiles {
  private static final String DEFAULT = "default";

  private final Installation installation;

  public LoopFiles(Installation installation) {
    this.installation = installation;
  }

  /** A loop with a name, and its file if that is not in the base. */
  record Named(LoopFile.Parsed read, Optional<Path> outsideBase) {}

  /**
   * Reads a file.
   *
   * @param directory the directory that a relative path starts from
   * @param file the path of the file, as problems show it
   * @throws InvalidInput with everything that is wrong in the file
   * @throws Fault if the file can't be read
   */
  public LoopFile.Parsed read(Path directory, Path file) {
    Path path = directory.resolve(file);
    try {
      return parsed(file.toString(), file.toString(), Files.readString(path));
    } catch (IOException e) {
      throw new Fault("The loop file " + path + " can't be read.", e);
    }
  }

  private LoopFile.Parsed parsed(String name, String shown, String text) {
    AgentsFile agents = installation.agents();
    return LoopFile.read(nameOf(name), shown, text, agents);
  }

  /**
   * Finds a loop by its name: in the base commit, in a file that is not committed yet, or among the
   * user's own loops. Empty if no name is given and there is no default loop.
   *
   * @throws InvalidInput if there is no loop of this name, or with everything that is wrong in it
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
          "--loop",
          "there is no loop «%s»: neither %s nor %s exists; %s"
              .formatted(name, path, own, known(repository, base)));
    }
    return Optional.empty();
  }

  private String known(Repository repository, Commit base) {
    Stream<String> committed =
        repository.files(base).stream().filter(f -> f.matches("\\.longe/loops/[^/]+\\.md"));
    Stream<String> others =
        Stream.of(
                repository.top().resolve(".longe/loops"),
                installation.home().root().resolve("loops"))
            .flatMap(d -> Stream.of(Objects.requireNonNullElse(d.toFile().list(), new String[0])))
            .filter(f -> f.endsWith(".md"));
    List<String> names =
        Stream.concat(committed, others).map(LoopFiles::nameOf).distinct().sorted().toList();
    return names.isEmpty()
        ? "there are no loops here; «longe init» writes one"
        : "the loops are " + String.join(", ", names);
  }

  /**
   * What a check of a loop would get on this machine.
   *
   * @param directory in the repository whose loop it is
   * @throws InvalidInput if there is no loop of this name, or with everything that is wrong in it
   */
  public CheckPreview preview(Path directory, String name) {
    Repository repository = installation.repository(directory);
    return installation.preview(
        named(Optional.of(name), repository, repository.head()).orElseThrow().read().loop(),
        repository);
  }

  private static String nameOf(String text) {
    String file = text.substring(text.lastIndexOf('/') + 1);
    return file.endsWith(".md") ? file.substring(0, file.length() - 3) : file;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Fault("The loop " + file + " can't be read: " + FileProblem.of(e), e);
    }
  }
}

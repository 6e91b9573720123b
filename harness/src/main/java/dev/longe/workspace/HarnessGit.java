package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The harness's own git directory of a task. Its commands know no configuration of the user, the
 * system or a repository, so no filter, driver or hook. They write to the user's objects.
 */
final class HarnessGit {
  static final String NAME = "vault.git";
  private static final String ATTRIBUTES = "info/attributes";

  private final Repository repository;
  private final Commit base;
  private final Path directory;
  private final Git git;

  /**
   * @param directory the task's own
   */
  HarnessGit(Repository repository, Commit base, Path directory) {
    this.repository = repository;
    this.base = base;
    this.directory = directory;
    Git own =
        repository
            .git()
            .at(directory)
            .isolated()
            .with("GIT_DIR", directory.resolve(NAME))
            .with("GIT_OBJECT_DIRECTORY", repository.objects());
    Path shallow = repository.common().resolve("shallow");
    this.git = Files.exists(shallow) ? own.with("GIT_SHALLOW_FILE", shallow) : own;
  }

  Git git() {
    return git;
  }

  boolean exists() {
    return Files.exists(directory.resolve(NAME).resolve(ATTRIBUTES));
  }

  /** Makes the git directory. A part of one, or one of an earlier release, is replaced. */
  void make() {
    Path made = directory.resolve(NAME + ".new");
    Path place = directory.resolve(NAME);
    try {
      git.delete(made);
      Git there = git.with("GIT_DIR", made);
      there.run(
          "init", "-q", "--bare", "--template=", "--object-format=" + repository.objectFormat());
      Git.Result ignore = repository.git().ask("config", "--type=path", "core.excludesFile");
      if (ignore.ok()) {
        there.run("config", "core.excludesFile", ignore.output());
      }
      Files.createDirectories(made.resolve("info"));
      Files.writeString(made.resolve(ATTRIBUTES), BaseAttributes.of(repository, base).text());
      git.delete(place);
      Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Fault("The git directory " + place + " can't be made: " + e.getMessage(), e);
    }
  }

  /** The attributes with which files are converted. */
  String attributes() {
    try {
      return Files.readString(directory.resolve(NAME).resolve(ATTRIBUTES));
    } catch (IOException e) {
      throw new Fault("The attributes in " + directory + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Ends the conversion of encodings, for a tree with content that is not valid in its own. */
  void convertNoEncoding() {
    Path file = directory.resolve(NAME).resolve(ATTRIBUTES);
    try {
      Files.writeString(file, BaseAttributes.of(repository, base).withoutEncodings());
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be written: " + e.getMessage(), e);
    }
  }
}

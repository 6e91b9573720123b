package dev.longe.workspace;

import dev.longe.core.Fault;
import dev.longe.home.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Files and directories of the user's work tree that git does not track, and that every tree of a
 * task contains. No candidate contains them.
 *
 * @param repository the user's
 * @param paths relative to the top of the repository, without {@code ..}
 */
public record Carried(Repository repository, List<String> paths) {
  public Carried {
    paths = List.copyOf(paths);
  }

  /**
   * A carried file or directory in one tree.
   *
   * @param from where it is in the user's work tree, without symbolic links
   * @param path relative to the tree
   */
  public record Item(Path from, String path) {}

  /**
   * What is wrong with the paths, one sentence without its subject for each.
   *
   * @param files the files of the task's base
   */
  public List<String> problems(Collection<String> files) {
    return paths.stream().flatMap(p -> problem(p, files).stream()).toList();
  }

  private Optional<String> problem(String path, Collection<String> files) {
    boolean tracked =
        files.stream()
            .anyMatch(f -> f.equals(path) || f.startsWith(path + "/") || path.startsWith(f + "/"));
    return tracked
        ? Optional.of("«" + path + "» is, contains or is below a file that git tracks; remove it")
        : unusable(path);
  }

  /** Why a path can't be carried now; empty if it can. */
  private Optional<String> unusable(String path) {
    Path file = repository.top().resolve(path);
    if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
      String what = Files.exists(file) ? "is no file or directory" : "does not exist";
      return Optional.of("«%s» %s in %s".formatted(path, what, repository.top()));
    }
    Path real = real(file);
    boolean direct =
        real.equals(real(repository.top()).resolve(path))
            && !real.startsWith(real(repository.common()));
    return direct
        ? Optional.empty()
        : Optional.of(
            "«" + path + "» is a symbolic link, is below one, or is in the git directory");
  }

  /**
   * Prepares a tree: at each carried path there is a file or directory of the right kind, perhaps
   * empty. A path below something that is no directory in this tree is left out. No link in the
   * tree is followed. Call it when no process works in the tree.
   *
   * @return what the tree can contain
   * @throws Fault with one sentence if the user's work tree lacks one of the files
   */
  public List<Item> in(Path tree) {
    return paths.stream().flatMap(p -> item(tree, p).stream()).toList();
  }

  private Optional<Item> item(Path tree, String path) {
    unusable(path)
        .ifPresent(why -> {
          throw new Fault(
              "The loop carries a file that this machine can't give the task: " + why + ".");
        });
    Path from = real(repository.top().resolve(path));
    Path at = tree.resolve(path);
    try {
      if (!parents(tree, path)) {
        return Optional.empty();
      }
      boolean directory = Files.isDirectory(from);
      if (directory && deletion(at)) {
        replaceDeletion(at);
      }
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !same(at, directory)) {
        repository.git().delete(at);
      }
      if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        if (directory) {
          Files.createDirectory(at);
        } else {
          Files.createFile(at);
        }
      }
      return Optional.of(new Item(from, path));
    } catch (IOException e) {
      throw new Fault("The file " + at + " can't be made: " + e.getMessage(), e);
    }
  }

  /** Whether a layer says here that the agent deleted what the base has. */
  private static boolean deletion(Path path) throws IOException {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isOther()
        && (Long) Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS) == 0;
  }

  /** Makes an empty directory, which hides what the base has. */
  private static void replaceDeletion(Path path) throws IOException {
    Files.delete(path);
    Files.createDirectory(path);
    Files.getFileAttributeView(path, UserDefinedFileAttributeView.class)
        .write("overlay.opaque", ByteBuffer.wrap(new byte[] {'y'}));
  }

  private static boolean same(Path at, boolean directory) {
    return directory
        ? Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)
        : Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes the directories above a path; false if something else is in their place. */
  private static boolean parents(Path tree, String path) throws IOException {
    Path above = tree;
    Path relative = Path.of(path);
    for (int i = 0; i < relative.getNameCount() - 1; i++) {
      above = above.resolve(relative.getName(i));
      if (deletion(above)) {
        replaceDeletion(above);
      }
      if (!Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(above);
      }
      if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  /** Copies the files into a tree, for processes that are not confined. */
  public void copy(Path tree) {
    for (Item item : in(tree)) {
      Path at = tree.resolve(item.path());
      repository.git().delete(at);
      Git.Result copied =
          repository
              .git()
              .tool("cp", "-a", "--reflink=auto", "--", item.from().toString(), at.toString());
      if (!copied.ok()) {
        throw new Fault("«%s» can't be copied: %s".formatted(item.path(), copied.error().strip()));
      }
    }
  }

  /** The carried paths at which a tree now has something else than a copy of the user's files. */
  List<String> changed(Path tree) {
    return paths.stream().filter(p -> changed(tree, p)).toList();
  }

  /** By kind, size and time, which a copy has from its original. */
  private boolean changed(Path tree, String path) {
    Path at = tree.resolve(path);
    if (unusable(path).isPresent() || !reached(tree, path) || placeholder(at)) {
      return false;
    }
    return !listed(at).equals(listed(real(repository.top().resolve(path))));
  }

  /** Whether a path exists in a tree and leads through no link. */
  private static boolean reached(Path tree, String path) {
    Path at = tree;
    for (Path part : Path.of(path)) {
      if (Files.isSymbolicLink(at)) {
        return false;
      }
      at = at.resolve(part);
    }
    return Files.exists(at, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether there is only the place for a file that is mounted over it. */
  private static boolean placeholder(Path at) {
    try {
      return Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)
          ? Directories.isEmpty(at)
          : Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS) && Files.size(at) == 0;
    } catch (IOException e) {
      throw new Fault("The file " + at + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Changes when one of the files changes: their kinds, sizes and times. */
  public String stamp() {
    return paths.stream()
        .map(repository.top()::resolve)
        .map(this::listed)
        .collect(Collectors.joining("\n"));
  }

  private String listed(Path root) {
    Git.Result found =
        repository.git().tool("find", "-P", root.toString(), "-printf", "%y %s %T@ %P\\n");
    return found.output().lines().sorted().collect(Collectors.joining("\n"));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new Fault("The path " + path + " can't be read: " + e.getMessage(), e);
    }
  }
}

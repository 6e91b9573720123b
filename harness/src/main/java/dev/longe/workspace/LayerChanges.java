package dev.longe.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the upper layer of an overlay says about the changes of a tree, as long as they are ordinary
 * ones: files, links and deletions that git can save without further care.
 *
 * @param written paths of files and links
 * @param gone paths of files and directories that were deleted or replaced
 */
record LayerChanges(List<String> written, List<String> gone) {
  /** With more changes, git looks at the whole tree in less time. */
  private static final int PATHS_MAX = 5_000;

  /** The set-user-id and set-group-id bits. */
  private static final int PRIVILEGED = 06000;

  /** Names of files that change what git does with others. */
  private static final Set<String> SPECIAL =
      Set.of(".git", ".gitignore", ".gitattributes", ".gitmodules");

  /** The attribute of a directory that hides the directory below it. */
  private static final String OPAQUE = "overlay.opaque";

  /**
   * Reads an upper layer.
   *
   * @param bytesMax the size of the largest ordinary file
   * @return empty if there is anything that is not ordinary
   */
  static Optional<LayerChanges> of(Path upper, long bytesMax) {
    Reader reader = new Reader(upper, bytesMax);
    try {
      Files.walkFileTree(upper, reader);
    } catch (IOException e) {
      return Optional.empty(); // it can't be read: not ordinary
    }
    return reader.ordinary
        ? Optional.of(new LayerChanges(reader.written, reader.gone))
        : Optional.empty();
  }

  /** The changes that are neither at nor below the given paths. */
  LayerChanges without(List<String> paths) {
    Predicate<String> kept =
        changed -> paths.stream().noneMatch(p -> Path.of(changed).startsWith(Path.of(p)));
    return new LayerChanges(
        written.stream().filter(kept).toList(), gone.stream().filter(kept).toList());
  }

  private static final class Reader extends SimpleFileVisitor<Path> {
    private final List<String> written = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final Path upper;
    private final long bytesMax;
    private boolean ordinary = true;

    Reader(Path upper, long bytesMax) {
      this.upper = upper;
      this.bytesMax = bytesMax;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (directory.equals(upper)) {
        return FileVisitResult.CONTINUE;
      }
      if (directory.equals(upper.resolve(".git"))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (opaque(directory)) {
        gone.add(name(directory));
      }
      return next(!special(directory));
    }

    private static boolean opaque(Path directory) throws IOException {
      return Files.getFileAttributeView(
              directory, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .list()
          .contains(OPAQUE);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.equals(upper.resolve(".git"))) {
        return FileVisitResult.CONTINUE;
      }
      boolean plain = !special(file);
      if (attributes.isRegularFile()) {
        written.add(name(file));
        plain &= attributes.size() <= bytesMax && !privileged(file) && Files.isReadable(file);
      } else if (attributes.isSymbolicLink()) {
        written.add(name(file));
      } else {
        gone.add(name(file));
        plain &= device(file);
      }
      return next(plain);
    }

    /** A confined process can't make devices, so a device is the mark of a deletion. */
    private static boolean device(Path file) throws IOException {
      return (Long) Files.getAttribute(file, "unix:rdev", LinkOption.NOFOLLOW_LINKS) == 0
          && ((Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000)
              == 0020000;
    }

    private static boolean privileged(Path file) throws IOException {
      int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return (mode & PRIVILEGED) != 0;
    }

    private boolean special(Path path) {
      String name = path.getFileName().toString();
      return SPECIAL.contains(name) || name.indexOf('\uFFFD') >= 0;
    }

    private String name(Path path) {
      return upper.relativize(path).toString();
    }

    private FileVisitResult next(boolean plain) {
      ordinary &= plain && written.size() + gone.size() <= PATHS_MAX;
      return ordinary ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }
  }
}

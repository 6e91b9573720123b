package dev.longe.workspace;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Creates and deletes directories. Does not follow links. */
final class Directories {
  private Directories() {}

  static void make(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new Fault("The directory " + path + " can't be made: " + e.getMessage(), e);
    }
  }

  /** Gives the owner of a directory every right on it. */
  static void open(Path directory) throws IOException {
    if (!Files.isReadable(directory)
        || !Files.isWritable(directory)
        || !Files.isExecutable(directory)) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Deletes a directory, also if directories in it can't be read or written. */
  static void delete(Path root) {
    try {
      Files.walkFileTree(root, new Deletion());
    } catch (IOException e) {
      throw new Fault("The workspace " + root + " can't be removed: " + e.getMessage(), e);
    }
  }

  /**
   * As {@link #delete}, also for paths that are longer than a program can open, by running programs
   * that go down one directory after the other. The directory may be missing.
   */
  static void deleteAll(Git git, Path root) {
    String path = root.toString();
    if (!git.tool("rm", "-rf", "--", path).ok()) {
      Git.Answer _ = git.tool("chmod", "-R", "u+rwX", "--", path);
      Git.Answer again = git.tool("rm", "-rf", "--", path);
      if (!again.ok()) {
        throw new Fault("The workspace " + root + " can't be removed: " + again.error().strip());
      }
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) throws IOException {
      open(dir);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(path)) {
        throw e;
      }
      open(path);
      Files.walkFileTree(path, this);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
      Files.delete(dir);
      return FileVisitResult.CONTINUE;
    }
  }
}

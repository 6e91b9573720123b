package dev.longe.home;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Creates and deletes directories. */
public final class Directories {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private Directories() {}

  /** Creates a directory and the missing ones above it. */
  public static void make(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new Fault("The directory " + path + " can't be created: " + e.getMessage(), e);
    }
  }

  /** As {@link #make}; returns the directory. */
  public static Path made(Path path) {
    make(path);
    return path;
  }

  /** Whether a directory has no entries. */
  public static boolean isEmpty(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new Fault("The directory " + directory + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Deletes a directory with its content, also where the owner has no permission for it. */
  public static void delete(Path root) {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a)
                throws IOException {
              if (!Files.isWritable(dir) || !Files.isExecutable(dir)) {
                Files.setPosixFilePermissions(dir, OWNER_ONLY);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(file)) {
                throw e;
              }
              Files.setPosixFilePermissions(file, OWNER_ONLY);
              delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
              Files.delete(dir);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new Fault("The workspace " + root + " can't be removed: " + e.getMessage(), e);
    }
  }
}

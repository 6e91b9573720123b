package dev.longe.workspace;

import dev.longe.core.Fault;
import dev.longe.home.Directories;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Puts the objects of a repository into one directory: as hard links, or as copies where hard links
 * are not possible. The user's git may write, pack and delete objects meanwhile. It writes an
 * object to its new place before it deletes it from the old one. So single objects are looked at
 * first, packs afterwards, and both again until no pack is new and nothing was deleted meanwhile.
 * Then nothing that can be reached is missing.
 */
final class ObjectLinks {
  private static final String PACKS = "pack";
  private static final Pattern DIRECTORY = Pattern.compile("[0-9a-f]{2}|" + PACKS);

  /** Not the file that marks a pack of a partial clone: it contains the names of refs. */
  private static final Pattern OBJECT =
      Pattern.compile("[0-9a-f]{38}|[0-9a-f]{62}|pack-[0-9a-f]+\\.(?:pack|rev|idx)");

  private static final Pattern ANY = Pattern.compile(".*");

  /**
   * A directory that was changed longer ago has another time after its next change, whatever the
   * precision of the file system's times is.
   */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** Each follows a pack that was added or an object that was deleted meanwhile. Own choice. */
  private static final int PASSES_MAX = 100;

  /** The time of a directory that has to be looked into again. */
  private static final FileTime UNKNOWN = FileTime.fromMillis(0);

  private final Path to;
  private final List<Path> from;

  /** What became of an object. */
  private enum Put {
    THERE,
    ADDED,
    GONE
  }

  /**
   * @param to the directory of the objects
   * @param from the object directories of the repository
   */
  ObjectLinks(Path to, List<Path> from) {
    this.to = to;
    this.from = List.copyOf(from);
  }

  /** Adds new objects. Looks only into directories that have changed on either side. */
  void update() {
    try {
      boolean complete = false;
      for (int i = 0; i < PASSES_MAX && !complete; i++) {
        complete = add(false);
      }
      if (!complete) {
        throw new IOException("they change all the time");
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw incomplete(e);
    }
  }

  /**
   * Looks into all directories, replaces damaged files, and deletes what the repository has not.
   */
  void renew() {
    try {
      List<Path> missing = missing();
      boolean _ = add(true);
      update();
      for (Path file : missing) {
        if (from.stream().noneMatch(s -> Files.exists(s.resolve(to.relativize(file))))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw incomplete(e);
    }
  }

  private Fault incomplete(Exception e) {
    return new Fault("The objects of the repository can't be put into " + to + ": " + e, e);
  }

  /**
   * The files here that the repository has not. What can be reached of their objects is in a pack
   * by now. The index of a pack comes before the pack: git finds a pack by its index.
   */
  private List<Path> missing() throws IOException {
    List<Path> missing = new ArrayList<>();
    for (String directory : names(to, DIRECTORY)) {
      Path place = to.resolve(directory);
      NavigableSet<String> names = names(place, ANY);
      for (Path source : from) {
        names.removeAll(names(source.resolve(directory), OBJECT));
      }
      names.forEach(name -> missing.add(place.resolve(name)));
    }
    return missing;
  }

  /** Returns whether no pack was new and nothing was deleted meanwhile. */
  private boolean add(boolean all) throws IOException {
    NavigableSet<String> directories = new TreeSet<>(); // the packs are the last
    for (Path source : from) {
      directories.addAll(names(source, DIRECTORY));
    }
    boolean complete = true;
    for (String directory : directories) {
      FileTime changed = changed(directory);
      if (all || !changed(to.resolve(directory)).equals(changed)) {
        complete &= add(directory, changed);
      }
    }
    return complete;
  }

  private boolean add(String directory, FileTime changed) throws IOException {
    Path place = Directories.made(to.resolve(directory));
    Set<String> there = names(place, OBJECT);
    boolean complete = true;
    for (Path source : from) {
      for (String name : names(source.resolve(directory), OBJECT).descendingSet()) {
        Path object = source.resolve(directory).resolve(name);
        complete &=
            switch (put(object, place.resolve(name), there.contains(name))) {
              case THERE -> true;
              case ADDED -> !directory.equals(PACKS);
              case GONE -> false;
            };
      }
    }
    boolean settled = changed.toInstant().isBefore(Instant.now().minus(SETTLED));
    Files.setLastModifiedTime(place, complete && settled ? changed : UNKNOWN);
    return complete;
  }

  /** When a directory of the repository was changed last. */
  private FileTime changed(String directory) throws IOException {
    FileTime last = UNKNOWN;
    for (Path source : from) {
      FileTime time = changed(source.resolve(directory));
      last = time.compareTo(last) > 0 ? time : last;
    }
    return last;
  }

  private static FileTime changed(Path directory) throws IOException {
    try {
      return Files.getLastModifiedTime(directory);
    } catch (NoSuchFileException e) {
      return UNKNOWN;
    }
  }

  private static Put put(Path object, Path target, boolean there) throws IOException {
    try {
      BasicFileAttributes attributes = attributes(object);
      if (there && attributes(target).size() == attributes.size()) {
        return Put.THERE;
      }
      Files.deleteIfExists(target);
      if (!attributes.isRegularFile() || !link(object, target)) {
        copy(object, target);
      }
      return Put.ADDED;
    } catch (NoSuchFileException e) {
      return Put.GONE;
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns false for two file systems, one without links, or a file of another user. */
  private static boolean link(Path object, Path target) throws NoSuchFileException {
    try {
      Files.createLink(target, object);
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  private static void copy(Path object, Path target) throws IOException {
    Path made = target.resolveSibling("tmp_" + target.getFileName());
    Files.copy(object, made, StandardCopyOption.REPLACE_EXISTING);
    Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The names in a directory, which may not exist. */
  private static NavigableSet<String> names(Path directory, Pattern pattern) throws IOException {
    NavigableSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (pattern.matcher(name).matches()) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return names;
    }
    return names;
  }
}

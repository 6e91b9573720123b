package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The containers of a home. An engine runs a container apart from the process that asked for it, so
 * each has a file while it may exist, with its engine and its owner. Safe for use by many threads
 * and processes.
 *
 * @param directory of the files; it need not exist
 * @param environment the harness's own, for the engine
 */
record ContainerRecords(Path directory, Map<String, String> environment) {
  /** The beginning of the names of all containers of Longe. */
  private static final String PREFIX = "longe-";

  /** Files of another name are not of Longe. */
  private static final Pattern NAME = Pattern.compile(PREFIX + "[A-Za-z0-9][A-Za-z0-9-]*");

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final int LINES = 2;

  /** A container is gone after two rounds, and after three if its start was cut off. */
  private static final int ROUNDS_MAX = 8;

  /** One container that may exist. */
  record Entry(ContainerRecords records, ContainerEngine.Kind kind, String name) {
    private Path file() {
      return records.directory.resolve(name);
    }

    /**
     * Ends and removes the container and all processes that work for it. One time is not enough: a
     * client that is killed may have just begun to start it. If the engine can't do it, the next
     * sweep tries again.
     */
    void remove() {
      Removal removal = Removal.REMOVED;
      boolean killed = true;
      for (int i = 0; i < ROUNDS_MAX && (killed || removal == Removal.REMOVED); i++) {
        int processes = Orphans.killTree(name.substring(PREFIX.length()));
        removal = records.remove(kind, name);
        processes += Orphans.killNamed(name); // the engine's monitor of it
        killed = processes > 0;
      }
      if (removal != Removal.FAILED) {
        forget();
      }
    }

    /** The container is gone. */
    void forget() {
      try {
        Files.deleteIfExists(file());
      } catch (IOException e) {
        throw new Fault("The file " + file() + " can't be deleted: " + e.getMessage(), e);
      }
    }
  }

  static String name(String run) {
    return PREFIX + run;
  }

  /**
   * Records a container that is about to be started.
   *
   * @param owner the lock file of this process
   */
  Entry begin(ContainerEngine.Kind kind, String name, Path owner) {
    Entry entry = new Entry(this, kind, name);
    try {
      Files.createDirectories(directory);
      Files.writeString(entry.file(), kind + "\n" + owner + "\n");
      return entry;
    } catch (IOException e) {
      throw new Fault("The file " + entry.file() + " can't be written: " + e.getMessage(), e);
    }
  }

  /** Removes the containers whose owner has ended. Returns their number. */
  int sweep() {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Entry> left =
          files
              .filter(f -> NAME.matcher(String.valueOf(f.getFileName())).matches())
              .flatMap(this::left)
              .toList();
      left.forEach(Entry::remove);
      return left.size();
    } catch (IOException e) {
      throw new Fault("The directory " + directory + " can't be read: " + e.getMessage(), e);
    }
  }

  private Stream<Entry> left(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.size() == LINES && Marker.ownerHasEnded(Path.of(lines.get(1)))
          ? Stream.of(ContainerEngine.Kind.values())
              .filter(kind -> kind.name().equals(lines.getFirst()))
              .map(kind -> new Entry(this, kind, String.valueOf(file.getFileName())))
          : Stream.empty();
    } catch (NoSuchFileException e) {
      return Stream.empty(); // another process removed it
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** What the engine did with a container. */
  private enum Removal {
    REMOVED,
    ABSENT,
    FAILED
  }

  private Removal remove(ContainerEngine.Kind kind, String name) {
    ProcessBuilder builder =
        new ProcessBuilder(kind.removes(name))
            .redirectErrorStream(true)
            .directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return Removal.FAILED;
      }
      String says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return removal(process.exitValue(), says.toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      return Removal.FAILED; // the engine is gone; the file stays for a later sweep
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Removal.FAILED;
    }
  }

  /** An engine prints the name of what it has removed. */
  private static Removal removal(int status, String says) {
    if (says.contains("no such container") || (status == 0 && says.isBlank())) {
      return Removal.ABSENT;
    }
    return status == 0 ? Removal.REMOVED : Removal.FAILED;
  }
}

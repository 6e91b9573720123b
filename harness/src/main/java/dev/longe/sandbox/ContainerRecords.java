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

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final int LINES = 2;

  /** One container that may exist. */
  record Entry(ContainerRecords records, ContainerEngine.Kind kind, String name) {
    private Path file() {
      return records.directory.resolve(name);
    }

    /** Ends and removes the container. If the engine can't do it, the next sweep tries again. */
    void remove() {
      boolean gone = records.runs(kind, name);
      int _ = Orphans.killNamed(name); // the engine's monitor of a container that never started
      if (gone) {
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
      List<Entry> left = files.flatMap(this::left).toList();
      left.forEach(Entry::remove);
      return left.size();
    } catch (IOException e) {
      throw new Fault("The directory " + directory + " can't be read: " + e.getMessage(), e);
    }
  }

  private Stream<Entry> left(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      boolean whole = lines.size() == LINES;
      return whole && Marker.ownerHasEnded(Path.of(lines.get(1)))
          ? Stream.of(
              new Entry(
                  this,
                  ContainerEngine.Kind.valueOf(lines.getFirst()),
                  String.valueOf(file.getFileName())))
          : Stream.empty();
    } catch (NoSuchFileException e) {
      return Stream.empty(); // another process removed it
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Whether the engine has removed a container, or has none of this name. */
  private boolean runs(ContainerEngine.Kind kind, String name) {
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
        return false;
      }
      String says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0
          || says.toLowerCase(Locale.ROOT).contains("no such container");
    } catch (IOException e) {
      return false; // the engine is gone; the file stays for a later sweep
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

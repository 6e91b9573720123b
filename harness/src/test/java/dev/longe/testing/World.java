package dev.longe.testing;

import dev.longe.core.Commit;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Owners;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Real processes, real git, real files in a directory of the test's own. */
public final class World {
  public static final Environment ENVIRONMENT = new Environment(System.getenv());
  public static final Sandbox SANDBOX =
      new Sandbox(new Owners(Path.of("target", "owners"), ENVIRONMENT), ENVIRONMENT.all());

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private World() {}

  /** A repository with one commit that holds these files: name, content, name, content … */
  public static Path repository(Path directory, String... files) {
    make(directory);
    git(directory, "init", "-q", "-b", "main");
    git(directory, "config", "user.name", "Tester");
    git(directory, "config", "user.email", "tester@example.org");
    for (int i = 0; i < files.length; i += 2) {
      write(directory.resolve(files[i]), files[i + 1]);
    }
    git(directory, "add", "-A");
    git(directory, "commit", "-q", "--allow-empty", "-m", "base");
    return directory;
  }

  public static Commit head(Path repository) {
    return new Commit(git(repository, "rev-parse", "HEAD"));
  }

  /** What a git command printed. */
  public static String git(Path directory, String... arguments) {
    List<String> argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    return run(directory, argv);
  }

  public static String shell(Path directory, String line) {
    return run(directory, List.of("bash", "-euo", "pipefail", "-c", line));
  }

  private static String run(Path directory, List<String> argv) {
    ProcessSpec spec = SANDBOX.plain(argv, directory, PATIENCE);
    Sandbox.Outcome outcome = SANDBOX.run(spec);
    if (!outcome.exit().ok()) {
      throw new AssertionError(argv + " failed: " + outcome.error());
    }
    return outcome.output();
  }

  /** The beginning of a command line that runs in namespaces of its own, for any user. */
  public static String unshare(String namespaces) {
    boolean root = "root".equals(System.getProperty("user.name"));
    return "unshare " + (root ? "" : "--user --map-root-user ") + namespaces;
  }

  /** How {@code longe} is started as a process of its own. */
  public static List<String> longe(String... arguments) {
    return java("dev.longe.cli.Main", arguments);
  }

  /** How a main class of these tests is started as a process of its own. */
  public static List<String> java(String main, String... arguments) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    argv.addAll(List.of(arguments));
    return argv;
  }

  public static Path write(Path file, String text) {
    Path parent = file.getParent();
    if (parent != null) {
      make(parent);
    }
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An executable shell script. */
  public static Path script(Path file, String text) {
    Path written = write(file, "#!/bin/bash\n" + text);
    if (!written.toFile().setExecutable(true)) {
      throw new AssertionError("not executable: " + file);
    }
    return written;
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a directory another name. */
  public static void move(Path directory, Path target) {
    try {
      Files.move(directory, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void make(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks again and again until it holds. */
  public static void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited too long for: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** Whether a process lives and is no zombie. */
  public static boolean alive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  /** The pids of living processes that have this word among their arguments. */
  public static List<Long> withArgument(String word) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(World::alive)
        .filter(pid -> arguments(pid).contains(word))
        .toList();
  }

  private static List<String> arguments(long pid) {
    try {
      return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }
}

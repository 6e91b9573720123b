package dev.longe.sandbox;

import dev.longe.core.Sandboxing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which parts of the machine a process can access. */
public sealed interface Confinement {
  /** Whether a process sees an overlay at a path, so that other files are there outside. */
  boolean layered(Path seen);

  /** This confinement with a further directory that may be changed. */
  Confinement withWritable(Path directory);

  /**
   * Where a file is that a process sees at {@code seen}, as far as {@linkplain Bind binds} move it.
   */
  Path outside(Path seen);

  /** The same, but {@code path} can also be read. */
  Confinement reading(Path path);

  /** Everything that its user can access. */
  record Open() implements Confinement {
    @Override
    public boolean layered(Path seen) {
      return false;
    }

    @Override
    public Open withWritable(Path directory) {
      return this;
    }

    @Override
    public Path outside(Path seen) {
      return seen;
    }

    @Override
    public Confinement reading(Path path) {
      return this;
    }
  }

  /** What confines a process. */
  sealed interface Means {
    /** Namespaces that Bubblewrap makes. The process sees the system of this machine. */
    record Namespaces() implements Means {}

    /** A container. The process sees the system of an image. */
    record Container(ContainerEngine engine, Sandboxing.Image image) implements Means {
      /** A description for people. */
      public String shown() {
        return "in containers of the image " + image.name() + ", by " + engine.shown();
      }
    }
  }

  /**
   * Confined. The system is read-only. {@code /tmp}, {@code /var/tmp} and {@code /run} are empty
   * and private. Of two paths, one inside the other, the inner one decides.
   *
   * @param hidden directories of this machine that appear empty; a container shows none of them
   * @param readable paths that stay readable; one that does not exist is omitted
   * @param writable paths that may be changed; one that does not exist is omitted
   * @param overlays directories that may be changed without changing the originals
   * @param binds files and directories that are seen at another path
   * @param network whether the network is reachable; the loopback interface always is
   */
  record Shut(
      Means means,
      List<Path> hidden,
      List<Path> readable,
      List<Path> writable,
      List<Overlay> overlays,
      List<Bind> binds,
      boolean network)
      implements Confinement {
    public Shut {
      hidden = List.copyOf(hidden);
      readable = List.copyOf(readable);
      writable = List.copyOf(writable);
      overlays = List.copyOf(overlays);
      binds = List.copyOf(binds);
    }

    @Override
    public Path outside(Path seen) {
      return binds.stream()
          .filter(b -> seen.startsWith(b.at()))
          .max(Comparator.comparingInt(b -> b.at().getNameCount()))
          .map(b -> b.from().resolve(b.at().relativize(seen)))
          .orElse(seen);
    }

    @Override
    public Confinement reading(Path path) {
      List<Path> more = new ArrayList<>(readable);
      more.add(path);
      return new Shut(means, hidden, more, writable, overlays, binds, network);
    }

    @Override
    public boolean layered(Path seen) {
      return overlays.stream().anyMatch(o -> seen.startsWith(o.at()));
    }

    @Override
    public Shut withWritable(Path directory) {
      List<Path> more = new ArrayList<>(writable);
      more.add(directory);
      return new Shut(means, hidden, readable, more, overlays, binds, network);
    }
  }

  /**
   * A file or directory that a process sees at another path.
   *
   * @param at where the process sees it
   * @param from where it is; it exists
   */
  record Bind(Path at, Path from, boolean writable) {}

  /**
   * A directory whose changes are kept apart from the original.
   *
   * @param at where the process sees it
   * @param lower the read-only directories that it shows, the topmost first; at least one
   * @param scratch an existing directory on a file system that can hold upper layers; the changes
   *     are in {@link #upper}
   */
  record Overlay(Path at, List<Path> lower, Path scratch) {
    public Overlay {
      lower = List.copyOf(lower);
    }

    /** The directory in a scratch directory that holds the changes. */
    public static Path upper(Path scratch) {
      return scratch.resolve("upper");
    }

    /** The directory in a scratch directory where the overlay is mounted. */
    public static Path merged(Path scratch) {
      return scratch.resolve("merged");
    }
  }
}

package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What this machine offers for processes; each thing is tried once, with a real process. */
final class Probed {
  /** Timeout of the commands that probe the machine. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final long OUTPUT_MAX = 1 << 16;

  private static final Path ROOT = Path.of("/");

  private final Sandbox sandbox;
  private final int processesMax;
  private Optional<Bounds> open = Optional.empty();
  private Optional<Bounds> shut = Optional.empty();
  private Containment containment = Containment.SESSION;
  private final Map<Where, Boolean> overlays = new HashMap<>();
  private boolean bubblewrap;
  private boolean done;

  Probed(Sandbox sandbox, int processesMax) {
    this.sandbox = sandbox;
    this.processesMax = Bounds.processes(processesMax);
  }

  synchronized Containment containment() {
    if (!done) {
      containment =
          works(Containment.NAMESPACE.wrap(List.of("true")))
              ? Containment.NAMESPACE
              : works(Containment.USER_NAMESPACE.wrap(List.of("true")))
                  ? Containment.USER_NAMESPACE
                  : Containment.SESSION;
      done = true;
    }
    return containment;
  }

  synchronized boolean bubblewrap() {
    if (!bubblewrap) {
      bubblewrap = confines(List.of(), Bounds.NONE);
    }
    return bubblewrap;
  }

  private record Where(Confinement.Means means, Path directory) {}

  synchronized boolean overlays(Confinement.Means means, Path where) {
    return overlays.computeIfAbsent(
        new Where(means, where),
        _ ->
            switch (means) {
              case Confinement.Means.Namespaces _ ->
                  bubblewrap() && mounts(where, o -> confines(o, Bounds.NONE));
              case Confinement.Means.Container container ->
                  switch (container.engine().kind()) {
                    case PODMAN -> mounts(where, o -> runs(container, o));
                    case DOCKER -> false;
                  };
            });
  }

  private boolean runs(Confinement.Means.Container container, List<Confinement.Overlay> overlays) {
    List<String> nothing = List.of("/bin/sh", "-c", ":");
    return sandbox.run(inside(container, nothing, overlays, TIMEOUT)).exit().ok();
  }

  /** A short command in a container. */
  ProcessSpec inside(
      Confinement.Means.Container container,
      List<String> argv,
      List<Confinement.Overlay> overlays,
      Duration timeout) {
    return new ProcessSpec(
        argv,
        ROOT,
        Map.of(),
        true,
        new Confinement.Shut(
            container, List.of(), List.of(), List.of(), overlays, List.of(), false),
        timeout,
        OUTPUT_MAX,
        "",
        false);
  }

  /** The bounds of a process that is confined by {@code means}, or by nothing. */
  Bounds bounds(Optional<Confinement.Means> means) {
    return means
        .map(m ->
            switch (m) {
              case Confinement.Means.Namespaces _ -> shut();
              case Confinement.Means.Container _ -> contained();
            })
        .orElseGet(this::open);
  }

  /** The bounds of a process in a container: each engine can set them. */
  Bounds contained() {
    return new Bounds(Bounds.Kind.USER, processesMax, Bounds.quarterOfMemory());
  }

  /** The bounds of a process that is not confined. */
  synchronized Bounds open() {
    if (open.isEmpty()) {
      User user = User.present();
      Bounds.Kind kind =
          !works(Bounds.probe(user, processesMax))
              ? Bounds.Kind.NONE
              : user.root() ? Bounds.Kind.NAMESPACE : Bounds.Kind.USER;
      open = Optional.of(new Bounds(kind, processesMax, 0));
    }
    return open.get();
  }

  /** The bounds of a confined process. Bubblewrap before 0.7 has no sizes. */
  synchronized Bounds shut() {
    if (shut.isEmpty()) {
      Bounds sized = new Bounds(open().kind(), processesMax, Bounds.quarterOfMemory());
      shut = Optional.of(confines(List.of(), sized) ? sized : open());
    }
    return shut.get();
  }

  private boolean confines(List<Confinement.Overlay> mounts, Bounds within) {
    return sandbox.onPath("bwrap")
        && works(
            Bubblewrap.wrap(
                List.of("/bin/sh", "-c", ":"),
                new Confinement.Shut(
                    new Confinement.Means.Namespaces(),
                    List.of(),
                    List.of(),
                    List.of(),
                    mounts,
                    List.of(),
                    false),
                ROOT,
                User.present(),
                within));
  }

  /** Tries an overlay in a directory of its own: two mounts must not share an upper layer. */
  private boolean mounts(Path where, Predicate<List<Confinement.Overlay>> tried) {
    try {
      Files.createDirectories(where);
      Path probe = Files.createTempDirectory(where, "overlay-");
      Path lower = Files.createDirectory(probe.resolve("lower"));
      boolean works =
          tried.test(
              List.of(new Confinement.Overlay(Path.of("/tmp/overlay"), List.of(lower), probe)));
      for (String part : List.of("work/work", "work", "upper", "merged", "lower", "")) {
        Files.deleteIfExists(probe.resolve(part));
      }
      return works;
    } catch (IOException e) {
      throw new Fault("The directory " + where + " can't be written: " + e.getMessage(), e);
    }
  }

  private boolean works(List<String> argv) {
    return sandbox.onPath(argv.getFirst())
        && sandbox.run(sandbox.plain(argv, ROOT, TIMEOUT)).exit().ok();
  }
}

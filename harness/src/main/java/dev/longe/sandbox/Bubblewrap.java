package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command lines of confined processes. */
final class Bubblewrap {
  /** Directories that hold sockets and files of other programs. */
  private static final List<Path> PRIVATE =
      List.of(Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/run"));

  /** Parts of {@code /proc} through which root changes the machine, even without capabilities. */
  private static final List<String> KERNEL =
      List.of("/proc/sys", "/proc/sysrq-trigger", "/proc/acpi", "/proc/fs", "/proc/scsi");

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private static final Path NAME_SERVERS = Path.of("/etc/resolv.conf");

  /**
   * Mounts overlays and then runs the rest of its arguments. The arguments before {@code --} come
   * in groups of three: lower layers, scratch directory, place of the mount. The variable makes
   * newer programs use the system call that takes long lists of layers.
   */
  private static final String MOUNTS =
      """
      set -e
      while [ "$1" != -- ]; do
        LIBMOUNT_FORCE_MOUNT2=always mount -t overlay overlay \\
          -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work,userxattr" "$3" ||
          { echo "%1$s: $3" >&2; exit %2$d; }
        shift 3
      done
      shift
      exec "$@"
      """
          .formatted(Containment.NO_MOUNT, Containment.NO_MOUNT_STATUS);

  private Bubblewrap() {}

  private record Mount(Path at, int rank, List<String> arguments) {}

  /**
   * The command line that runs {@code argv} with overlays, each mounted at {@link
   * Confinement.Overlay#merged}; empty overlays change nothing.
   *
   * @param user root needs no user namespace for the mounts
   */
  static List<String> mounted(List<String> argv, List<Confinement.Overlay> overlays, User user) {
    List<String> all = new ArrayList<>();
    if (!overlays.isEmpty()) {
      all.addAll(List.of("unshare", "--mount"));
      if (!user.root()) {
        all.addAll(List.of("--user", "--map-root-user"));
      }
      all.addAll(List.of("--", "/bin/sh", "-c", MOUNTS, "overlays"));
      overlays.forEach(o -> all.addAll(mountArguments(o)));
      all.add("--");
    }
    all.addAll(argv);
    return all;
  }

  /**
   * The command line that runs {@code argv} confined.
   *
   * @param directory the working directory, as the process sees it
   * @param user root needs no user namespace for the mounts
   */
  static List<String> wrap(
      List<String> argv, Confinement.Shut shut, Path directory, User user, Bounds bounds) {
    return wrap(List.of("--new-session"), argv, shut, directory, user, bounds);
  }

  /** As {@link #wrap}, for a process on the user's terminal. */
  static List<String> onTerminal(
      List<String> argv, Confinement.Shut shut, Path directory, User user, Bounds bounds) {
    return wrap(List.of(), argv, shut, directory, user, bounds);
  }

  private static List<String> wrap(
      List<String> session,
      List<String> argv,
      Confinement.Shut shut,
      Path directory,
      User user,
      Bounds bounds) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("bwrap", "--die-with-parent"));
    all.addAll(session);
    all.addAll(
        List.of(
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--cap-drop",
            "ALL",
            "--ro-bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--proc",
            "/proc"));
    all.addAll(bounds.directory(SHARED_MEMORY));
    KERNEL.forEach(p -> all.addAll(List.of("--ro-bind-try", p, p)));
    if (!shut.overlays().isEmpty() && !user.root()) {
      all.addAll(List.of("--unshare-user", "--uid", user.uid(), "--gid", user.gid()));
    }
    mounts(shut, bounds).forEach(m -> all.addAll(m.arguments()));
    if (!shut.network()) {
      all.add("--unshare-net");
    }
    all.addAll(List.of("--chdir", directory.toString(), "--"));
    all.addAll(bounds.inside(argv));
    List<String> whole = new ArrayList<>(Containment.DIES_WITH_US);
    whole.addAll(bounds.outside());
    whole.addAll(mounted(all, shut.overlays(), user));
    return whole;
  }

  private static List<String> mountArguments(Confinement.Overlay overlay) {
    for (String part : List.of("upper", "work", "merged")) {
      make(overlay.scratch().resolve(part));
    }
    List<String> lower = overlay.lower().stream().map(Path::toString).toList();
    return List.of(
        String.join(":", lower),
        overlay.scratch().toString(),
        Confinement.Overlay.merged(overlay.scratch()).toString());
  }

  private static void make(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Fault("The directory " + directory + " can't be made: " + e.getMessage(), e);
    }
  }

  /** The mounts, the outer ones first; at the same place the one that allows more is last. */
  private static List<Mount> mounts(Confinement.Shut shut, Bounds bounds) {
    Stream<Path> hidden = Stream.concat(PRIVATE.stream(), shut.hidden().stream());
    Stream<Path> readable = Stream.concat(nameServers(), shut.readable().stream());
    return Stream.of(
            links(shut),
            hidden
                .map(Bubblewrap::real)
                .distinct()
                .filter(Files::isDirectory)
                .map(p -> new Mount(p, 0, bounds.directory(p))),
            readable
                .filter(Files::exists)
                .map(Bubblewrap::real)
                .map(p -> bind("--ro-bind", p, p, 1)),
            shut.writable().stream()
                .filter(Files::exists)
                .map(Bubblewrap::real)
                .map(p -> bind("--bind", p, p, 2)),
            shut.overlays().stream()
                .map(o -> bind("--bind", Confinement.Overlay.merged(o.scratch()), real(o.at()), 3)),
            shut.binds().stream()
                .map(b -> bind(b.writable() ? "--bind" : "--ro-bind", b.from(), real(b.at()), 4)))
        .flatMap(s -> s)
        .sorted(
            Comparator.comparingInt((Mount m) -> m.at().getNameCount())
                .thenComparingInt(Mount::rank))
        .toList();
  }

  /**
   * The symbolic links through which the paths of the process lead, as far as they would be hidden.
   */
  private static Stream<Mount> links(Confinement.Shut shut) {
    List<Path> shown =
        Stream.of(
                shut.readable().stream(),
                shut.writable().stream(),
                shut.overlays().stream().map(Confinement.Overlay::at),
                shut.binds().stream().map(Confinement.Bind::at))
            .flatMap(s -> s)
            .distinct()
            .toList();
    Set<Path> inside = shown.stream().map(Bubblewrap::real).collect(Collectors.toSet());
    List<Path> hidden = shut.hidden().stream().map(Bubblewrap::real).toList();
    return shown.stream()
        .flatMap(p -> Stream.iterate(p, Objects::nonNull, Path::getParent))
        .distinct()
        .filter(Files::isSymbolicLink)
        .map(link -> real(link.resolveSibling("")).resolve(link.getFileName()))
        .distinct()
        .filter(link -> hidden.stream().anyMatch(link::startsWith))
        .filter(link -> inside.stream().noneMatch(link::startsWith))
        .map(link -> new Mount(link, 0, List.of("--symlink", real(link) + "", link + "")));
  }

  private static Mount bind(String how, Path from, Path at, int rank) {
    return new Mount(at, rank, List.of(how, from.toString(), at.toString()));
  }

  /** The file with the name servers is often a link into {@code /run}, which is hidden. */
  private static Stream<Path> nameServers() {
    return Stream.of(NAME_SERVERS).filter(Files::exists).map(Bubblewrap::real);
  }

  /** The path without symbolic links, as far as it exists. */
  private static Path real(Path path) {
    try {
      if (Files.exists(path)) {
        return path.toRealPath();
      }
    } catch (IOException e) {
      throw new Fault("The path " + path + " can't be read: " + e.getMessage(), e);
    }
    Path parent = path.getParent();
    return parent == null ? path : real(parent).resolve(path.getFileName());
  }
}

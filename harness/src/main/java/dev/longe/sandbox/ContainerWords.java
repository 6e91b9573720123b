package dev.longe.sandbox;

import dev.longe.core.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command line of a process in a container.
 *
 * @param name of the container
 * @param labels of the container
 * @param bounds of its processes
 * @param filesMax how many files one process may have open
 */
record ContainerWords(
    String name, Map<String, String> labels, User user, Bounds bounds, long filesMax) {
  /** Directories that are empty and private. */
  private static final List<Path> PRIVATE =
      List.of(Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/run"));

  private static final String EMPTY = "--tmpfs=";

  /** As Bubblewrap's directories for small files. */
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /**
   * Variables whose value the client does not get from the process in the container: those that the
   * engine itself reads, and the harness's markers, by which another harness would find the client
   * and kill it.
   */
  private static final Pattern APART =
      Pattern.compile(
          "PATH|HOME|TMPDIR|XDG_[A-Z_]+|CONTAINERS_(STORAGE_)?CONF|CONTAINER_(HOST|CONNECTION)"
              + "|DOCKER_(HOST|CONFIG|CONTEXT|TLS_VERIFY|CERT_PATH)|"
              + Marker.OWNER
              + "|"
              + Marker.RUN);

  /**
   * Removes the container when the harness has died. An engine runs a container apart from the
   * program that asked for it, so killing this program is not enough. A program that was started by
   * nohup can't take SIGHUP.
   */
  private static final String GUARD =
      """
      trap '' TERM
      trap 'kill -KILL $!; exec REMOVAL >/dev/null 2>&1' USR1
      exec 3<&0
      "$@" <&3 3<&- &
      exec 3<&-
      wait $!
      """;

  private static final List<String> GUARDED = List.of("setpriv", "--pdeathsig", "USR1", "--");

  /** The command line and the environment of the program that runs a container. */
  record Client(List<String> argv, Map<String, String> variables) {}

  /**
   * The client of a container that runs {@code argv}. The values of variables are not on its
   * command line, which other users can read.
   *
   * @param variables of the process in the container
   * @param harness the variables of the harness
   */
  Client client(
      Confinement.Means.Container container,
      Confinement.Shut shut,
      List<String> argv,
      Path directory,
      Map<String, String> variables,
      Map<String, String> harness) {
    List<String> run = words(container, List.of(log(container)), shut, argv, directory, variables);
    String removal = String.join(" ", container.engine().kind().removes(name));
    List<String> all = new ArrayList<>(GUARDED);
    all.addAll(List.of("/bin/sh", "-c", GUARD.replace("REMOVAL", removal), "guard"));
    all.addAll(mounted(container, run, shut.overlays()));
    return new Client(all, environment(variables, harness));
  }

  /** As {@link #client}, on the user's terminal. */
  Client onTerminal(
      Confinement.Means.Container container,
      Confinement.Shut shut,
      List<String> argv,
      Path directory,
      Map<String, String> variables,
      Map<String, String> harness) {
    List<String> run =
        words(container, List.of("--tty", "--log-driver=none"), shut, argv, directory, variables);
    return new Client(mounted(container, run, shut.overlays()), environment(variables, harness));
  }

  /** Podman gives the container the pipes of its client, without a process between them. */
  private static String log(Confinement.Means.Container container) {
    return switch (container.engine().kind()) {
      case PODMAN -> "--log-driver=passthrough";
      case DOCKER -> "--log-driver=none";
    };
  }

  private static Map<String, String> environment(
      Map<String, String> variables, Map<String, String> harness) {
    Map<String, String> all = new HashMap<>(harness);
    variables.forEach((name, value) -> {
      if (!APART.matcher(name).matches()) {
        all.put(name, value);
      }
    });
    return all;
  }

  private List<String> mounted(
      Confinement.Means.Container container, List<String> run, List<Confinement.Overlay> overlays) {
    List<String> all = new ArrayList<>();
    if (!overlays.isEmpty() && container.engine().rootless()) {
      all.addAll(List.of("podman", "unshare", "--"));
    }
    all.addAll(Bubblewrap.mounted(run, overlays, ROOT));
    return all;
  }

  /** Inside Podman's user namespace the user is root. */
  private static final User ROOT = new User("0", "0");

  private List<String> words(
      Confinement.Means.Container container,
      List<String> streams,
      Confinement.Shut shut,
      List<String> argv,
      Path directory,
      Map<String, String> variables) {
    ContainerEngine engine = container.engine();
    List<String> all =
        new ArrayList<>(
            List.of(
                engine.kind().program(),
                "run",
                "--rm",
                "--interactive",
                "--pull=never",
                "--name=" + name,
                "--read-only",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--security-opt=label=disable", // the user's files keep their labels
                "--network=" + (shut.network() ? "host" : "none"),
                "--shm-size=" + bounds.bytes(SHARED_MEMORY)));
    all.addAll(streams);
    labels.forEach((label, value) -> all.add("--label=" + label + "=" + value));
    all.addAll(identity(engine));
    all.addAll(limits(engine));
    mounts(engine, shut, variables).values().forEach(all::add);
    new TreeSet<>(variables.keySet())
        .forEach(
            v -> all.add("--env=" + (APART.matcher(v).matches() ? v + "=" + variables.get(v) : v)));
    all.addAll(List.of("--workdir=" + directory, "--entrypoint=/bin/sh"));
    all.add(container.image().name());
    all.addAll(Containment.INIT.subList(1, Containment.INIT.size()));
    all.addAll(argv);
    return all;
  }

  /** Files in the tree belong to the user of the harness, inside and outside. */
  private List<String> identity(ContainerEngine engine) {
    return switch (engine.kind()) {
      case PODMAN ->
          engine.rootless()
              ? List.of("--userns=keep-id", "--http-proxy=false")
              : List.of("--user=0:0", "--http-proxy=false");
      case DOCKER ->
          List.of("--user=" + (engine.rootless() ? "0:0" : user.uid() + ":" + user.gid()));
    };
  }

  private List<String> limits(ContainerEngine engine) {
    List<String> all = new ArrayList<>();
    if (engine.groups()) {
      all.add("--pids-limit=" + bounds.processes());
    }
    switch (engine.kind()) {
      case PODMAN ->
          all.addAll(
              List.of(
                  "--image-volume=tmpfs", // else a volume of the image is outside of the limits
                  "--ulimit=nofile=%1$d:%1$d".formatted(filesMax),
                  "--ulimit=nproc=%1$d:%1$d".formatted(bounds.processes())));
      case DOCKER -> {} // its daemon has limits of its own, and counts all processes of the user
    }
    return all;
  }

  /** By place; of two mounts at one place the one that allows more remains. */
  private Map<Path, String> mounts(
      ContainerEngine engine, Confinement.Shut shut, Map<String, String> variables) {
    Map<Path, String> all = new LinkedHashMap<>();
    Stream<Path> home = Stream.ofNullable(variables.get("HOME")).map(Path::of);
    Stream.concat(PRIVATE.stream(), home.filter(h -> h.isAbsolute() && h.getNameCount() > 0))
        .forEach(p -> all.put(p, empty(engine, p)));
    shut.readable().stream().filter(Files::exists).forEach(p -> all.put(p, bind(p, p, false)));
    shut.writable().stream().filter(Files::exists).forEach(p -> all.put(p, bind(p, p, true)));
    shut.overlays()
        .forEach(o -> all.put(o.at(), bind(Confinement.Overlay.merged(o.scratch()), o.at(), true)));
    shut.binds().forEach(b -> all.put(b.at(), bind(b.from(), b.at(), b.writable())));
    new ArrayList<>(all.keySet())
        .forEach(at -> between(at, all).forEach(p -> all.put(p, empty(engine, p))));
    return all;
  }

  /**
   * The directories between an empty directory and a mount in it. The engine would make them for
   * root alone.
   */
  private static List<Path> between(Path at, Map<Path, String> mounts) {
    List<Path> all = new ArrayList<>();
    for (Path p = at.getParent(); p != null; p = p.getParent()) {
      String outer = mounts.get(p);
      if (outer != null) {
        return outer.startsWith(EMPTY) ? all : List.of();
      }
      all.add(p);
    }
    return List.of();
  }

  private String empty(ContainerEngine engine, Path at) {
    String copies =
        switch (engine.kind()) {
          case PODMAN -> ",notmpcopyup";
          case DOCKER -> "";
        };
    return (EMPTY + "%s:rw,exec,nosuid,nodev,mode=1777,size=%d%s")
        .formatted(at, bounds.bytes(at), copies);
  }

  private static String bind(Path from, Path at, boolean writable) {
    if ((from + "" + at).matches("(?s).*[,\"\n].*")) {
      throw new Fault(
          "A container can't have the path "
              + at
              + ", because it contains a comma or a quotation mark; rename it.");
    }
    return "--mount=type=bind,source=%s,target=%s%s"
        .formatted(from, at, writable ? "" : ",readonly");
  }
}

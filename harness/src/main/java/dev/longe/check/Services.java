package dev.longe.check;

import dev.longe.core.Command;
import dev.longe.core.Fault;
import dev.longe.core.ServiceSpec;
import dev.longe.core.Spans;
import dev.longe.home.Directories;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Place;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The services of one process. They are started in its place before it, and end with it. Immutable;
 * the directory is for one process at a time.
 */
public final class Services {
  private static final Pattern NOT_READY = Pattern.compile("(\\d{1,4}) (?:late|ended (\\d{1,3}))");

  /** Succeeds when each of the ports takes connections. */
  private static final String CONNECTS =
      "for port; do (exec 3<> \"/dev/tcp/127.0.0.1/$port\") || exit 1; done";

  private final List<ServiceSpec> specs;
  private final Path directory;
  private final Map<String, String> ports;

  private Services(List<ServiceSpec> specs, Path directory, Map<String, String> ports) {
    this.specs = List.copyOf(specs);
    this.directory = directory;
    this.ports = Map.copyOf(ports);
  }

  /**
   * Services that are not started yet. Their ports are free at this moment.
   *
   * @param directory does not exist, or is from an earlier process that has ended
   */
  public static Services of(List<ServiceSpec> specs, Path directory) {
    Services services =
        new Services(
            specs, directory, ports(specs.stream().flatMap(s -> s.ports().stream()).toList()));
    services.delete();
    if (!specs.isEmpty()) {
      Directories.make(directory);
    }
    return services;
  }

  /** The ports are taken all at once, so that no two are equal. */
  private static Map<String, String> ports(List<String> names) {
    List<ServerSocket> taken = new ArrayList<>();
    Map<String, String> ports = new HashMap<>();
    try {
      for (String name : names) {
        ServerSocket socket = new ServerSocket(0);
        taken.add(socket);
        ports.put(name, Integer.toString(socket.getLocalPort()));
      }
      for (ServerSocket socket : taken) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new Fault("No port is free for a service: " + e.getMessage(), e);
    }
  }

  /** The place of the process and its services. */
  public Place at(Place place) {
    return specs.isEmpty() ? place : place.with(ports, directory);
  }

  /** The command line of a process that runs only if all services are ready. */
  public List<String> needed(List<String> argv) {
    List<String> all = new ArrayList<>(before("needed"));
    all.addAll(argv);
    return all;
  }

  /** The words before the command line of a process that also runs without the services. */
  public List<String> wanted() {
    return before("wanted");
  }

  private List<String> before(String which) {
    List<String> all = new ArrayList<>();
    if (!specs.isEmpty()) {
      all.addAll(
          List.of("bash", "-c", ServiceScript.TEXT, "services", directory.toString(), which));
      specs.forEach(s -> all.addAll(words(s)));
      all.add("--");
    }
    return all;
  }

  private List<String> words(ServiceSpec spec) {
    long seconds = spec.timeout().plusMillis(999).toSeconds();
    List<String> all = new ArrayList<>(List.of(spec.name(), Long.toString(seconds)));
    counted(all, ready(spec));
    counted(all, Checker.argv(spec.command()));
    return all;
  }

  private static void counted(List<String> all, List<String> words) {
    all.add(Integer.toString(words.size()));
    all.addAll(words);
  }

  private List<String> ready(ServiceSpec spec) {
    Optional<Command> own = spec.ready();
    if (own.isPresent()) {
      return Checker.argv(own.get());
    }
    List<String> words = new ArrayList<>(List.of("bash", "-c", CONNECTS, "ready"));
    spec.ports().stream().map(ports::get).map(Objects::requireNonNull).forEach(words::add);
    return words;
  }

  /** Deletes the directory. The process has ended. */
  public void delete() {
    if (directory.toFile().exists()) {
      Directories.delete(directory);
    }
  }

  /** How long all services together may take to become ready. */
  public Duration timeout() {
    return specs.stream().map(ServiceSpec::timeout).reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * The first service that was not ready; empty if the command ran.
   *
   * @param outputs of these services
   */
  Optional<NotReady> notReady(Exit exit, List<ServiceOutput> outputs) {
    // A process of the run may have written the file; the script itself never exits with 0 then.
    Matcher m = NOT_READY.matcher(ServiceOutput.text(directory.resolve("not-ready")).strip());
    if (exit.ok() || !m.matches()) {
      return Optional.empty();
    }
    int index = Integer.parseInt(m.group(1)) - 1;
    return IntStream.of(index)
        .filter(i -> i >= 0 && i < specs.size())
        .mapToObj(i -> new NotReady(outputs.get(i), how(specs.get(i), m.group(2))))
        .findFirst();
  }

  private static String how(ServiceSpec spec, @Nullable String status) {
    return status == null
        ? "was not ready after " + Spans.shown(spec.timeout())
        : "ended with exit " + status + " before it was ready";
  }

  /** What the services have printed, each with the secrets of the place replaced. */
  List<ServiceOutput> outputs(Place place) {
    String seen = directory + "/";
    Set<String> ended =
        new HashSet<>(ServiceOutput.text(directory.resolve("ended")).lines().toList());
    return IntStream.rangeClosed(1, specs.size())
        .mapToObj(n ->
            ServiceOutput.read(
                directory,
                n,
                specs.get(n - 1).name(),
                ended.contains(Integer.toString(n)),
                line -> place.redacted(line).replace(seen, "")))
        .toList();
  }
}

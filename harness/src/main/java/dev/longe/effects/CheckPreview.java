package dev.longe.effects;

import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Loop;
import dev.longe.core.ServiceSpec;
import dev.longe.core.Spans;
import dev.longe.sandbox.Confinement.Means;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.Repository;
import dev.longe.workspace.SetupInputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a check of a loop would get on this machine.
 *
 * @param confined whether its processes would be confined
 * @param confinement the reason for that, as a sentence
 * @param network whether they would reach the network; loopback is always there
 * @param setup the command that prepares the tree
 * @param carry untracked files of the user that every tree contains
 * @param variables names and values; secret values are replaced
 * @param path the directories of {@code PATH} in which programs are found, in this order; none in a
 *     container, which has those of its image
 * @param pathMissing those that do not exist or would be hidden
 * @param tools paths below the home directory that can be read
 * @param caches package caches that can be read and, if overlays work, written without effect
 * @param cachesWritable whether caches can be written
 * @param limits each as a sentence
 */
public record CheckPreview(
    String loop,
    boolean confined,
    String confinement,
    boolean network,
    Optional<String> setup,
    List<Service> services,
    List<String> carry,
    Map<String, String> variables,
    List<String> path,
    List<String> pathMissing,
    List<String> tools,
    List<String> caches,
    boolean cachesWritable,
    List<String> limits) {
  /** A service of the loop. */
  public record Service(String name, String run, List<String> ports, String timeout) {}

  public CheckPreview {
    services = List.copyOf(services);
    carry = List.copyOf(carry);
    path = List.copyOf(path);
    pathMissing = List.copyOf(pathMissing);
    tools = List.copyOf(tools);
    caches = List.copyOf(caches);
    limits = List.copyOf(limits);
  }

  /** The preview of a loop in a repository. */
  static CheckPreview of(Loop loop, Repository repository, Installation installation) {
    Environment environment = installation.environment();
    Sandbox sandbox = installation.sandbox();
    Confining confining = new Confining(installation.home(), environment, sandbox);
    Confining.Answer answer = confining.answer(loop.sandbox());
    Optional<Means> means = confining.found(loop.sandbox());
    Map<String, String> variables = variables(means, loop, environment);
    List<Path> tools = tools(means, repository, environment);
    Map<Boolean, List<String>> path =
        Stream.of(variables.getOrDefault("PATH", "").split(":"))
            .filter(p -> !p.isEmpty())
            .collect(
                Collectors.partitioningBy(p ->
                    Files.isDirectory(Path.of(p))
                        && !(means.isPresent() && Path.of(p).startsWith(repository.top()))));
    return new CheckPreview(
        loop.name(),
        means.isPresent(),
        confinement(answer),
        means.isEmpty() || loop.sandbox().network().checks(),
        loop.setup().map(Command::shown),
        loop.services().stream().map(CheckPreview::service).toList(),
        loop.carry(),
        Environment.withoutSecrets(variables),
        path.getOrDefault(true, List.of()),
        path.getOrDefault(false, List.of()),
        tools.stream()
            .filter(p -> p.startsWith(environment.home()) && Files.exists(p))
            .map(Path::toString)
            .distinct()
            .sorted()
            .toList(),
        Caches.shown(environment).stream().map(Path::toString).toList(),
        means.filter(m -> confining.withoutOverlays(m).isEmpty()).isPresent(),
        limits(loop, sandbox.limits(means)));
  }

  private static String confinement(Confining.Answer answer) {
    return switch (answer) {
      case Confining.Answer.By(Means.Namespaces _) -> "by bubblewrap";
      case Confining.Answer.By(Means.Container container) -> container.shown();
      case Confining.Answer.Not not -> not.why();
      case Confining.Answer.Refused refused ->
          "the loop's key «sandbox» " + refused.why() + "; its tasks are refused";
    };
  }

  private static Map<String, String> variables(
      Optional<Means> means, Loop loop, Environment environment) {
    Map<String, String> all = Places.checkVariables(environment, loop);
    return new TreeMap<>(means.map(m -> MachineView.variables(m, loop, all)).orElse(all));
  }

  private static List<Path> tools(
      Optional<Means> means, Repository repository, Environment environment) {
    boolean image = means.filter(m -> m instanceof Means.Container).isPresent();
    return image ? List.of() : new UserTools(environment).readable(repository).toList();
  }

  private static Service service(ServiceSpec spec) {
    return new Service(
        spec.name(), spec.command().shown(), spec.ports(), Spans.shown(spec.timeout()));
  }

  private static List<String> limits(Loop loop, List<String> ofMachine) {
    List<String> all = new ArrayList<>(ofMachine);
    for (CheckSpec check : loop.checks()) {
      switch (check) {
        case CheckSpec.Run r -> all.add("«" + r.name() + "» may take " + Spans.shown(r.timeout()));
        case CheckSpec.Metric m ->
            all.add("«" + m.name() + "» may take " + Spans.shown(m.timeout()));
        case CheckSpec.Human _, CheckSpec.Judge _, CheckSpec.Slop _ -> {}
      }
    }
    return all;
  }

  /** Globs of all that a loop's setup depends on; empty if that is the whole commit. */
  public static Optional<List<String>> setupInputs(Loop loop) {
    return SetupInputs.of(loop).map(SetupInputs::globs);
  }
}

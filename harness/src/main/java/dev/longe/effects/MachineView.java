package dev.longe.effects;

import dev.longe.agent.Agent;
import dev.longe.core.AgentSpec;
import dev.longe.core.Loop;
import dev.longe.core.Sandboxing;
import dev.longe.home.Home;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Confinement.Means;
import dev.longe.sandbox.Confinement.Overlay;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Place;
import dev.longe.workspace.Repository;
import dev.longe.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the processes of a task see of the machine. */
record MachineView(Home home, UserTools tools, Confining confining) {
  record Access(
      Collection<Path> readable,
      Collection<Path> writable,
      List<Overlay> overlays,
      List<Confinement.Bind> binds,
      boolean network) {}

  /** The place of a process of a task. */
  Place place(
      Loop loop, Workspace workspace, SeenTree seen, Map<String, String> variables, Access access) {
    return confining
        .means(loop.sandbox())
        .map(means -> confined(means, loop, workspace, seen, variables, access))
        .orElseGet(() -> {
          workspace.carried().copy(seen.path());
          return new Place(seen.path(), variables, new Confinement.Open());
        });
  }

  private Place confined(
      Means means,
      Loop loop,
      Workspace workspace,
      SeenTree seen,
      Map<String, String> variables,
      Access access) {
    List<Path> readable = new ArrayList<>(access.readable());
    List<Path> writable = new ArrayList<>(access.writable());
    List<Overlay> overlays = new ArrayList<>(seen.layer().stream().toList());
    readable.addAll(system(means, workspace.repository(), variables));
    if (confining.overlays(loop.sandbox())) {
      overlays.addAll(access.overlays());
    } else {
      access.overlays().forEach(o -> readable.addAll(o.lower()));
    }
    List<Confinement.Bind> binds = new ArrayList<>(access.binds());
    if (seen.layer().isPresent()) {
      binds.addAll(workspace.borrowed().binds());
    } else {
      (seen.writable() ? writable : readable).add(seen.path());
      readable.add(workspace.borrowed().store());
    }
    binds.addAll(carried(workspace, seen));
    return new Place(
        seen.path(),
        variables(means, loop, variables),
        new Confinement.Shut(
            means,
            hidden(workspace.repository(), seen),
            readable,
            writable,
            overlays,
            binds,
            access.network()));
  }

  /** The variables of a confined process, which has its own {@code /tmp}. */
  static Map<String, String> variables(Means means, Loop loop, Map<String, String> variables) {
    return switch (means) {
      case Means.Namespaces _ -> {
        Map<String, String> all = new HashMap<>(variables);
        all.remove("TMPDIR");
        yield all;
      }
      case Means.Container _ -> Environment.elsewhere(variables, loop.env());
    };
  }

  /** What of this machine's system a process needs beside what it sees anyway. */
  private List<Path> system(Means means, Repository repository, Map<String, String> variables) {
    return switch (means) {
      case Means.Namespaces _ -> tools.readable(repository).toList();
      case Means.Container _ -> Environment.certificates(variables);
    };
  }

  /** The installation of an agent's program; in a container it is a part of the image. */
  List<Path> program(Loop loop, Agent agent, AgentSpec spec) {
    return confining
        .means(loop.sandbox())
        .map(means ->
            switch (means) {
              case Means.Namespaces _ -> tools.program(agent, spec);
              case Means.Container _ -> ownFile(agent, spec);
            })
        .orElseGet(() -> tools.program(agent, spec));
  }

  /** The user's own file that is the program of an agent. */
  private static List<Path> ownFile(Agent agent, AgentSpec spec) {
    return agent.program().isPresent()
        ? List.of()
        : spec.arguments().stream()
            .limit(1)
            .map(Path::of)
            .filter(p -> p.isAbsolute() && Files.isExecutable(p))
            .toList();
  }

  /** The id of the image in which the processes of a task run; empty if there is none. */
  String image(Sandboxing sandboxing) {
    return confining
        .means(sandboxing)
        .map(means ->
            switch (means) {
              case Means.Namespaces _ -> "";
              case Means.Container container -> confining.sandbox().containers().id(container);
            })
        .orElse("");
  }

  private List<Path> hidden(Repository repository, SeenTree seen) {
    return Stream.of(
            tools.home(),
            home.root(),
            Path.of("/home"),
            Path.of("/root"),
            repository.top(),
            repository.common())
        .filter(p -> p.getNameCount() > 0)
        .filter(p -> seen.layer().isEmpty() || !p.startsWith(seen.path()))
        .toList();
  }

  /** The carried files, as mounts in a tree. */
  static List<Confinement.Bind> carried(Workspace workspace, SeenTree seen) {
    return workspace.carried().in(seen.files()).stream()
        .map(i -> new Confinement.Bind(seen.path().resolve(i.path()), i.from(), false))
        .toList();
  }
}

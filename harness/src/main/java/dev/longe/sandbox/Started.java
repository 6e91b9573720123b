package dev.longe.sandbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is really started for a process: its command line with what confines it, its environment,
 * and the tree that it will be.
 *
 * @param directory where the command line starts; a confined process changes to its own directory
 *     when it has its own view of the machine
 */
record Started(List<String> argv, Map<String, String> variables, Path directory, ProcessTree tree) {
  private static final Path ROOT = Path.of("/");

  /** Makes them. */
  record Maker(Owners owners, Map<String, String> harness, Probed probed) {
    Started of(ProcessSpec spec, String run) {
      if (!spec.contained()) {
        return new Started(
            spec.argv(), spec.environment(), spec.directory(), new ProcessTree.Children());
      }
      Map<String, String> all = new HashMap<>(spec.environment());
      all.put(Marker.OWNER, owners.file().toString());
      all.put(Marker.RUN, run);
      return switch (spec.confinement()) {
        case Confinement.Open _ -> open(spec, all, run);
        case Confinement.Shut shut ->
            switch (shut.means()) {
              case Confinement.Means.Namespaces _ ->
                  new Started(
                      Bubblewrap.wrap(
                          spec.argv(), shut, spec.directory(), User.present(), probed.shut()),
                      all,
                      ROOT,
                      new ProcessTree.Namespace(run));
              case Confinement.Means.Container container ->
                  inContainer(spec, container, shut, all, run);
            };
      };
    }

    private Started open(ProcessSpec spec, Map<String, String> all, String run) {
      Containment containment = probed.containment();
      return containment.namespaced()
          ? new Started(
              containment.wrap(probed.open().inNamespace(spec.argv())),
              all,
              spec.directory(),
              new ProcessTree.Namespace(run))
          : new Started(
              containment.wrap(spec.argv()), all, spec.directory(), new ProcessTree.Marked(run));
    }

    private Started inContainer(
        ProcessSpec spec,
        Confinement.Means.Container container,
        Confinement.Shut shut,
        Map<String, String> all,
        String run) {
      String name = ContainerRecords.name(run);
      ContainerWords.Client client =
          words(name, run).client(container, shut, spec.argv(), spec.directory(), all, harness);
      ContainerRecords.Entry entry =
          new ContainerRecords(owners.containers(), harness)
              .begin(container.engine().kind(), name, owners.file());
      return new Started(
          client.argv(), client.variables(), ROOT, new ProcessTree.Contained(run, entry));
    }

    private ContainerWords words(String name, String run) {
      return new ContainerWords(
          name,
          Map.of("longe.owner", owners.file().toString(), "longe.run", run),
          User.present(),
          probed.contained(),
          Bounds.files());
    }

    /** A program on the user's terminal. Its tree is not watched. */
    Started onTerminal(List<String> argv, Place place, String run) {
      Map<String, String> variables = place.variables();
      return switch (place.confinement()) {
        case Confinement.Open _ ->
            new Started(argv, variables, place.directory(), new ProcessTree.Children());
        case Confinement.Shut shut ->
            switch (shut.means()) {
              case Confinement.Means.Namespaces _ ->
                  new Started(
                      Bubblewrap.onTerminal(
                          argv, shut, place.directory(), User.present(), probed.shut()),
                      variables,
                      ROOT,
                      new ProcessTree.Children());
              case Confinement.Means.Container container -> {
                String name = ContainerRecords.name(run);
                ContainerWords.Client client =
                    words(name, run)
                        .onTerminal(container, shut, argv, place.directory(), variables, harness);
                ContainerRecords.Entry entry =
                    new ContainerRecords(owners.containers(), harness)
                        .begin(container.engine().kind(), name, owners.file());
                yield new Started(
                    client.argv(), client.variables(), ROOT, new ProcessTree.Contained(run, entry));
              }
            };
      };
    }
  }
}

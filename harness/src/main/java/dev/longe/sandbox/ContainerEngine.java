package dev.longe.sandbox;

import java.util.ArrayList;
import java.util.List;

/**
 * A program that runs containers.
 *
 * @param rootless whether it runs them with the rights of an ordinary user
 * @param groups whether it can bound the processes of a container with control groups
 */
public record ContainerEngine(Kind kind, boolean rootless, boolean groups) {
  /** The programs, in the order in which they are chosen. */
  public enum Kind {
    /**
     * The first choice: it has no daemon, so its containers are processes of the user, and it sees
     * mounts that a process made for itself.
     */
    PODMAN("podman", "{{.Host.Security.Rootless}} {{.Host.CgroupsVersion}}"),
    /** Its daemon makes the mounts, so it can't have overlays of another process. */
    DOCKER("docker", "{{.SecurityOptions}}");

    private final String program;
    private final String facts;

    Kind(String program, String facts) {
      this.program = program;
      this.facts = facts;
    }

    String program() {
      return program;
    }

    /** The command that prints what {@link #engine} reads. */
    List<String> asksFacts() {
      return List.of(program, "info", "--format", facts);
    }

    ContainerEngine engine(String printed) {
      return switch (this) {
        case PODMAN -> {
          boolean rootless = printed.startsWith("true");
          yield new ContainerEngine(this, rootless, !rootless || printed.endsWith("v2"));
        }
        case DOCKER -> new ContainerEngine(this, printed.contains("name=rootless"), true);
      };
    }

    /** The command that ends and removes a container, if there is one of this name. */
    List<String> removes(String name) {
      List<String> all = new ArrayList<>(List.of(program, "rm", "--force", "--volumes"));
      switch (this) {
        case PODMAN -> all.addAll(List.of("--ignore", "--time", "0"));
        case DOCKER -> {}
      }
      all.add(name);
      return all;
    }

    /** What to do if {@link #asksFacts} fails. */
    String broken(String says) {
      return switch (this) {
        case PODMAN ->
            "podman does not work here (%s); see what «podman info» says".formatted(says);
        case DOCKER ->
            "docker does not work here (%s); start its daemon, and become a member of the group"
                    .formatted(says)
                + " docker, or install podman";
      };
    }
  }

  /** A description for people. */
  public String shown() {
    return kind.program() + (rootless ? " without root" : "");
  }

  /** The command that prints the id of an image; it fails if the image is not there. */
  List<String> asksId(String image) {
    return List.of(kind.program(), "image", "inspect", "--format", "{{.Id}}", image);
  }
}

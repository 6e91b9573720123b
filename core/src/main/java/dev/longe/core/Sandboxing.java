package dev.longe.core;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the processes of a task are confined: agents, setup, checks, judges and probes.
 *
 * @param network which of them reach the network; it binds only processes that are confined
 * @param container the image in whose containers they run; only with {@link Level#REQUIRED}
 */
public record Sandboxing(Level level, Network network, Optional<Image> container) {
  public Sandboxing {
    if (container.isPresent() && level != Level.REQUIRED) {
      throw new IllegalArgumentException("a container is always required");
    }
  }

  /** Whether processes are confined. */
  public enum Level {
    /** They have the same access to the machine as the user. */
    NONE,
    /** They are confined where the machine can confine them. */
    AUTO,
    /** They are confined; a machine that can't confine them refuses the task. */
    REQUIRED
  }

  /** Who reaches the network. The loopback interface is always there. */
  public record Network(boolean agent, boolean setup, boolean checks) {
    public static final Network ALL = new Network(true, true, true);

    /** A check that needs the network gives another verdict when the network fails. */
    public static final Network DEFAULT = new Network(true, true, false);
  }

  /**
   * The image of a container.
   *
   * @param name as a container engine takes it, for example {@code docker.io/library/node:24}
   */
  public record Image(String name) {
    private static final int LENGTH_MAX = 255;

    private static final Pattern NAME =
        Pattern.compile(
            "(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?/)?" // registry
                + "[a-z0-9]+(?:(?:[._]|__|-+|/)[a-z0-9]+)*"
                + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?" // tag
                + "(?:@sha256:[0-9a-f]{64})?");

    public Image {
      if (name.length() > LENGTH_MAX || !NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "must name an image, such as container:docker.io/library/node:24, was «" + name + "»");
      }
    }
  }

  public static final Sandboxing NONE = new Sandboxing(Level.NONE, Network.ALL, Optional.empty());

  public static final Sandboxing DEFAULT =
      new Sandboxing(Level.AUTO, Network.DEFAULT, Optional.empty());

  /** In containers of an image. */
  public static Sandboxing in(Image image) {
    return new Sandboxing(Level.REQUIRED, Network.DEFAULT, Optional.of(image));
  }

  /** With another level, and without a container. */
  public Sandboxing with(Level other) {
    return new Sandboxing(other, network, Optional.empty());
  }

  public Sandboxing with(Network other) {
    return new Sandboxing(level, other, container);
  }
}

package dev.longe.core;

/**
 * How the processes of a task are confined: agents, setup, checks, judges and probes.
 *
 * @param network which of them reach the network; it binds only processes that are confined
 */
public record Sandboxing(Level level, Network network) {
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

  public static final Sandboxing NONE = new Sandboxing(Level.NONE, Network.ALL);

  public static final Sandboxing DEFAULT = new Sandboxing(Level.AUTO, Network.DEFAULT);

  public Sandboxing with(Level other) {
    return new Sandboxing(other, network);
  }

  public Sandboxing with(Network other) {
    return new Sandboxing(level, other);
  }
}

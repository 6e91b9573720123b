package dev.longe.agent;

/**
 * Whether an agent has credentials. Determined without calling the provider, so it costs nothing.
 *
 * @param says where the credentials are, or how to get them
 */
public record Login(State state, String says) {
  /** Whether credentials exist. An agent may keep them in a place that can't be inspected. */
  public enum State {
    YES,
    NO,
    UNKNOWN
  }

  static Login yes(String where) {
    return new Login(State.YES, where);
  }

  public static Login no(String how) {
    return new Login(State.NO, how);
  }

  public static Login unknown(String why) {
    return new Login(State.UNKNOWN, why);
  }
}

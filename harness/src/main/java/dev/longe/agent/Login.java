package dev.longe.agent;

/**
 * Whether an agent has credentials, found without asking its provider: nothing is spent.
 *
 * @param says where they are, or how to get them
 */
public record Login(State state, String says) {
  /** An agent may keep credentials where nobody else can look. */
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

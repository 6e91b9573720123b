package dev.longe.tasks;

import dev.longe.home.Home;
import dev.longe.sandbox.Environment;

/** Makes engines that work on other machines; found on the class path. */
public interface RemoteEngines {
  /** The scheme of the addresses that it knows. */
  String scheme();

  /**
   * Reaches an engine.
   *
   * @param home of this machine, for its keys
   * @throws dev.longe.core.Fault if it can't be reached, with one sentence that says why
   */
  RemoteEngine connect(String address, Environment environment, Home home);

  /** A line with a new key for the team. */
  String newKey(String name);
}

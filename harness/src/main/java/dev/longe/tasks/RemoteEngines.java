package dev.longe.tasks;

import dev.longe.home.Home;
import dev.longe.sandbox.Environment;

/** A provider of remote engines; found by {@link java.util.ServiceLoader}. */
public interface RemoteEngines {
  /** The URI scheme of the addresses that it supports. */
  String scheme();

  /**
   * Connects to an engine.
   *
   * @param home the home of this machine, which has the team's keys
   * @throws dev.longe.core.Fault with one sentence, if the engine can't be reached
   */
  RemoteEngine connect(String address, Environment environment, Home home);

  /** A key-file line with a new random key. */
  String newKey(String name);
}

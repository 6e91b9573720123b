package dev.longe.tasks;

import dev.longe.core.Fault;
import dev.longe.home.Home;
import dev.longe.sandbox.Environment;
import java.util.ServiceLoader;

/** A provider of remote engines; found by {@link java.util.ServiceLoader}. */
public interface RemoteEngines {
  /**
   * The provider of engines for the scheme of an address.
   *
   * @throws Fault if there is none
   */
  static RemoteEngines of(String address) {
    return ServiceLoader.load(RemoteEngines.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(e -> address.startsWith(e.scheme() + ":"))
        .findFirst()
        .orElseThrow(() ->
            new Fault(
                "LONGE_ENGINE is «%s», which no installed module supports; it must be temporal://HOST:PORT/NAMESPACE."
                    .formatted(address)));
  }

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

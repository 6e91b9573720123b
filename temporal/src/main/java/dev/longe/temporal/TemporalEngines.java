package dev.longe.temporal;

import dev.longe.journal.Home;
import dev.longe.runner.RemoteEngine;
import dev.longe.runner.RemoteEngines;
import dev.longe.sandbox.Environment;

/** Engines at {@code temporal://HOST:PORT/NAMESPACE}. */
public final class TemporalEngines implements RemoteEngines {
  /** Called by the service loader. */
  public TemporalEngines() {}

  @Override
  public String scheme() {
    return Address.SCHEME;
  }

  @Override
  public RemoteEngine connect(String address, Environment environment, Home home) {
    return new TemporalEngine(Connection.to(address, environment, home));
  }

  @Override
  public String newKey(String name) {
    return TeamKeys.fresh(name);
  }
}

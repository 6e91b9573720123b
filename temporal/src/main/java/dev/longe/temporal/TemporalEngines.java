package dev.longe.temporal;

import dev.longe.home.Home;
import dev.longe.sandbox.Environment;
import dev.longe.tasks.RemoteEngine;
import dev.longe.tasks.RemoteEngines;

/** Connects to engines at {@code temporal://HOST:PORT/NAMESPACE}. */
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

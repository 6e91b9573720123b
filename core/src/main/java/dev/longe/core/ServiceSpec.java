package dev.longe.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A program that checks need while they run, for example a database.
 *
 * @param command runs until it is ended
 * @param ready exits with 0 when the service can be used; without it, the service can be used when
 *     each of its ports takes connections
 * @param timeout how long the service may take until it can be used
 * @param ports names of variables; the value of each is the number of a free port
 * @param agent whether an agent gets a service of this kind too
 */
public record ServiceSpec(
    String name,
    Command command,
    Optional<Command> ready,
    Duration timeout,
    List<String> ports,
    boolean agent) {
  public ServiceSpec {
    Require.text(name, "service name");
    Require.positive(timeout, "timeout");
    ports = List.copyOf(ports);
  }
}

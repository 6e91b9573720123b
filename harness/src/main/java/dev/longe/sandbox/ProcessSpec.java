package dev.longe.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param environment all that it sees, besides the harness's own markers
 * @param contained whether its whole tree dies with it; without, only for the harness's own short
 *     commands
 * @param timeout wall time after which it is killed
 * @param outputBytesMax bytes on both outputs together after which it is killed
 * @param input what it reads first
 * @param keepInputOpen whether more may be sent later
 */
public record ProcessSpec(
    List<String> argv,
    Path directory,
    Map<String, String> environment,
    boolean contained,
    Confinement confinement,
    Duration timeout,
    long outputBytesMax,
    String input,
    boolean keepInputOpen) {
  public ProcessSpec {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }
}

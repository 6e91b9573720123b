package dev.longe.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param environment its whole environment, except for the harness's markers
 * @param contained whether its whole tree is killed when it ends; false only for the harness's own
 *     short commands
 * @param timeout wall time after which it is killed
 * @param outputBytesMax bytes of standard output and standard error together after which it is
 *     killed
 * @param input the beginning of its standard input
 * @param keepInputOpen whether more input may be sent later
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

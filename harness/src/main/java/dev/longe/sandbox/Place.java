package dev.longe.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a process runs, what it sees of the environment, and what it can access.
 *
 * @param variables the whole environment of the process, except for the harness's markers
 */
public record Place(Path directory, Map<String, String> variables, Confinement confinement) {
  public Place {
    variables = Map.copyOf(variables);
  }

  /** This place with further variables and a further directory that may be changed. */
  public Place with(Map<String, String> more, Path writable) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(more);
    return new Place(directory, all, confinement.withWritable(writable));
  }

  /** A text with the values of this place's secret variables replaced. */
  public String redacted(String text) {
    return new Redactor(variables).clean(text);
  }

  /** A process that runs here without input, and whose whole tree ends with it. */
  public ProcessSpec process(List<String> argv, Duration timeout, long outputBytesMax) {
    return new ProcessSpec(
        argv, directory, variables, true, confinement, timeout, outputBytesMax, "", false);
  }
}

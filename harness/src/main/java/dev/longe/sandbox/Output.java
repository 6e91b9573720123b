package dev.longe.sandbox;

/**
 * Takes what a process prints. Called on the threads that read it, one at a time for each of the
 * two streams.
 */
public interface Output {
  /** A line of standard output, without its end, secrets replaced. */
  void line(String line);

  /** A line of standard error, without its end, secrets replaced. */
  void errorLine(String line);
}

package dev.longe.sandbox;

/**
 * Receives the output of a process. The methods are called on the reading threads; calls for the
 * same stream never overlap.
 */
public interface Output {
  /** Receives a line of standard output, without its line end and with secrets replaced. */
  void line(String line);

  /** Receives a line of standard error, without its line end and with secrets replaced. */
  void errorLine(String line);
}

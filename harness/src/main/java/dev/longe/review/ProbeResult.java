package dev.longe.review;

/**
 * Output of a command on the base and on the candidate. Combines standard output and standard
 * error, and includes an exit status other than 0.
 */
public record ProbeResult(String base, String candidate) {
  /** Whether the outputs differ. */
  public boolean differs() {
    return !base.equals(candidate);
  }
}

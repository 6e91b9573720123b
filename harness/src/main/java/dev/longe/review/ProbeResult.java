package dev.longe.review;

/**
 * What a command printed on a base and on a candidate, standard output and error together, and its
 * exit status where that is not 0.
 */
public record ProbeResult(String base, String candidate) {
  /** Whether the command shows the change at all. */
  public boolean differs() {
    return !base.equals(candidate);
  }
}

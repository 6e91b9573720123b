package dev.longe.sandbox;

import java.time.Duration;

/**
 * How a process ended.
 *
 * @param status the exit status; 128 + n after signal n
 */
public record Exit(int status, Ending ending, Duration took) {
  /** Why the process ended. */
  public enum Ending {
    EXITED,
    TIMED_OUT,
    TOO_MUCH_OUTPUT,
    KILLED
  }

  public boolean ok() {
    return ending == Ending.EXITED && status == 0;
  }
}

package dev.longe.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A process that takes a lock, says so, and holds it until it is killed. */
public final class LockHolder {
  private LockHolder() {}

  /** The file is the one argument. */
  public static void main(String[] arguments) {
    try (ExclusiveLock _ =
        ExclusiveLock.take(
            Path.of(arguments[0]),
            "held by another process",
            new ExclusiveLock.Patience(Duration.ZERO, () -> false, _ -> {}))) {
      System.out.println("held");
      while (!Thread.currentThread().isInterrupted()) {
        LockSupport.park();
      }
    }
  }
}

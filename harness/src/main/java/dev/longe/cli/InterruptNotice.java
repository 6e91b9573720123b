package dev.longe.cli;

import java.io.PrintStream;

/** Prints a message if this process is ended by Ctrl-C or SIGTERM before this is closed. */
final class InterruptNotice implements AutoCloseable {
  private final PrintStream to;
  private final String message;
  private volatile boolean over;

  private InterruptNotice(PrintStream to, String message) {
    this.to = to;
    this.message = message;
  }

  static InterruptNotice of(PrintStream to, String message) {
    InterruptNotice interruption = new InterruptNotice(to, message);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("longe-interrupted").unstarted(interruption::tell));
    return interruption;
  }

  private void tell() {
    if (!over) {
      to.println(message);
    }
  }

  @Override
  public void close() {
    over = true;
  }
}

package dev.longe.agent;

import dev.longe.core.LimitName;
import dev.longe.core.Stop;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.RunningProcess;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An attempt that runs as one process. Subclasses define what the process's exit means. */
public abstract class ProcessRun implements AgentRun {
  /**
   * How long an agent may take to end after it is asked to. The slowest measured clean exit took
   * less than a second.
   */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final long LOOK_MILLIS = 20;

  private final RunningProcess process;
  private final AtomicReference<@Nullable Stop> imposed = new AtomicReference<>();

  protected ProcessRun(RunningProcess process) {
    this.process = process;
  }

  /** The ending for an exit that the harness did not cause. */
  protected abstract Ending ending(Exit exit);

  protected RunningProcess process() {
    return process;
  }

  @Override
  public final Ending await() {
    Exit exit = process.await();
    Ending own = ending(exit);
    Stop why = imposed.get();
    if (why != null) {
      return new Ending(why, own.usage());
    }
    return switch (exit.ending()) {
      case EXITED, KILLED -> own;
      case TIMED_OUT -> new Ending(new Stop.OverLimit(LimitName.TIME), own.usage());
      case TOO_MUCH_OUTPUT -> new Ending(new Stop.OverLimit(LimitName.OUTPUT), own.usage());
    };
  }

  @Override
  public final void stop(Stop why) {
    imposed.compareAndSet(null, why);
    askToEnd();
    long until = System.nanoTime() + GRACE.toNanos();
    waitUntil(() -> System.nanoTime() > until);
    process.kill();
    release();
  }

  /** Releases resources that were started in addition to the process. */
  protected void release() {}

  /** Waits until the condition holds or the process has ended. */
  protected final void waitUntil(BooleanSupplier holds) {
    while (!process.ended() && !holds.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
  }

  /** Asks the agent to end. */
  protected void askToEnd() {
    process.terminate();
  }

  @Override
  public final Duration silence() {
    return process.silence();
  }

  @Override
  public final Duration processorTime() {
    return process.processorTime();
  }
}

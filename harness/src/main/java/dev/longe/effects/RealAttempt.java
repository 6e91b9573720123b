package dev.longe.effects;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.workspace.Workspace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An attempt of a real agent. The signals of its threads are queued for the thread of the task
 * loop.
 */
final class RealAttempt implements LiveAttempt {
  /** The capacity of the signal queue; a driver blocks while the queue is full. */
  private static final int SIGNALS_MAX = 10_000;

  /**
   * The share of its silence for which an agent must have used the processor to count as working.
   * Less than that is the noise of timers.
   */
  private static final double WORKING = 0.01;

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>(SIGNALS_MAX);
  private final TaskId task;
  private final Transcript transcript;
  private final Spectator spectator;
  private final Workspace workspace;
  private final InstantSource clock;
  private final CostEstimate pricing;
  private final Supplier<List<String>> after;
  private Duration processorBefore = Duration.ZERO;

  /**
   * @param after called when no process of the attempt is alive; what it returns is told
   */
  RealAttempt(
      TaskId task,
      Transcript transcript,
      Spectator spectator,
      Workspace workspace,
      InstantSource clock,
      CostEstimate pricing,
      Supplier<List<String>> after) {
    this.task = task;
    this.after = after;
    this.pricing = pricing;
    this.transcript = transcript;
    this.spectator = spectator;
    this.workspace = workspace;
    this.clock = clock;
  }

  private Optional<AgentRun> run = Optional.empty();
  private CompletableFuture<AgentRun.Ending> ending = new CompletableFuture<>();

  /** Follows a run that sends its events to {@link #saw}. */
  void follow(AgentRun started) {
    run = Optional.of(started);
    ending =
        CompletableFuture.supplyAsync(
            () -> ended(started), r -> Thread.ofVirtual().name("longe-attempt").start(r));
    CompletableFuture<Void> _ = ending.thenAccept(e -> put(new Signal.Over(priced(e))));
  }

  private AgentRun.Ending ended(AgentRun started) {
    try {
      return started.await();
    } finally {
      after.get().forEach(line -> saw(new AgentEvent.Said("[longe] " + line)));
    }
  }

  void saw(AgentEvent event) {
    transcript.add(event);
    spectator.saw(task, event);
    switch (event) {
      case AgentEvent.Started s -> {
        pricing.worksWith(s.model());
        put(new Signal.Named(s.session(), s.model()));
      }
      case AgentEvent.Used u -> put(new Signal.Used(pricing.of(u.usage())));
      case AgentEvent.Said _,
          AgentEvent.ToolCalled _,
          AgentEvent.ToolReturned _,
          AgentEvent.Raw _ -> {}
    }
  }

  private AgentRun.Ending priced(AgentRun.Ending e) {
    return new AgentRun.Ending(e.stop(), pricing.of(e.usage()));
  }

  private void put(Signal signal) {
    try {
      signals.put(signal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<Signal> next(Duration patience) {
    transcript.check();
    if (ending.isCompletedExceptionally()) {
      throw new IllegalStateException("the driver failed", ending.exceptionNow());
    }
    try {
      Optional<Signal> next =
          Optional.ofNullable(signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
      if (next.filter(s -> s instanceof Signal.Over).isPresent()) {
        transcript.close();
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public boolean steer(String message) {
    return run.orElseThrow().steer(message);
  }

  @Override
  public void stop(Stop why) {
    run.orElseThrow().stop(why);
  }

  @Override
  public Duration silence() {
    return run.orElseThrow().silence();
  }

  @Override
  public boolean worksSilently() {
    Duration now = run.orElseThrow().processorTime();
    Duration used = now.minus(processorBefore);
    processorBefore = now;
    Duration silence = silence();
    return Math.abs(used.toMillis()) > WORKING * silence.toMillis()
        || workspace.changedSince(clock.instant().minus(silence));
  }
}

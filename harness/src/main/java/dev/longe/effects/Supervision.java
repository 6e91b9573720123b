package dev.longe.effects;

import dev.longe.agent.AgentRun;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.LimitName;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.core.policy.LimitGauge;
import dev.longe.core.policy.Prompt;
import dev.longe.engine.Supervised;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Supervises one running attempt: appends its events to the journal, enforces its limits, and
 * passes on the words of humans.
 */
final class Supervision {
  /** The interval between two checks of limits and words. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** The shortest interval between two journal entries about a running attempt's use. */
  private static final Duration SPENDING_EVERY = Duration.ofSeconds(2);

  private final Supervised loop;
  private final LiveAttempt live;
  private final InstantSource clock;
  private final Money granted;
  private final int attempt;
  private final Instant began;
  private Instant lastSpending;
  private Instant lastLook;
  private Usage usage = Usage.NONE;
  private boolean wrappedUp;
  private boolean ending;
  private Duration excusedSilence = Duration.ZERO;

  Supervision(Supervised loop, LiveAttempt live, InstantSource clock, Money granted) {
    this.loop = loop;
    this.live = live;
    this.clock = clock;
    this.granted = granted;
    this.attempt = loop.state().attempts().size();
    this.began = clock.instant();
    this.lastSpending = began;
    this.lastLook = began;
  }

  /** Supervises the attempt; returns when it is over and its end is in the journal. */
  void follow() {
    AgentRun.Ending ending;
    try {
      ending = end();
    } catch (Fault e) {
      // Supervision has failed; what the agent used since its last report is unknown.
      Stop stop = new Stop.Crashed(-1, String.valueOf(e.getMessage()));
      ending = new AgentRun.Ending(stop, usage.plus(Usage.UNKNOWN));
    }
    loop.append(new Event.AttemptEnded(attempt, ending.stop(), ending.usage(), active()));
  }

  /** Follows the attempt to its end. If this throws, none of the attempt's processes is alive. */
  private AgentRun.Ending end() {
    Optional<AgentRun.Ending> over = Optional.empty();
    try {
      while (over.isEmpty()) {
        Optional<LiveAttempt.Signal> signal = live.next(TICK);
        if (signal.isPresent()) {
          over = take(signal.get());
        }
        if (over.isEmpty() && !ending) {
          look();
        }
      }
      return over.get();
    } finally {
      if (over.isEmpty()) {
        live.stop(new Stop.Lost());
      }
    }
  }

  private Duration active() {
    return Duration.between(began, clock.instant());
  }

  private Optional<AgentRun.Ending> take(LiveAttempt.Signal signal) {
    switch (signal) {
      case LiveAttempt.Signal.Named n ->
          loop.append(new Event.SessionNamed(attempt, n.session(), n.model()));
      case LiveAttempt.Signal.Used u -> {
        usage = u.usage();
        Instant now = clock.instant();
        if (Duration.between(lastSpending, now).compareTo(SPENDING_EVERY) >= 0) {
          lastSpending = now;
          loop.append(new Event.Spending(attempt, usage));
        }
      }
      case LiveAttempt.Signal.Over o -> {
        return Optional.of(o.ending());
      }
    }
    return Optional.empty();
  }

  private void look() {
    holdToLimits();
    Instant now = clock.instant();
    if (Duration.between(lastLook, now).compareTo(TICK) >= 0) {
      lastLook = now;
      loop.takeWords(Optional.of(live));
      ending |= loop.state().pauseAsked() || loop.state().stopAsked();
    }
  }

  private void holdToLimits() {
    if (usage.cost().known().compareTo(granted) > 0) {
      end(new Stop.OverLimit(LimitName.MONEY));
      return;
    }
    switch (LimitGauge.read(
        loop.state(), loop.state().policy(), new LimitGauge.Live(usage, active()))) {
      case LimitGauge.Reading.Far _ -> holdToSilence();
      case LimitGauge.Reading.Near near -> {
        if (!wrappedUp) {
          wrappedUp = true;
          boolean delivered = live.steer(Prompt.wrapUp(near.limit()));
          loop.append(new Event.WrapUpSent(attempt, near.limit(), delivered));
        }
        holdToSilence();
      }
      case LimitGauge.Reading.Over over -> end(new Stop.OverLimit(over.limit()));
    }
  }

  /**
   * Ends an attempt that is silent for too long. A changed file or processor time excuses the
   * silence once more, because silence alone does not show that the agent is stuck.
   */
  private void holdToSilence() {
    Duration silence = live.silence();
    if (silence.compareTo(excusedSilence) < 0) {
      excusedSilence = Duration.ZERO;
    }
    if (silence.minus(excusedSilence).compareTo(loop.state().limits().silence()) > 0) {
      if (live.worksSilently()) {
        excusedSilence = silence;
      } else {
        end(new Stop.Silent());
      }
    }
  }

  private void end(Stop why) {
    ending = true;
    live.stop(why);
  }
}

package dev.longe.effects;

import dev.longe.agent.AgentRun;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.engine.Reachable;
import dev.longe.engine.Supervised;
import dev.longe.testing.TaskHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * An attempt on a simulated clock that shows what a test lays down at times after its start, and
 * the task that its supervision writes to. Time passes only while the supervision waits for a
 * signal; an attempt that is stopped ends at once.
 */
final class PlayedAttempt implements LiveAttempt, Supervised, InstantSource {
  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

  private final TaskHistory history;
  private final TreeMap<Duration, List<Signal>> signals = new TreeMap<>();
  private final TreeMap<Duration, List<Event>> words = new TreeMap<>();
  private final List<Signal> due = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private Optional<Instant> lastShown = Optional.empty();
  private Usage used = Usage.NONE;
  private Optional<Duration> breaksAt = Optional.empty();
  private boolean speaks = true;

  /** What supervision sent to the agent. */
  final List<String> steered = new ArrayList<>();

  /** Why it was stopped, in order. */
  final List<Stop> stops = new ArrayList<>();

  /** How often it was asked whether it works although it shows nothing. */
  int looks;

  BooleanSupplier worksSilently = () -> false;
  boolean canBeSteered = true;

  PlayedAttempt(TaskHistory running) {
    history = running;
  }

  PlayedAttempt shows(Duration at, Signal... shown) {
    signals.computeIfAbsent(at, _ -> new ArrayList<>()).addAll(List.of(shown));
    return this;
  }

  PlayedAttempt uses(Duration at, Usage usage) {
    return shows(at, new Signal.Used(usage));
  }

  PlayedAttempt ends(Duration at, Stop stop, Usage usage) {
    return shows(at, new Signal.Over(new AgentRun.Ending(stop, usage)));
  }

  /** A human's word that comes at a time. */
  PlayedAttempt hears(Duration at, Event word) {
    words.computeIfAbsent(at, _ -> new ArrayList<>()).add(word);
    return this;
  }

  /** Nothing that it shows counts as a sign of life. */
  PlayedAttempt isMute() {
    speaks = false;
    return this;
  }

  /** Its transcript can't be written from then on. */
  PlayedAttempt breaks(Duration at) {
    breaksAt = Optional.of(at);
    return this;
  }

  @Override
  public Instant instant() {
    return START.plus(now);
  }

  Duration passed() {
    return now;
  }

  @Override
  public Optional<Signal> next(Duration patience) {
    if (breaksAt.filter(t -> t.compareTo(now) <= 0).isPresent()) {
      throw new Fault("The transcript can't be written: no space left");
    }
    if (!stops.isEmpty()) {
      return Optional.of(new Signal.Over(new AgentRun.Ending(stops.getFirst(), used)));
    }
    if (due.isEmpty()) {
      now = now.plus(patience);
      signals.headMap(now, true).values().forEach(due::addAll);
      signals.headMap(now, true).clear();
    }
    if (due.isEmpty()) {
      return Optional.empty();
    }
    Signal next = due.removeFirst();
    if (next instanceof Signal.Used u) {
      used = u.usage();
    }
    lastShown = speaks ? Optional.of(instant()) : lastShown;
    return Optional.of(next);
  }

  @Override
  public boolean steer(String message) {
    steered.add(message);
    return canBeSteered;
  }

  @Override
  public void stop(Stop why) {
    stops.add(why);
  }

  @Override
  public Duration silence() {
    return Duration.between(lastShown.orElse(START), instant());
  }

  @Override
  public boolean worksSilently() {
    looks++;
    return worksSilently.getAsBoolean();
  }

  @Override
  public TaskState state() {
    return history.state();
  }

  @Override
  public void append(Event... events) {
    history.happens(events);
  }

  @Override
  public void takeWords(Optional<? extends Reachable> live) {
    List<Event> said = new ArrayList<>();
    words.headMap(now, true).values().forEach(said::addAll);
    words.headMap(now, true).clear();
    for (Event word : said) {
      history.happens(word);
      if (word instanceof Event.PauseAsked || word instanceof Event.StopAsked) {
        live.orElseThrow().stop(new Stop.Interrupted());
      }
    }
  }

  /** The events of one kind that the supervision wrote. */
  <E extends Event> List<E> written(Class<E> kind) {
    return history.events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Event.AttemptEnded end() {
    return written(Event.AttemptEnded.class).getLast();
  }
}

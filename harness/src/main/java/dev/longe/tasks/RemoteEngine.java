package dev.longe.tasks;

import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.TaskId;
import dev.longe.effects.Installation;
import dev.longe.intake.InvalidInput;
import dev.longe.journal.TaskRow;
import dev.longe.journal.TimedEvent;
import dev.longe.journal.WriteAccess;
import dev.longe.sandbox.Owners;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An engine whose tasks are worked on by workers on other machines. Safe for use by many threads.
 * Every method may throw a {@link dev.longe.core.Fault} if the engine can't be reached.
 */
public interface RemoteEngine extends AutoCloseable {
  /**
   * A task in the engine's list.
   *
   * @param row without details
   * @param events how many events its journal has
   */
  record Listed(TaskRow row, int events) {}

  /** The tasks that are open or were closed after a time, the oldest first. */
  List<Listed> listSince(Instant closedAfter);

  /**
   * The new events of a task, and why it waits for a machine; {@code waits} is empty if it does
   * not.
   */
  record Look(List<TimedEvent> told, String waits) {
    public Look {
      told = List.copyOf(told);
    }
  }

  /**
   * A machine's offer to work on tasks.
   *
   * @param name the machine's name in the team
   * @param slots how many tasks it runs at once
   * @param labels its labels, which tasks may require
   */
  record Offer(String name, int slots, List<String> labels) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int SLOTS_MAX = 1_000;

    public Offer {
      labels = List.copyOf(labels);
    }

    /**
     * The offer of this machine.
     *
     * @param name the name; empty for the host name
     * @param slots the number of slots; empty for that of the settings
     * @throws InvalidInput if a value is not allowed
     */
    public static Offer of(
        Installation here, Optional<String> name, Optional<Integer> slots, List<String> labels) {
      String own = name.orElse(Owners.machine());
      Stream.concat(labels.stream(), Stream.of(own))
          .filter(one -> !NAME.matcher(one).matches())
          .findFirst()
          .ifPresent(one -> {
            throw InvalidInput.option(
                "worker",
                "«" + one + "» is not allowed; use 1 to 63 letters, digits, dots and dashes");
          });
      int tasks = slots.orElseGet(() -> here.settings().slots().machine());
      if (tasks < 1 || tasks > SLOTS_MAX) {
        throw InvalidInput.option(
            "--slots", "must be between 1 and " + SLOTS_MAX + ", was " + tasks);
      }
      return new Offer(own, tasks, labels);
    }
  }

  /** The limits for all machines together; an empty value changes nothing. */
  record Terms(Optional<Money> day, Optional<Integer> reviewMinutes, Optional<String> zone) {}

  /** Puts a task into the queue. */
  void submit(TaskId task, List<TimedEvent> events);

  /** Says a word to a task; returns {@code ok} if it is taken, else why it was refused. */
  String say(TaskId task, Event.Word word);

  /** Moves a task to {@code machine}, or to any free machine if that is empty. */
  String move(TaskId task, Optional<String> machine);

  /**
   * Makes the engine stop working on a task, so that another engine can take it.
   *
   * @param forGood whether another engine has the task now
   * @return why not; empty if it stops
   */
  String giveUp(TaskId task, boolean forGood);

  /** All tasks that the engine still knows, the oldest first. */
  List<Listed> list(boolean closedToo);

  /** The events of a task after the {@code after}-th. */
  Look look(TaskId task, int after);

  /** Works on tasks until {@code enough} returns true, then hands its tasks back. */
  void work(Offer offer, Installation site, Consumer<String> told, BooleanSupplier enough);

  /** Sets new terms, and returns machines, accounts and landing queues, one per line. */
  List<String> team(Terms terms);

  /** This engine with a guard: every call that changes something asks {@code access} first. */
  default RemoteEngine guardedBy(WriteAccess access) {
    return new GuardedEngine(this, access);
  }

  @Override
  void close();
}

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
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An engine whose tasks are carried on by workers on other machines. Safe for use by many threads;
 * every method may throw a {@link dev.longe.core.Fault} when it can't be reached.
 */
public interface RemoteEngine extends AutoCloseable {
  /**
   * A task in the engine's list.
   *
   * @param row without details
   * @param events how many its journal has
   */
  record Listed(TaskRow row, int events) {}

  /** What is new of a task, and why it waits for a machine, if it does. */
  record Look(List<TimedEvent> told, String waits) {
    public Look {
      told = List.copyOf(told);
    }
  }

  /**
   * A machine that offers itself.
   *
   * @param name its own in the team
   * @param slots tasks at once
   * @param labels what it offers besides
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
     * @param name empty for the name of its host
     * @param slots empty for those of its settings
     * @throws InvalidInput if one of them can't be used
     */
    public static Offer of(
        Installation here, Optional<String> name, Optional<Integer> slots, List<String> labels) {
      String own = name.orElse(Owners.machine());
      Stream.concat(labels.stream(), Stream.of(own))
          .filter(one -> !NAME.matcher(one).matches())
          .findFirst()
          .ifPresent(one -> {
            throw InvalidInput.option(
                "worker", "«" + one + "» is no name: letters, digits, dots and dashes, at most 63");
          });
      int tasks = slots.orElseGet(() -> here.settings().slots().machine());
      if (tasks < 1 || tasks > SLOTS_MAX) {
        throw InvalidInput.option("--slots", "must be between 1 and " + SLOTS_MAX);
      }
      return new Offer(own, tasks, labels);
    }
  }

  /** What holds for all machines together; what is empty stays as it is. */
  record Terms(Optional<Money> day, Optional<Integer> reviewMinutes, Optional<String> zone) {}

  /** Puts a task into the queue. */
  void submit(TaskId task, List<TimedEvent> events);

  /** Says a word to a task; {@code ok} when it is taken, else why it was refused. */
  String say(TaskId task, Event.Word word);

  /** Has a task go on elsewhere: on {@code machine}, or where one is free. */
  String move(TaskId task, Optional<String> machine);

  /**
   * Has the engine leave a task alone, so that another may take it; then, once that has it, give it
   * up for good.
   *
   * @return why not; empty if it does
   */
  String giveUp(TaskId task, boolean forGood);

  /** All tasks that the engine still knows, the oldest first. */
  List<Listed> list(boolean closedToo);

  /** Events of a task after the {@code after}-th. */
  Look look(TaskId task, int after);

  /** Works on tasks until {@code enough}; then gives back what it has. */
  void work(Offer offer, Installation site, Consumer<String> told, BooleanSupplier enough);

  /** Machines, accounts and rows, a line each, under new terms. */
  List<String> team(Terms terms);

  /** This engine, but every call that changes something asks {@code access} before. */
  default RemoteEngine guardedBy(WriteAccess access) {
    return new GuardedEngine(this, access);
  }

  @Override
  void close();
}

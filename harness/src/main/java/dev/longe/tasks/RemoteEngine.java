package dev.longe.tasks;

import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.TaskId;
import dev.longe.effects.Installation;
import dev.longe.journal.TaskRow;
import dev.longe.journal.TimedEvent;
import dev.longe.journal.WriteAccess;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

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
    public Offer {
      labels = List.copyOf(labels);
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

package dev.longe.tasks;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.effects.Installation;
import dev.longe.journal.TimedEvent;
import dev.longe.journal.WriteAccess;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A remote engine that a process without write access can only read. */
final class GuardedEngine implements RemoteEngine {
  private final RemoteEngine engine;
  private final WriteAccess access;

  GuardedEngine(RemoteEngine engine, WriteAccess access) {
    this.engine = engine;
    this.access = access;
  }

  private RemoteEngine writing() {
    access.require();
    return engine;
  }

  @Override
  public void submit(TaskId task, List<TimedEvent> events) {
    writing().submit(task, events);
  }

  @Override
  public String say(TaskId task, Event.Word word) {
    return writing().say(task, word);
  }

  @Override
  public String move(TaskId task, Optional<String> machine) {
    return writing().move(task, machine);
  }

  @Override
  public String giveUp(TaskId task, boolean forGood) {
    return writing().giveUp(task, forGood);
  }

  @Override
  public List<Listed> list(boolean closedToo) {
    return engine.list(closedToo);
  }

  @Override
  public List<Listed> listSince(Instant closedAfter) {
    return engine.listSince(closedAfter);
  }

  @Override
  public Look look(TaskId task, int after) {
    return engine.look(task, after);
  }

  @Override
  public void work(Offer offer, Installation site, Consumer<String> told, BooleanSupplier enough) {
    writing().work(offer, site, told, enough);
  }

  @Override
  public List<String> team(Terms terms) {
    return writing().team(terms);
  }

  @Override
  public void close() {
    engine.close();
  }
}

package dev.longe.bench;

import dev.longe.core.AgentSpec;
import dev.longe.core.Capabilities;
import dev.longe.core.Event;
import dev.longe.core.Loop;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.engine.Engine;
import dev.longe.journal.Journal;
import dev.longe.journal.Lease;
import dev.longe.journal.Slots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The speed of the journal, and the recovery after a kill. */
@SuppressWarnings("AnnotateFormatMethod")
final class JournalRows {
  private final Ground ground;

  JournalRows(Ground ground) {
    this.ground = ground;
  }

  /** Durable events a second, from 64 threads that each wait for their own. */
  void journal() throws Exception {
    int threads = 64;
    int each = 1_500;
    try (Journal journal = Journal.open(ground.root.resolve("journal"), o -> true, () -> {})) {
      Loop loop = ground.loop(new AgentSpec("script", List.of("x")), Loop.DEFAULT_MOVES, 8);
      List<TaskState> tasks = new ArrayList<>();
      List<Lease> leases = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(journal.submit(ground.submitted(loop), Ground::id, Ground.CLOCK.instant()));
        leases.add(
            journal.lease(tasks.get(i).id(), "bench", new Slots(1_000, Map.of())).orElseThrow());
      }
      CountDownLatch done = new CountDownLatch(threads);
      long began = System.nanoTime();
      for (int i = 0; i < threads; i++) {
        int n = i;
        Thread.ofVirtual()
            .start(() -> {
              TaskState task = tasks.get(n);
              for (int k = 0; k < each; k++) {
                task =
                    journal.append(
                        leases.get(n),
                        task,
                        Ground.CLOCK.instant(),
                        List.of(new Event.Claimed(1, "m")));
              }
              done.countDown();
            });
      }
      done.await();
      double seconds = (System.nanoTime() - began) / 1e9;
      Ground.tell(
          "journal",
          "%,.0f durable events/s, each awaited, row and fold included (%d threads)",
          threads * each / seconds,
          threads);
    }
  }

  /** Opening a journal of a million events, and its first list. */
  void open() throws Exception {
    Path home = ground.root.resolve("open");
    try (Journal journal = Journal.open(home, o -> true, () -> {})) {
      Loop loop = ground.loop(new AgentSpec("script", List.of("x")), Loop.DEFAULT_MOVES, 8);
      List<Event> many = java.util.Collections.nCopies(2_500, new Event.Claimed(1, "m"));
      for (int i = 0; i < 400; i++) {
        TaskState task = journal.submit(ground.submitted(loop), Ground::id, Ground.CLOCK.instant());
        Lease lease = journal.lease(task.id(), "bench", new Slots(100_000, Map.of())).orElseThrow();
        journal.append(lease, task, Ground.CLOCK.instant(), many);
      }
    }
    long began = System.nanoTime();
    try (Journal journal = Journal.open(home, o -> true, () -> {})) {
      int rows = journal.rows().size();
      Ground.tell(
          "open",
          "1,000,400 events, %d tasks listed: %.0f ms",
          rows,
          (System.nanoTime() - began) / 1e6);
    }
  }

  /** 10,000 queued and 100 running under a dead owner: time to the first attempt that goes on. */
  void recovery() throws Exception {
    Path home = ground.root.resolve("recovery");
    String dead = "gone";
    Path agent = ground.root.resolve("resumed.sh");
    Files.writeString(agent, "#!/bin/sh\ndate +%s%N >> " + ground.root + "/resumed\n");
    agent.toFile().setExecutable(true);
    Loop loop =
        ground.loop(new AgentSpec("command", List.of(agent.toString())), Loop.DEFAULT_MOVES, 8);
    Event.Submitted one = ground.submitted(loop);
    try (Journal journal = Journal.open(home, dead::equals, () -> {})) {
      for (int i = 0; i < 10_100; i++) {
        TaskState task = journal.submit(one, Ground::id, Ground.CLOCK.instant());
        if (i < 100) {
          Lease lease = journal.lease(task.id(), dead, new Slots(1_000, Map.of())).orElseThrow();
          journal.append(lease, task, Ground.CLOCK.instant(), running());
        }
      }
    }
    long began = System.nanoTime();
    Instant start = Instant.now();
    try (Journal journal =
        Journal.open(
            home, o -> !o.equals(dead) && ground.owners.alive(o), ground.owners::requireOutside)) {
      Engine engine = ground.engine(journal, home, 4);
      journal.sweep();
      engine.serve(_ -> Files.exists(ground.root.resolve("resumed")), System.out::println);
      Ground.tell(
          "recovery",
          "10,000 queued, 100 running: first resumed attempt after %.0f ms",
          (System.nanoTime() - began) / 1e6);
      long lost = 0;
      for (var row : journal.rows()) {
        lost += row.details().orElseThrow().created().isAfter(start) ? 1 : 0;
      }
      Ground.tell(
          "recovery", "tasks in the journal: %d, made anew: %d", journal.rows().size(), lost);
      System.out.flush();
      Thread.ofPlatform().daemon().start(() -> {});
    }
  }

  static List<Event> running() {
    return List.of(
        new Event.Claimed(1, "m"),
        new Event.Prepared("tree"),
        new Event.Decided(
            Move.FRESH, Reason.FIRST, "", Optional.empty(), Optional.empty(), Usage.NONE),
        new Event.AttemptStarted(1, 1, 0, new Capabilities(true, false, true), 1, Money.ZERO),
        new Event.SessionNamed(1, "s-1", Optional.empty()));
  }
}

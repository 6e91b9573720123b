package dev.longe.bench;

import dev.longe.core.*;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TimedEvent;
import dev.longe.tasks.RemoteEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What many machines cost beside one, in one run. Prints; asserts nothing. */
@SuppressWarnings({"AnnotateFormatMethod", "FutureReturnValueIgnored", "DefaultCharset"})
public final class Team {
  private final TeamGround ground;

  private Team(TeamGround ground) {
    this.ground = ground;
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory("longe-team-");
    TeamGround ground = new TeamGround(root, arguments[0], arguments[1]);
    try {
      ground.start(
          Map.of(),
          ground.server,
          "server",
          "start-dev",
          "--headless",
          "--port",
          TeamGround.PORT,
          "--log-level",
          "error",
          "--db-filename",
          root.resolve("server.db").toString());
      new Team(ground).run();
    } finally {
      ground.processes.forEach(Process::destroyForcibly);
    }
  }

  private static boolean proposed(RemoteEngine engine, int n) {
    return engine.list(false).stream().filter(r -> r.row().state().equals("proposed")).count() >= n;
  }

  private record Span(double seconds, int decisions, int events) {}

  private static Span span(List<List<TimedEvent>> all) {
    Instant from =
        all.stream().map(t -> first(t, Event.Claimed.class)).min(Instant::compareTo).orElseThrow();
    Instant to = all.stream().map(t -> t.getLast().at()).max(Instant::compareTo).orElseThrow();
    int decisions =
        (int)
            all.stream()
                .flatMap(List::stream)
                .filter(t -> t.event() instanceof Event.Decided)
                .count();
    return new Span(
        Duration.between(from, to).toMillis() / 1e3,
        decisions,
        all.stream().mapToInt(List::size).sum());
  }

  private static Instant first(List<TimedEvent> told, Class<? extends Event> type) {
    return told.stream()
        .filter(t -> type.isInstance(t.event()))
        .map(TimedEvent::at)
        .findFirst()
        .orElseThrow();
  }

  private long[] history(TaskId task) throws Exception {
    String json =
        ground.sh(
            ground.server
                + " workflow describe --address 127.0.0.1:"
                + TeamGround.PORT
                + " -w longe-task-"
                + task
                + " -o json");
    return new long[] {number(json, "historyLength"), number(json, "historySizeBytes")};
  }

  private static long number(String json, String name) {
    Matcher m = Pattern.compile("\"" + name + "\": \"?(\\d+)").matcher(json);
    return m.find() ? Long.parseLong(m.group(1)) : -1;
  }

  private void run() throws Exception {
    int n = 20;
    String shared = ground.root.resolve("shared.git").toString();
    Span own = embedded(n);
    RemoteEngine engine = ground.engine();
    ground.bases(0, 1_200);
    Process box1 = ground.worker("box1", 2);
    TeamGround.until(() ->
        engine
            .team(
                new RemoteEngine.Terms(
                    Optional.of(new Money(900_000_000_000L)),
                    Optional.of(1_000_000),
                    Optional.empty()))
            .toString()
            .contains("box1"));
    List<TaskId> ids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ids.add(ground.submit(engine, ground.submitted(5, "", shared)));
    }
    TeamGround.until(() -> proposed(engine, n));
    Span far = span(ids.stream().map(i -> engine.look(i, 0).told()).toList());
    TeamGround.tell(
        "engines",
        "%d tasks of 5 attempts, 2 slots: embedded %.1f decisions/s (%.0f ms an attempt),"
            + " Temporal %.1f decisions/s (%.0f ms an attempt)",
        n,
        own.decisions / own.seconds,
        own.seconds * 1e3 / n / 5,
        far.decisions / far.seconds,
        far.seconds * 1e3 / n / 5);
    TaskId one = ground.submit(engine, ground.submitted(1, "", shared));
    TeamGround.until(() -> proposed(engine, n + 1));
    long[] h1 = history(one);
    long[] h5 = history(ids.getLast());
    TeamGround.tell(
        "history",
        "1 attempt %d events, %.0f KB; 5 attempts %d events, %.0f KB: %.0f events and %.1f KB more"
            + " an attempt",
        h1[0],
        h1[1] / 1024.0,
        h5[0],
        h5[1] / 1024.0,
        (h5[0] - h1[0]) / 4.0,
        (h5[1] - h1[1]) / 4096.0);
    long began = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      var _ =
          engine.team(new RemoteEngine.Terms(Optional.empty(), Optional.empty(), Optional.empty()));
    }
    double alone = (System.nanoTime() - began) / 200e6;
    began = System.nanoTime();
    try (ExecutorService many = Executors.newFixedThreadPool(32)) {
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        asked.add(
            many.submit(() ->
                engine.team(
                    new RemoteEngine.Terms(Optional.empty(), Optional.empty(), Optional.empty()))));
      }
      for (Future<?> f : asked) {
        f.get();
      }
    }
    TeamGround.tell(
        "pool",
        "one question %.1f ms; %.0f questions/s from 32 askers",
        alone,
        1_000 / ((System.nanoTime() - began) / 1e9));
    loss(engine, box1, shared);
    many(engine, shared);
    engine.close();
  }

  private Span embedded(int n) throws Exception {
    Path home = ground.root.resolve("home");
    Files.createDirectories(home);
    Files.writeString(
        home.resolve("settings.yaml"),
        "slots: {machine: 2}\nday: $100000\nreview: {minutes: 100000}\n");
    List<TaskId> ids = new ArrayList<>();
    try (Journal journal = Journal.open(home, o -> true, () -> {})) {
      for (int i = 0; i < n; i++) {
        ids.add(
            journal
                .submit(ground.submitted(5, "", ground.clone.toString()), ground::id, Instant.now())
                .id());
      }
    }
    ground.tasks = 0;
    Process serve =
        ground.start(
            Map.of("LONGE_HOME", home.toString(), "LONGE_ENGINE", ""),
            ground.longe,
            "serve",
            "--until-idle");
    serve.waitFor();
    try (Journal journal = Journal.open(home, o -> true, () -> {})) {
      return span(
          ids.stream()
              .map(i ->
                  journal.entries(i).stream()
                      .map((JournalEntry e) -> new TimedEvent(e.at(), e.event()))
                      .toList())
              .toList());
    }
  }

  /**
   * From the death of a machine to the first event on another, with the heartbeat that is usual.
   */
  private void loss(RemoteEngine engine, Process box1, String shared) throws Exception {
    TaskId task = ground.submit(engine, ground.submitted(1, "{sleep: 90s}, ", shared));
    TeamGround.until(() ->
        engine.look(task, 0).told().stream()
            .anyMatch(t -> t.event() instanceof Event.AttemptStarted));
    Process _ = ground.worker("box2", 2);
    TeamGround.until(() ->
        engine
            .team(new RemoteEngine.Terms(Optional.empty(), Optional.empty(), Optional.empty()))
            .toString()
            .contains("box2"));
    LockSupport.parkNanos(12_000_000_000L);
    Instant killed = Instant.now();
    box1.descendants().forEach(ProcessHandle::destroyForcibly);
    box1.destroyForcibly();
    TeamGround.until(() -> claims(engine, task).size() > 1);
    TeamGround.tell(
        "loss",
        "heartbeat 10 s: %.1f s from kill -9 to the first event on another machine",
        Duration.between(killed, claims(engine, task).getLast()).toMillis() / 1e3);
    var _ = engine.say(task, new Event.StopAsked());
  }

  private static List<Instant> claims(RemoteEngine engine, TaskId task) {
    try {
      return engine.look(task, 0).told().stream()
          .filter(t -> t.event() instanceof Event.Claimed)
          .map(TimedEvent::at)
          .toList();
    } catch (Fault e) {
      return List.of(); // its workflow task is with the dead machine for some seconds
    }
  }

  private void many(RemoteEngine engine, String shared) throws Exception {
    int open = 1_000;
    Event.Submitted submitted = ground.submitted(1, "", shared);
    long began = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      List<TaskId> ids = new ArrayList<>();
      for (int i = 0; i < open; i++) {
        ids.add(ground.id());
      }
      ids.forEach(i ->
          pool.submit(() -> engine.submit(i, List.of(new TimedEvent(Instant.now(), submitted)))));
    }
    double submitting = (System.nanoTime() - began) / 1e9;
    Process _ = ground.worker("box3", 2);
    Process _ = ground.worker("box4", 2);
    LockSupport.parkNanos(20_000_000_000L);
    long before = done(engine);
    began = System.nanoTime();
    int listed = engine.list(false).size();
    double listing = (System.nanoTime() - began) / 1e6;
    LockSupport.parkNanos(60_000_000_000L);
    long after = done(engine);
    TeamGround.tell(
        "many",
        "%d open tasks on 3 workers: submitted in %.1f s, a list of %d in %.0f ms, %d"
            + " tasks a minute proposed",
        open,
        submitting,
        listed,
        listing,
        after - before);
  }

  private static long done(RemoteEngine engine) {
    return engine.list(false).stream().filter(r -> r.row().state().equals("proposed")).count();
  }
}

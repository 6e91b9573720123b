package dev.longe.bench;

import dev.longe.core.*;
import dev.longe.home.Home;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TimedEvent;
import dev.longe.sandbox.Environment;
import dev.longe.tasks.RemoteEngine;
import dev.longe.temporal.TemporalEngines;
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
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What many machines cost beside one, in one run. Prints; asserts nothing. */
@SuppressWarnings({"AnnotateFormatMethod", "FutureReturnValueIgnored", "DefaultCharset"})
public final class Team {
  private static final String PORT = "17233";
  private final Path root;
  private final String server;
  private final String longe;
  private final String address = "temporal://127.0.0.1:" + PORT + "/default";
  private final Path clone;
  private final List<Process> processes = new ArrayList<>();
  private int tasks;

  private Team(Path root, String server, String longe) throws Exception {
    this.root = root;
    this.server = server;
    this.longe = longe;
    Path shared = root.resolve("shared.git");
    clone = Files.createDirectories(root.resolve("clone"));
    sh("git init -q --bare -b main " + shared);
    Files.writeString(clone.resolve("a.txt"), "0\n");
    sh(
        "cd "
            + clone
            + " && git init -q -b main && git config user.name B && git config user.email b@x.org"
            + " && git add -A && git commit -q -m base && git remote add origin "
            + shared
            + " && git push -q -u origin main");
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory("longe-team-");
    Team team = new Team(root, arguments[0], arguments[1]);
    try {
      team.start(
          Map.of(),
          team.server,
          "server",
          "start-dev",
          "--headless",
          "--port",
          PORT,
          "--log-level",
          "error",
          "--db-filename",
          root.resolve("server.db").toString());
      team.run();
    } finally {
      team.processes.forEach(Process::destroyForcibly);
    }
  }

  private static void tell(String row, String format, Object... values) {
    System.out.printf("%-9s %s%n", row, format.formatted(values));
  }

  private String sh(String line) throws Exception {
    Process p = new ProcessBuilder("bash", "-euc", line).redirectErrorStream(true).start();
    String out = new String(p.getInputStream().readAllBytes());
    if (p.waitFor() != 0) {
      throw new IllegalStateException(line + ": " + out);
    }
    return out;
  }

  private Process start(Map<String, String> variables, String... argv) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(argv)
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("out-" + processes.size()).toFile());
    builder.environment().putAll(variables);
    builder.directory(clone.toFile());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private Process worker(String name, int slots) throws Exception {
    return start(
        Map.of("LONGE_ENGINE", address, "LONGE_HOME", root.resolve(name).toString()),
        longe,
        "worker",
        "--name",
        name,
        "--slots",
        "" + slots);
  }

  private RemoteEngine engine() {
    for (int i = 0; ; i++) {
      try {
        return new TemporalEngines()
            .connect(address, new Environment(System.getenv()), new Home(root.resolve("none")));
      } catch (Fault e) {
        if (i > 20) {
          throw e;
        }
        LockSupport.parkNanos(500_000_000);
      }
    }
  }

  private Event.Submitted submitted(int attempts, String step, String repository) throws Exception {
    Path script = root.resolve("script-" + attempts + "-" + step.length() + ".yaml");
    Files.writeString(
        script,
        "attempts: [["
            + step
            + "{write: {path: a.txt, text: \"1\\n\"}}, {run: \"echo x >> n.txt\"}]]\n");
    CheckSpec check =
        new CheckSpec.Run(
            new CheckName("ok"),
            new Command.Shell("test $(cat n.txt | wc -l) -ge " + attempts),
            Optional.empty(),
            Duration.ofMinutes(1),
            false,
            false);
    Loop loop =
        new Loop(
            "bench",
            Mode.EXECUTE,
            List.of(new AgentSpec("script", List.of(script.toString()))),
            Optional.empty(),
            List.of(check),
            List.of(),
            List.of(new MoveStep(MoveStep.Kind.FRESH, 30)),
            Limits.DEFAULT.with(
                new Limits.Raise(
                    Optional.of(30),
                    Optional.of(new Money(1_000_000_000L)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())),
            Review.ALWAYS,
            Sandboxing.NONE,
            List.of(),
            "{{task}}");
    Commit base = new Commit(sh("cd " + clone + " && git rev-parse HEAD").strip());
    return new Event.Submitted("Count.", new Source(repository, Optional.of("main"), base), loop);
  }

  private TaskId id() {
    StringBuilder id = new StringBuilder();
    int n = tasks++;
    for (int i = 0; i < TaskId.LENGTH; i++) {
      id.append(TaskId.ALPHABET.charAt(n % TaskId.ALPHABET.length()));
      n /= TaskId.ALPHABET.length();
    }
    return new TaskId(id.toString());
  }

  private TaskId submit(RemoteEngine engine, Event.Submitted submitted) {
    TaskId id = id();
    engine.submit(id, List.of(new TimedEvent(Instant.now(), submitted)));
    return id;
  }

  private void bases(int from, int to) throws Exception {
    StringBuilder refs = new StringBuilder();
    int before = tasks;
    for (tasks = from; tasks < to; ) {
      refs.append("update refs/longe/").append(id()).append("/base ").append(sh0()).append('\n');
    }
    tasks = before;
    Path file = root.resolve("refs");
    Files.writeString(file, refs.toString());
    sh("cd " + root.resolve("shared.git") + " && git update-ref --stdin < " + file);
  }

  private String head = "";

  private String sh0() throws Exception {
    if (head.isEmpty()) {
      head = sh("cd " + clone + " && git rev-parse HEAD").strip();
    }
    return head;
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
        sh(
            server
                + " workflow describe --address 127.0.0.1:"
                + PORT
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
    String shared = root.resolve("shared.git").toString();
    Span own = embedded(n);
    RemoteEngine engine = engine();
    bases(0, 1_200);
    Process box1 = worker("box1", 2);
    until(() ->
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
      ids.add(submit(engine, submitted(5, "", shared)));
    }
    until(() -> proposed(engine, n));
    Span far = span(ids.stream().map(i -> engine.look(i, 0).told()).toList());
    tell(
        "engines",
        "%d tasks of 5 attempts, 2 slots: embedded %.1f decisions/s (%.0f ms an attempt), Temporal"
            + " %.1f decisions/s (%.0f ms an attempt)",
        n,
        own.decisions / own.seconds,
        own.seconds * 1e3 / n / 5,
        far.decisions / far.seconds,
        far.seconds * 1e3 / n / 5);
    TaskId one = submit(engine, submitted(1, "", shared));
    until(() -> proposed(engine, n + 1));
    long[] h1 = history(one);
    long[] h5 = history(ids.getLast());
    tell(
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
    tell(
        "pool",
        "one question %.1f ms; %.0f questions/s from 32 askers",
        alone,
        1_000 / ((System.nanoTime() - began) / 1e9));
    loss(engine, box1, shared);
    many(engine, shared);
    engine.close();
  }

  private Span embedded(int n) throws Exception {
    Path home = root.resolve("home");
    Files.createDirectories(home);
    Files.writeString(
        home.resolve("settings.yaml"),
        "slots: {machine: 2}\nday: $100000\nreview: {minutes: 100000}\n");
    List<TaskId> ids = new ArrayList<>();
    try (Journal journal = Journal.open(home, o -> true, () -> {})) {
      for (int i = 0; i < n; i++) {
        ids.add(journal.submit(submitted(5, "", clone.toString()), this::id, Instant.now()).id());
      }
    }
    tasks = 0;
    Process serve =
        start(
            Map.of("LONGE_HOME", home.toString(), "LONGE_ENGINE", ""),
            longe,
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
    TaskId task = submit(engine, submitted(1, "{sleep: 90s}, ", shared));
    until(() ->
        engine.look(task, 0).told().stream()
            .anyMatch(t -> t.event() instanceof Event.AttemptStarted));
    Process _ = worker("box2", 2);
    until(() ->
        engine
            .team(new RemoteEngine.Terms(Optional.empty(), Optional.empty(), Optional.empty()))
            .toString()
            .contains("box2"));
    LockSupport.parkNanos(12_000_000_000L);
    Instant killed = Instant.now();
    box1.descendants().forEach(ProcessHandle::destroyForcibly);
    box1.destroyForcibly();
    until(() -> claims(engine, task).size() > 1);
    tell(
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
    Event.Submitted submitted = submitted(1, "", shared);
    long began = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      List<TaskId> ids = new ArrayList<>();
      for (int i = 0; i < open; i++) {
        ids.add(id());
      }
      ids.forEach(i ->
          pool.submit(() -> engine.submit(i, List.of(new TimedEvent(Instant.now(), submitted)))));
    }
    double submitting = (System.nanoTime() - began) / 1e9;
    Process _ = worker("box3", 2);
    Process _ = worker("box4", 2);
    LockSupport.parkNanos(20_000_000_000L);
    long before = done(engine);
    began = System.nanoTime();
    int listed = engine.list(false).size();
    double listing = (System.nanoTime() - began) / 1e6;
    LockSupport.parkNanos(60_000_000_000L);
    long after = done(engine);
    tell(
        "many",
        "%d open tasks on 3 workers: submitted in %.1f s, a list of %d in %.0f ms, %d tasks a"
            + " minute proposed",
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

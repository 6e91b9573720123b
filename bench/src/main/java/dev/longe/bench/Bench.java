package dev.longe.bench;

import dev.longe.core.AgentSpec;
import dev.longe.core.Capabilities;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.MoveStep;
import dev.longe.core.Reason;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.cost.PriceTable;
import dev.longe.effects.RealEffects;
import dev.longe.engine.Engine;
import dev.longe.engine.Settings;
import dev.longe.home.Home;
import dev.longe.intake.AgentsFile;
import dev.longe.journal.Journal;
import dev.longe.journal.Lease;
import dev.longe.journal.Slots;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Owners;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The numbers of the brief, measured on this machine. */
@SuppressWarnings("AnnotateFormatMethod")
public final class Bench {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final AtomicLong IDS = new AtomicLong();
  private final Path root;
  private final Path repository;
  private final Environment variables = new Environment(System.getenv());
  private final Owners owners;
  private final Sandbox sandbox;

  private Bench(Path root) throws Exception {
    this.root = root;
    this.owners = new Owners(root.resolve("owners"), variables);
    this.sandbox = new Sandbox(owners, variables.all());
    this.repository = root.resolve("repository");
    Files.createDirectories(repository);
    Files.writeString(repository.resolve("a.txt"), "0\n");
    for (String line :
        List.of(
            "init -q -b main",
            "config user.name B",
            "config user.email b@example.org",
            "add -A",
            "commit -q -m base")) {
      List<String> argv = new ArrayList<>(List.of("git"));
      argv.addAll(List.of(line.split(" ")));
      sandbox.run(sandbox.plain(argv, repository, Duration.ofSeconds(20)));
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory("longe-bench-");
    Bench bench = new Bench(root);
    List<String> rows = List.of(arguments).subList(1, arguments.length);
    Map<String, Row> all = new java.util.LinkedHashMap<>(Map.of());
    all.put("turnaround", bench::turnaround);
    all.put("journal", bench::journal);
    all.put("open", bench::open);
    all.put("recovery", bench::recovery);
    all.put("agents", bench::agents);
    all.put("start", () -> bench.start(arguments[0]));
    all.put("quality", () -> bench.quality(arguments[0]));
    for (Map.Entry<String, Row> row : all.entrySet()) {
      if (rows.isEmpty() || rows.contains(row.getKey())) {
        row.getValue().run();
      }
    }
  }

  private interface Row {
    void run() throws Exception;
  }

  private static void tell(String row, String format, Object... values) {
    System.out.printf("%-11s %s%n", row, format.formatted(values));
  }

  private static TaskId id() {
    StringBuilder id = new StringBuilder();
    long n = IDS.getAndIncrement();
    for (int i = 0; i < TaskId.LENGTH; i++, n /= TaskId.ALPHABET.length()) {
      id.append(TaskId.ALPHABET.charAt((int) (n % TaskId.ALPHABET.length())));
    }
    return new TaskId(id.toString());
  }

  private static double part(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, part * sorted.size()));
  }

  private Loop loop(AgentSpec agent, List<MoveStep> moves, int attempts) {
    Limits d = Limits.DEFAULT;
    CheckSpec check =
        new CheckSpec.Run(
            new CheckName("check"),
            new Command.Argv(List.of("false")),
            Optional.empty(),
            Duration.ofMinutes(1),
            false,
            false);
    return new Loop(
        "bench",
        Mode.EXECUTE,
        List.of(agent),
        Optional.empty(),
        List.of(check),
        List.of("test/**"),
        moves,
        new Limits(
            attempts,
            d.money(),
            d.tokens(),
            d.time(),
            d.silence(),
            d.outputBytes(),
            d.diffLines(),
            Optional.empty()),
        Review.ALWAYS,
        Sandboxing.NONE,
        List.of(),
        "{{task}}");
  }

  private Event.Submitted submitted(Loop loop) {
    Commit head =
        new Commit(
            sandbox
                .run(
                    sandbox.plain(
                        List.of("git", "rev-parse", "HEAD"), repository, Duration.ofSeconds(20)))
                .output()
                .strip());
    return new Event.Submitted(
        "bench", new Source(repository.toString(), Optional.of("main"), head), loop);
  }

  /**
   * The harness's own time between an agent's stop and the next prompt's delivery, without the
   * checks' own time.
   */
  private void turnaround() throws Exception {
    Path home = root.resolve("turnaround");
    Path agent = root.resolve("agent.sh");
    Files.writeString(
        agent,
        "#!/bin/sh\ndate +%s%N >> "
            + root
            + "/starts\ncat >/dev/null\necho $LONGE_ATTEMPT > a.txt\ndate +%s%N >> "
            + root
            + "/ends\n");
    agent.toFile().setExecutable(true);
    int attempts = 120;
    try (Journal journal = Journal.open(home, owners::alive, owners::requireOutside)) {
      Loop loop =
          loop(
              new AgentSpec("command", List.of(agent.toString())),
              List.of(new MoveStep(MoveStep.Kind.FRESH, attempts)),
              attempts);
      TaskState task = journal.submit(submitted(loop), Bench::id, CLOCK.instant());
      engine(journal, home, 4).work(task.id());
      List<Double> checks =
          journal.state(task.id()).attempts().stream()
              .map(a ->
                  a.checked().stream().mapToDouble(c -> c.receipt().took().toNanos() / 1e6).sum())
              .toList();
      List<Long> starts = numbers("starts");
      List<Long> ends = numbers("ends");
      List<Double> gaps = new ArrayList<>();
      for (int i = 20; i + 1 < starts.size(); i++) {
        gaps.add((starts.get(i + 1) - ends.get(i)) / 1e6 - checks.get(i));
      }
      tell(
          "turnaround",
          "agent's last act to the next agent's first, both processes' own start and end in it: p50"
              + " %.1f ms, p99 %.1f ms (%d)",
          part(gaps, 0.5),
          part(gaps, 0.99),
          gaps.size());
    }
  }

  private List<Long> numbers(String file) throws IOException {
    try (Stream<String> lines = Files.lines(root.resolve(file))) {
      return lines.map(Long::parseLong).toList();
    }
  }

  private Engine engine(Journal journal, Path home, int slots) {
    Environment environment = new Environment(System.getenv());
    Settings settings =
        new Settings(
            "bench",
            new Slots(slots, Map.of()),
            new Money(1_000_000_000_000L),
            new Settings.Reviewing(1_000_000, 300),
            ZoneId.of("UTC"),
            AgentsFile.NONE,
            PriceTable.shipped());
    return new Engine(
        journal,
        new RealEffects(new Home(home), sandbox, environment, CLOCK, settings, (_, _) -> {}),
        CLOCK,
        settings,
        owners.own());
  }

  /** Durable events a second, from 64 threads that each wait for their own. */
  private void journal() throws Exception {
    int threads = 64;
    int each = 1_500;
    try (Journal journal = Journal.open(root.resolve("journal"), o -> true, () -> {})) {
      Loop loop = loop(new AgentSpec("script", List.of("x")), Loop.DEFAULT_MOVES, 8);
      List<TaskState> tasks = new ArrayList<>();
      List<Lease> leases = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(journal.submit(submitted(loop), Bench::id, CLOCK.instant()));
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
                        leases.get(n), task, CLOCK.instant(), List.of(new Event.Claimed(1, "m")));
              }
              done.countDown();
            });
      }
      done.await();
      double seconds = (System.nanoTime() - began) / 1e9;
      tell(
          "journal",
          "%,.0f durable events/s, each awaited, row and fold included (%d threads)",
          threads * each / seconds,
          threads);
    }
  }

  /** Opening a journal of a million events, and its first list. */
  private void open() throws Exception {
    Path home = root.resolve("open");
    try (Journal journal = Journal.open(home, o -> true, () -> {})) {
      Loop loop = loop(new AgentSpec("script", List.of("x")), Loop.DEFAULT_MOVES, 8);
      List<Event> many = java.util.Collections.nCopies(2_500, new Event.Claimed(1, "m"));
      for (int i = 0; i < 400; i++) {
        TaskState task = journal.submit(submitted(loop), Bench::id, CLOCK.instant());
        Lease lease = journal.lease(task.id(), "bench", new Slots(100_000, Map.of())).orElseThrow();
        journal.append(lease, task, CLOCK.instant(), many);
      }
    }
    long began = System.nanoTime();
    try (Journal journal = Journal.open(home, o -> true, () -> {})) {
      int rows = journal.rows().size();
      tell(
          "open",
          "1,000,400 events, %d tasks listed: %.0f ms",
          rows,
          (System.nanoTime() - began) / 1e6);
    }
  }

  /** 10,000 queued and 100 running under a dead owner: time to the first attempt that goes on. */
  private void recovery() throws Exception {
    Path home = root.resolve("recovery");
    String dead = "gone";
    Path agent = root.resolve("resumed.sh");
    Files.writeString(agent, "#!/bin/sh\ndate +%s%N >> " + root + "/resumed\n");
    agent.toFile().setExecutable(true);
    Loop loop = loop(new AgentSpec("command", List.of(agent.toString())), Loop.DEFAULT_MOVES, 8);
    Event.Submitted one = submitted(loop);
    try (Journal journal = Journal.open(home, dead::equals, () -> {})) {
      for (int i = 0; i < 10_100; i++) {
        TaskState task = journal.submit(one, Bench::id, CLOCK.instant());
        if (i < 100) {
          Lease lease = journal.lease(task.id(), dead, new Slots(1_000, Map.of())).orElseThrow();
          journal.append(lease, task, CLOCK.instant(), running());
        }
      }
    }
    long began = System.nanoTime();
    Instant start = Instant.now();
    try (Journal journal =
        Journal.open(home, o -> !o.equals(dead) && owners.alive(o), owners::requireOutside)) {
      Engine engine = engine(journal, home, 4);
      journal.sweep();
      engine.serve(_ -> Files.exists(root.resolve("resumed")), System.out::println);
      tell(
          "recovery",
          "10,000 queued, 100 running: first resumed attempt after %.0f ms",
          (System.nanoTime() - began) / 1e6);
      long lost = 0;
      for (var row : journal.rows()) {
        lost += row.details().orElseThrow().created().isAfter(start) ? 1 : 0;
      }
      tell("recovery", "tasks in the journal: %d, made anew: %d", journal.rows().size(), lost);
      System.out.flush();
      Thread.ofPlatform().daemon().start(() -> {});
    }
  }

  private static List<Event> running() {
    return List.of(
        new Event.Claimed(1, "m"),
        new Event.Prepared("tree"),
        new Event.Decided(
            Move.FRESH, Reason.FIRST, "", Optional.empty(), Optional.empty(), Usage.NONE),
        new Event.AttemptStarted(1, 1, 0, new Capabilities(true, false, true), 1, Money.ZERO),
        new Event.SessionNamed(1, "s-1", Optional.empty()));
  }

  /** 500 agents at once, each talking twenty lines a second for ten seconds. */
  private void agents() throws Exception {
    Path home = root.resolve("agents");
    int count = 500;
    Path agent = root.resolve("talker.sh");
    Files.writeString(
        agent,
        "#!/bin/sh\n"
            + "cat >/dev/null\n"
            + "i=0; while [ $i -lt 200 ]; do echo \"line $i of a talking agent\"; i=$((i+1)); sleep"
            + " 0.05; done\n");
    agent.toFile().setExecutable(true);
    AtomicLong heard = new AtomicLong();
    try (Journal journal = Journal.open(home, owners::alive, owners::requireOutside)) {
      Loop loop =
          loop(
              new AgentSpec("command", List.of(agent.toString())),
              List.of(new MoveStep(MoveStep.Kind.ASK, 1)),
              1);
      for (int i = 0; i < count; i++) {
        journal.submit(submitted(loop), Bench::id, CLOCK.instant());
      }
      Environment environment = new Environment(System.getenv());
      Settings settings =
          new Settings(
              "bench",
              new Slots(count, Map.of()),
              new Money(1_000_000_000_000L),
              new Settings.Reviewing(1_000_000, 300),
              ZoneId.of("UTC"),
              AgentsFile.NONE,
              PriceTable.shipped());
      Engine engine =
          new Engine(
              journal,
              new RealEffects(
                  new Home(home),
                  sandbox,
                  environment,
                  CLOCK,
                  settings,
                  (_, e) -> heard.addAndGet(e instanceof dev.longe.agent.AgentEvent.Said ? 1 : 0)),
              CLOCK,
              settings,
              owners.own());
      long began = System.nanoTime();
      engine.serve(idle -> idle, System.out::println);
      tell(
          "agents",
          "%d agents: %,d of %,d lines heard in %.0f s, %s",
          count,
          heard.get(),
          count * 200L,
          (System.nanoTime() - began) / 1e9,
          resident());
    }
  }

  private static String resident() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(l -> l.startsWith("VmHWM"))
          .findFirst()
          .orElse("")
          .replaceAll("\\s+", " ");
    }
  }

  /** Whole processes: help, and a list of 10,000 tasks. */
  private void start(String longe) throws Exception {
    Path home = root.resolve("recovery");
    for (String command : List.of("--help", "ls")) {
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        ProcessBuilder builder =
            new ProcessBuilder(longe, command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LONGE_HOME", home.toString());
        long began = System.nanoTime();
        builder.start().waitFor();
        times.add((System.nanoTime() - began) / 1e6);
      }
      tell(
          "start",
          "longe %s%s: median %.0f ms, slowest %.0f ms",
          command,
          command.equals("ls") ? " (10,100 tasks)" : "",
          part(times, 0.5),
          part(times, 0.99));
    }
  }

  /**
   * Whole processes: a million lines measured the first and the second time; copies of our own
   * sources, each a little different.
   */
  private void quality(String longe) throws Exception {
    Path code = root.resolve("code");
    Path checkout = Path.of(longe).toAbsolutePath().resolveSibling(".").normalize();
    List<Path> sources;
    try (Stream<Path> all = Files.walk(checkout)) {
      sources =
          all.filter(p -> p.toString().endsWith(".java") && !p.toString().contains("/target/"))
              .toList();
    }
    long lines = 0;
    for (int copy = 0; lines < 1_000_000; copy++) {
      for (Path source : sources) {
        String text = Files.readString(source) + "// " + copy + "\n";
        Path file = code.resolve("c" + copy).resolve(checkout.relativize(source));
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        lines += text.lines().count();
      }
    }
    for (String line :
        List.of(
            "init -q",
            "config user.name B",
            "config user.email b@example.org",
            "add -A",
            "commit -q -m code")) {
      List<String> argv = new ArrayList<>(List.of("git"));
      argv.addAll(List.of(line.split(" ")));
      sandbox.run(sandbox.plain(argv, code, Duration.ofMinutes(5)));
    }
    for (String time : List.of("first", "second")) {
      ProcessBuilder builder =
          new ProcessBuilder(longe, "quality", "-C", code.toString(), "--at", "HEAD")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("LONGE_HOME", root.resolve("quality").toString());
      long began = System.nanoTime();
      int status = builder.start().waitFor();
      tell(
          "quality",
          "%,d lines, %s time: %.1f s (exit %d)",
          lines,
          time,
          (System.nanoTime() - began) / 1e9,
          status);
    }
  }
}

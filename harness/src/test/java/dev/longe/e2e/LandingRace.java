package dev.longe.e2e;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Output;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Five processes, of two homes, each of which accepts a task of one repository at the same moment;
 * in every second round the user commits meanwhile. Each round begins with the same files.
 */
final class LandingRace implements AutoCloseable {
  private static final int TASKS = 5;

  /** For five programs that start at once on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What a landing may say if it did not land while the user works in the same tree. */
  private static final String TRUE_REASON =
      ".*(with uncommitted changes|Another git command works in|target moved during every try).*";

  private final Path temp;
  private final Path user;
  private final List<Terminal> homes;
  private final List<String> tasks = new ArrayList<>();
  private final List<Racer> racers = new ArrayList<>();

  /** One process and the lines that it prints. */
  private record Racer(RunningProcess process, BlockingQueue<String> lines) {
    String said() {
      try {
        String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return Objects.requireNonNull(line, "a process does not say what came of it");
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  LandingRace(Path temp) {
    this.temp = temp;
    this.user =
        World.repository(temp.resolve("world/shop"), "check.sh", "test -f u.txt\n", "u.txt", "u\n");
    this.homes =
        List.of(
            new Terminal(temp.resolve("world/home0"), user),
            new Terminal(temp.resolve("world/home1"), user));
    for (int i = 0; i < TASKS; i++) {
      tasks.add(proposed(i));
    }
    World.shell(temp, "cp -a world template");
    for (int i = 0; i < TASKS; i++) {
      racers.add(racer(temp.resolve("world/home" + i % homes.size())));
    }
    racers.forEach(r -> assertThat(r.said()).isEqualTo("said ready"));
  }

  private Terminal home(int task) {
    return homes.get(task % homes.size());
  }

  private String proposed(int i) {
    Path agent =
        script(
            temp.resolve("agent" + i + ".sh"),
            "mkdir -p d%1$d; for n in 1 2 3 4 5 6 7 8; do echo %1$d > d%1$d/$n; done\n"
                .formatted(i));
    Terminal.Said said =
        home(i)
            .longe(
                "run",
                "Task " + i,
                "--agent",
                "command:" + agent,
                "--check",
                "bash check.sh",
                "--json");
    assertThat(said.exit()).as(said.err()).isZero();
    return Terminal.lines(said.out()).getFirst().path("task").asString();
  }

  private Racer racer(Path home) {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    ProcessSpec spec =
        new ProcessSpec(
            World.java("dev.longe.e2e.LandingRacer", home.toString(), user.toString()),
            temp,
            World.ENVIRONMENT.basic(),
            false,
            new Confinement.Open(),
            Duration.ofMinutes(5),
            1 << 24,
            "",
            true);
    RunningProcess process =
        World.SANDBOX.start(
            spec,
            new Output() {
              @Override
              public void line(String line) {
                if (line.startsWith("said ")) {
                  lines.add(line);
                }
              }

              @Override
              public void errorLine(String line) {
                System.out.println("racer: " + line);
              }
            });
    return new Racer(process, lines);
  }

  void run(int rounds) {
    for (int round = 0; round < rounds; round++) {
      World.shell(temp, "rm -rf world; cp -a template world");
      List<String> said = race(round % 2 == 1);
      assertThat(round(round, said)).as("round %d: %s", round, said).isEmpty();
    }
  }

  /** Lets all of them accept at once; what each said. */
  private List<String> race(boolean userWorks) {
    for (int i = 0; i < TASKS; i++) {
      assertThat(racers.get(i).process().send(tasks.get(i) + "\n")).isTrue();
    }
    if (userWorks) {
      while (racers.stream().anyMatch(r -> r.lines().isEmpty() && !r.process().ended())) {
        World.shell(user, "echo more >> u.txt; git commit -qam user 2>&1 || true");
      }
    }
    return racers.stream().map(Racer::said).toList();
  }

  /** What is wrong after a round. */
  private List<String> round(int round, List<String> said) {
    boolean userWorked = round % 2 == 1;
    List<String> wrong = new ArrayList<>();
    List<String> landed =
        git(user, "log", "--format=%(trailers:key=Longe-Task,valueonly)", "main")
            .lines()
            .filter(l -> !l.isBlank())
            .toList();
    for (int i = 0; i < TASKS; i++) {
      String task = tasks.get(i);
      boolean has = landed.contains(task);
      boolean files = Files.exists(user.resolve("d" + i + "/8"));
      boolean told = home(i).state(task).state().word().equals("landed");
      if (has != files || has != told || has != said.get(i).startsWith("said 0")) {
        wrong.add(
            "task %d: in the history %s, its files %s, told %s".formatted(i, has, files, told));
      }
      if (!has && !(userWorked && said.get(i).matches(TRUE_REASON))) {
        wrong.add("task " + i + " was refused: " + said.get(i));
      }
    }
    if (landed.size() != landed.stream().distinct().count()) {
      wrong.add("landed twice: " + landed);
    }
    git(user, "status", "--porcelain")
        .lines()
        .filter(l -> !(userWorked && l.endsWith(" u.txt")))
        .forEach(l -> wrong.add("git status says " + l));
    Stream.of("index.lock", "HEAD.lock", "longe.index", "longe.landing")
        .filter(f -> Files.exists(user.resolve(".git").resolve(f)))
        .forEach(f -> wrong.add(f + " was left"));
    return wrong;
  }

  @Override
  public void close() {
    racers.forEach(r -> r.process().kill());
  }
}

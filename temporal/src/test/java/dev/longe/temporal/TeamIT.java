package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.sandbox.Exit;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A team on a real Temporal server that keeps its data in a file: three worker hosts and a laptop
 * in network namespaces, a shared repository behind {@code git daemon}. The server's program is
 * named by the system property {@code longe.temporal}.
 */
@Timeout(300)
final class TeamIT {
  private static final String ENGINE = "temporal://" + Net.HUB + ":7233/default?heartbeat=2s";

  @TempDir static Path temp;
  private static Net net;
  private static Path laptop;

  /** The workers by their host, and the server as zero. */
  private static final Map<Integer, RunningProcess> RUNNING = new HashMap<>();

  @BeforeAll
  static void team() {
    net = new Net("longe-" + ProcessHandle.current().pid() + "-", 3);
    Path shared = temp.resolve("git/shared.git");
    World.make(shared);
    World.git(shared, "init", "-q", "--bare", "-b", "main");
    World.git(shared, "config", "daemon.receivepack", "true");
    RunningProcess _ =
        net.start(
            0,
            temp,
            Map.of(),
            List.of(
                "git",
                "daemon",
                "--reuseaddr",
                "--export-all",
                "--base-path=" + temp.resolve("git"),
                "--listen=" + Net.HUB));
    laptop =
        World.repository(
            temp.resolve("laptop"), "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
    World.git(laptop, "remote", "add", "origin", "git://" + Net.HUB + "/shared.git");
    World.git(laptop, "push", "-q", shared.toString(), "main");
    serve();
    for (int i = 1; i <= 3; i++) {
      worker(i);
    }
  }

  private static void serve() {
    RUNNING.put(
        0,
        net.start(
            0,
            temp,
            Map.of(),
            List.of(
                System.getProperty("longe.temporal"),
                "server",
                "start-dev",
                "--headless",
                "--ip",
                "0.0.0.0",
                "--log-level",
                "error",
                "--db-filename",
                temp.resolve("server.db").toString())));
    // A worker ends if there is no server when it starts.
    World.until("the server listens", TeamIT::serverListens);
  }

  private static RunningProcess running(int host) {
    return Objects.requireNonNull(RUNNING.get(host));
  }

  /** Signals the worker's own process and nothing that it started. */
  private static void signal(String signal, int host) {
    for (long pid : World.withArgument("box" + host)) {
      String _ = World.shell(temp, "kill -" + signal + " " + pid);
    }
    World.until("box" + host + " has ended", () -> running(host).ended());
  }

  private static Map<String, String> variables(String home) {
    World.write(temp.resolve(home + "/team.keys"), "k " + "A".repeat(43) + "=\n");
    return Map.of(
        "LONGE_ENGINE",
        ENGINE,
        "LONGE_HOME",
        temp.resolve(home).toString(),
        "LONGE_SANDBOX",
        "none");
  }

  private static void worker(int host) {
    String name = "box" + host;
    RUNNING.put(
        host,
        net.start(
            host, temp, variables(name), World.longe("worker", "--name", name, "--slots", "4")));
    World.until(name + " is there", () -> longe("team").contains("worker   " + name + "  seen"));
  }

  /** What a command said on the laptop, which shares the hub's host. */
  private static String longe(String... arguments) {
    Path out = temp.resolve("out-" + System.nanoTime());
    List<String> argv = List.of("bash", "-c", "\"$@\" > " + out + " 2>&1", "longe");
    List<String> all = new ArrayList<>(argv);
    all.addAll(World.longe(arguments));
    Exit _ = net.start(0, laptop, variables("lap"), all).await();
    return World.read(out);
  }

  private static boolean serverListens() {
    List<String> connect = List.of("bash", "-c", "exec 3<>/dev/tcp/" + Net.HUB + "/7233");
    return net.start(0, temp, Map.of(), connect).await().ok();
  }

  private static String submit(String script, String... more) {
    Path file = World.write(temp.resolve("agent-" + System.nanoTime() + ".yaml"), script);
    Stream<String> all =
        Stream.concat(
            Stream.of(
                "submit",
                "Make answer.txt say 42",
                "--agent",
                "script:" + file,
                "--check",
                "bash check.sh"),
            Stream.of(more));
    String said = longe(all.toArray(String[]::new));
    return said.lines()
        .filter(l -> l.matches("[a-z0-9]{5}"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(said));
  }

  private static boolean is(String task, String state) {
    return longe("ls", "-a").lines().anyMatch(l -> l.startsWith(task + "  " + state));
  }

  /** On which host a program with this mark runs; zero for none. */
  private static int host(String mark) {
    for (long pid : World.withArgument(mark)) {
      for (int i = 1; i <= 3; i++) {
        if (environment(pid).contains("/box" + i)) {
          return i;
        }
      }
    }
    return 0;
  }

  /** Empty for a process that has just ended. */
  private static String environment(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"));
    } catch (IOException e) {
      return "";
    }
  }

  private static String slowly(String mark) {
    return "attempts: [[{usage: {input: 5, output: 5, usd: 0.01}}, {run: \"bash -c 'exec -a %s sleep 8'\"}, {write: {path: answer.txt, text: \"42\\n\"}}]]\n"
        .formatted(mark);
  }

  @AfterEach
  void everybodyIsThere() {
    for (int i = 1; i <= 3; i++) {
      net.mend(i);
      if (running(i).ended()) {
        worker(i);
      }
    }
  }

  @AfterAll
  static void end() {
    RUNNING.values().forEach(RunningProcess::kill);
    net.close();
  }

  @Test
  @Tag("F25")
  void oneWorkerKilled_noTaskIsLost_noneLandsTwice() {
    List<String> tasks = new ArrayList<>();
    String mark = "killed-" + System.nanoTime();
    for (int i = 0; i < 10; i++) {
      tasks.add(submit(slowly(mark)));
    }
    World.until("one works", () -> host(mark) > 0);
    signal("KILL", host(mark));
    untilAll(tasks, "proposed");
    assertThat(World.withArgument(mark)).isEmpty();
    for (String task : tasks.subList(0, 2)) {
      String said = longe("accept", task);
      assertThat(is(task, "landed")).as(said).isTrue();
    }
    Path shared = temp.resolve("git/shared.git");
    assertThat(World.git(shared, "show", "main:answer.txt")).isEqualTo("42");
  }

  private static void untilAll(List<String> tasks, String state) {
    for (int i = 0; i < 4; i++) {
      try {
        World.until(
            "all are " + state,
            () -> {
              String list = longe("ls", "-a");
              return tasks.stream()
                  .allMatch(t -> list.lines().anyMatch(l -> l.startsWith(t + "  " + state)));
            });
        return;
      } catch (AssertionError e) {
        if (i == 3) {
          throw new AssertionError(longe("ls", "-a") + longe("team"), e);
        }
      }
    }
  }

  @Test
  @Tag("F25")
  @Tag("F26")
  @Tag("I11")
  void cutOff_itsProcessesDie_anotherGoesOn_andNothingOfItIsWrittenWhenItComesBack() {
    String mark = "cut-" + System.nanoTime();
    String task = submit(slowly(mark));
    World.until("one works", () -> host(mark) > 0);
    int first = host(mark);
    net.cut(first);
    World.until("the processes there are dead", () -> host(mark) != first);
    untilAll(List.of(task), "proposed");
    String before = World.git(temp.resolve("git/shared.git"), "for-each-ref", "refs/longe/" + task);
    net.mend(first);
    World.until("it is back", () -> longe("team").contains("worker   box" + first + "  seen"));
    assertThat(World.git(temp.resolve("git/shared.git"), "for-each-ref", "refs/longe/" + task))
        .isEqualTo(before);
    assertThat(longe("log", task))
        .contains("left       box" + first)
        .contains("no heartbeat")
        .containsSubsequence("attempt lost", "attempt 2", "proposed");
    assertThat(longe("replay", task)).contains("all equal to the recorded ones");
  }

  @Test
  @Tag("I12")
  void stop_onACutOffMachine_returnsWhenNothingRunsThere() {
    String mark = "stopped-" + System.nanoTime();
    String task = submit(slowly(mark).replace("sleep 8", "sleep 100"));
    World.until("one works", () -> host(mark) > 0);
    net.cut(host(mark));
    String said = longe("stop", task);
    assertThat(World.withArgument(mark)).as(said).isEmpty();
    untilAll(List.of(task), "stopped");
  }

  @Test
  void serverRestarted_everythingGoesOn() {
    String mark = "restart-" + System.nanoTime();
    String task = submit(slowly(mark));
    World.until("one works", () -> host(mark) > 0);
    var _ = running(0).kill();
    serve();
    untilAll(List.of(task), "proposed");
    assertThat(World.withArgument(mark)).isEmpty();
  }

  @Test
  void moved_onPurpose_goesOnElsewhere() {
    String mark = "moved-" + System.nanoTime();
    String task = submit(slowly(mark));
    World.until("one works", () -> host(mark) > 0);
    int first = host(mark);
    int other = first % 3 + 1;
    assertThat(longe("move", task, "--to", "box" + other)).contains("continues on another worker");
    World.until("it goes on there", () -> host(mark) == other);
    untilAll(List.of(task), "proposed");
    assertThat(longe("log", task)).contains("a human moved it to box" + other);
  }

  @Test
  void workerToldToEnd_handsItsTasksBack() {
    String mark = "ended-" + System.nanoTime();
    String task = submit(slowly(mark));
    World.until("one works", () -> host(mark) > 0);
    int first = host(mark);
    signal("TERM", first);
    untilAll(List.of(task), "proposed");
    assertThat(longe("log", task)).contains("left       box" + first);
  }
}

package dev.longe.bench;

import dev.longe.core.*;
import dev.longe.home.Home;
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
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The shared repository and the processes of a team. */
@SuppressWarnings({"AnnotateFormatMethod", "FutureReturnValueIgnored", "DefaultCharset"})
final class TeamGround {
  static final String PORT = "17233";
  final Path root;
  final String server;
  final String longe;
  final String address = "temporal://127.0.0.1:" + PORT + "/default";
  final Path clone;
  final List<Process> processes = new ArrayList<>();
  int tasks;

  TeamGround(Path root, String server, String longe) throws Exception {
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

  static void tell(String row, String format, Object... values) {
    System.out.printf("%-9s %s%n", row, format.formatted(values));
  }

  String sh(String line) throws Exception {
    Process p = new ProcessBuilder("bash", "-euc", line).redirectErrorStream(true).start();
    String out = new String(p.getInputStream().readAllBytes());
    if (p.waitFor() != 0) {
      throw new IllegalStateException(line + ": " + out);
    }
    return out;
  }

  Process start(Map<String, String> variables, String... argv) throws Exception {
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

  static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  Process worker(String name, int slots) throws Exception {
    return start(
        Map.of("LONGE_ENGINE", address, "LONGE_HOME", root.resolve(name).toString()),
        longe,
        "worker",
        "--name",
        name,
        "--slots",
        "" + slots);
  }

  RemoteEngine engine() {
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

  Event.Submitted submitted(int attempts, String step, String repository) throws Exception {
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
            false,
            OptionalInt.empty());
    Loop loop =
        new Loop(
            "bench",
            Mode.EXECUTE,
            List.of(new AgentSpec("script", List.of(script.toString()))),
            Optional.empty(),
            List.of(),
            List.of(),
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
            List.of(),
            "{{task}}");
    Commit base = new Commit(sh("cd " + clone + " && git rev-parse HEAD").strip());
    return new Event.Submitted("Count.", new Source(repository, Optional.of("main"), base), loop);
  }

  TaskId id() {
    StringBuilder id = new StringBuilder();
    int n = tasks++;
    for (int i = 0; i < TaskId.LENGTH; i++) {
      id.append(TaskId.ALPHABET.charAt(n % TaskId.ALPHABET.length()));
      n /= TaskId.ALPHABET.length();
    }
    return new TaskId(id.toString());
  }

  TaskId submit(RemoteEngine engine, Event.Submitted submitted) {
    TaskId id = id();
    engine.submit(id, List.of(new TimedEvent(Instant.now(), submitted)));
    return id;
  }

  void bases(int from, int to) throws Exception {
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

  String sh0() throws Exception {
    if (head.isEmpty()) {
      head = sh("cd " + clone + " && git rev-parse HEAD").strip();
    }
    return head;
  }
}

package dev.longe.bench;

import dev.longe.core.AgentSpec;
import dev.longe.core.Command;
import dev.longe.core.Event;
import dev.longe.core.Loop;
import dev.longe.core.MoveStep;
import dev.longe.core.Sandboxing;
import dev.longe.core.TaskState;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the trees of a confined task cost, beside git's own commands on the same repository. */
@SuppressWarnings("AnnotateFormatMethod")
final class TreeRows {
  private static final int TASKS = 10;
  private static final int ATTEMPTS = 12;
  private static final int DIRECTORIES = 500;
  private static final int FILES_IN_EACH = 100;

  private final Ground ground;

  TreeRows(Ground ground) {
    this.ground = ground;
  }

  /** A repository of one file, then one of 50,000. */
  void trees() throws Exception {
    measure("small", ground.repository);
    Path large = ground.root.resolve("large");
    String text = "// a line of text of an ordinary length, more or less\n".repeat(100);
    for (int d = 0; d < DIRECTORIES; d++) {
      Path directory = Files.createDirectories(large.resolve("p" + d / 25 + "/d" + d));
      for (int f = 0; f < FILES_IN_EACH; f++) {
        Files.writeString(directory.resolve("f" + f + ".txt"), d + " " + f + "\n" + text);
      }
    }
    git(large, "init", "-q", "-b", "main");
    git(large, "add", "-A");
    git(large, "-c", "user.name=B", "-c", "user.email=b@example.org", "commit", "-qm", "base");
    measure("50,000 files", large);
  }

  private void measure(String what, Path repository) throws Exception {
    Path home = ground.root.resolve("trees-" + repository.getFileName());
    Path agent = ground.root.resolve("changing.sh");
    Files.writeString(agent, "#!/bin/sh\necho \"$LONGE_ATTEMPT\" > changed.txt\n");
    boolean _ = agent.toFile().setExecutable(true);
    List<Double> starts = new ArrayList<>();
    List<Double> turns = new ArrayList<>();
    List<Double> disk = new ArrayList<>();
    try (Journal journal =
        Journal.open(home, ground.owners::alive, ground.owners::requireOutside)) {
      for (int i = 0; i < TASKS; i++) {
        Event.Submitted submitted = ground.submitted(loop(agent), repository);
        TaskState task = journal.submit(submitted, Ground::id, Ground.CLOCK.instant());
        ground.engine(journal, home, 4).work(task.id());
        List<JournalEntry> told = journal.entries(task.id());
        if (i > 0) {
          starts.add(between(told, Event.Claimed.class, Event.AttemptStarted.class));
          turns.addAll(turns(told));
          Path work = home.resolve("work").resolve(task.id().text());
          disk.add(Double.parseDouble(run(home, "du", "-sk", work.toString()).split("\t")[0]));
        }
      }
    }
    Ground.tell(
        "trees",
        "%s: task start p50 %.0f ms; agent's end to the next start, without the check's own time,"
            + " p50 %.0f ms, p99 %.0f ms (%d); %.0f KiB on disk per task; setup ran %s times for %d"
            + " tasks",
        what,
        Ground.part(starts, 0.5),
        Ground.part(turns, 0.5),
        Ground.part(turns, 0.99),
        turns.size(),
        Ground.part(disk, 0.5),
        run(home, "sh", "-c", "cat bases/*/setup/upper/.setup/runs | wc -l"),
        TASKS);
    Ground.tell(
        "trees",
        "%s, git beside it: status p50 %.0f ms, clone --shared %.0f ms, worktree add %.0f ms",
        what,
        git(repository, "status", "--porcelain"),
        git(repository, "clone", "-q", "--shared", ".", home.resolve("clone").toString()),
        git(repository, "worktree", "add", "-q", home.resolve("worktree").toString()));
  }

  private Loop loop(Path agent) {
    Loop l =
        ground.loop(
            new AgentSpec("command", List.of(agent.toString())),
            List.of(new MoveStep(MoveStep.Kind.CONTINUE, ATTEMPTS)),
            ATTEMPTS);
    return new Loop(
        l.name(),
        l.mode(),
        l.agents(),
        Optional.of(
            new Command.Shell(
                "mkdir -p .setup; echo >> .setup/runs; echo '*' > .setup/.gitignore")),
        List.of(),
        List.of(),
        l.checks(),
        l.protect(),
        l.moves(),
        l.limits(),
        l.review(),
        Sandboxing.DEFAULT,
        l.env(),
        l.carry(),
        l.prompt());
  }

  private static double between(
      List<JournalEntry> told, Class<? extends Event> from, Class<? extends Event> to) {
    return millis(first(told, from), first(told, to));
  }

  private static JournalEntry first(List<JournalEntry> told, Class<? extends Event> type) {
    return told.stream().filter(e -> type.isInstance(e.event())).findFirst().orElseThrow();
  }

  private static double millis(JournalEntry from, JournalEntry to) {
    return Duration.between(from.at(), to.at()).toMillis();
  }

  /** From each end of an attempt to the start of the next one. */
  private static List<Double> turns(List<JournalEntry> told) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).event() instanceof Event.AttemptEnded) {
        double checks = 0;
        for (JournalEntry next : told.subList(i, told.size())) {
          if (next.event() instanceof Event.Checked c) {
            checks += c.receipt().took().toNanos() / 1e6;
          }
          if (next.event() instanceof Event.AttemptStarted) {
            all.add(millis(told.get(i), next) - checks);
            break;
          }
        }
      }
    }
    return all;
  }

  /** The median time of a git command in milliseconds; one that makes something runs once. */
  private double git(Path directory, String... words) throws Exception {
    int times = words[0].equals("status") ? 9 : 1;
    List<String> argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(words));
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long began = System.nanoTime();
      String _ = run(directory, argv.toArray(String[]::new));
      all.add((System.nanoTime() - began) / 1e6);
    }
    return Ground.part(all, 0.5);
  }

  private static String run(Path directory, String... argv) throws Exception {
    Process process =
        new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", argv) + ": " + output);
    }
    return output.strip();
  }
}

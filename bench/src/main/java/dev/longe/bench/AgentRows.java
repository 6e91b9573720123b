package dev.longe.bench;

import dev.longe.core.AgentSpec;
import dev.longe.core.Loop;
import dev.longe.core.Money;
import dev.longe.core.MoveStep;
import dev.longe.core.TaskState;
import dev.longe.cost.PriceTable;
import dev.longe.effects.RealEffects;
import dev.longe.engine.Engine;
import dev.longe.engine.Settings;
import dev.longe.home.Home;
import dev.longe.intake.AgentsFile;
import dev.longe.journal.Journal;
import dev.longe.journal.Slots;
import dev.longe.sandbox.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What the harness costs beside its agents. */
@SuppressWarnings("AnnotateFormatMethod")
final class AgentRows {
  private final Ground ground;

  AgentRows(Ground ground) {
    this.ground = ground;
  }

  /**
   * The harness's own time between an agent's stop and the next prompt's delivery, without the
   * checks' own time.
   */
  void turnaround() throws Exception {
    Path home = ground.root.resolve("turnaround");
    Path agent = ground.root.resolve("agent.sh");
    Files.writeString(
        agent,
        "#!/bin/sh\ndate +%s%N >> "
            + ground.root
            + "/starts\ncat >/dev/null\necho $LONGE_ATTEMPT > a.txt\ndate +%s%N >> "
            + ground.root
            + "/ends\n");
    agent.toFile().setExecutable(true);
    int attempts = 120;
    try (Journal journal =
        Journal.open(home, ground.owners::alive, ground.owners::requireOutside)) {
      Loop loop =
          ground.loop(
              new AgentSpec("command", List.of(agent.toString())),
              List.of(new MoveStep(MoveStep.Kind.FRESH, attempts)),
              attempts);
      TaskState task = journal.submit(ground.submitted(loop), Ground::id, Ground.CLOCK.instant());
      ground.engine(journal, home, 4).work(task.id());
      List<Double> checks =
          journal.state(task.id()).attempts().stream()
              .map(a ->
                  a.checked().stream().mapToDouble(c -> c.receipt().took().toNanos() / 1e6).sum())
              .toList();
      List<Long> starts = ground.numbers("starts");
      List<Long> ends = ground.numbers("ends");
      List<Double> gaps = new ArrayList<>();
      for (int i = 20; i + 1 < starts.size(); i++) {
        gaps.add((starts.get(i + 1) - ends.get(i)) / 1e6 - checks.get(i));
      }
      Ground.tell(
          "turnaround",
          "agent's last act to the next agent's first, both processes' own start and end in it: p50"
              + " %.1f ms, p99 %.1f ms (%d)",
          Ground.part(gaps, 0.5),
          Ground.part(gaps, 0.99),
          gaps.size());
    }
  }

  /** 500 agents at once, each talking twenty lines a second for ten seconds. */
  void agents() throws Exception {
    Path home = ground.root.resolve("agents");
    int count = 500;
    Path agent = ground.root.resolve("talker.sh");
    Files.writeString(
        agent,
        "#!/bin/sh\n"
            + "cat >/dev/null\n"
            + "i=0; while [ $i -lt 200 ]; do echo \"line $i of a talking agent\"; i=$((i+1)); sleep"
            + " 0.05; done\n");
    agent.toFile().setExecutable(true);
    AtomicLong heard = new AtomicLong();
    try (Journal journal =
        Journal.open(home, ground.owners::alive, ground.owners::requireOutside)) {
      Loop loop =
          ground.loop(
              new AgentSpec("command", List.of(agent.toString())),
              List.of(new MoveStep(MoveStep.Kind.ASK, 1)),
              1);
      for (int i = 0; i < count; i++) {
        journal.submit(ground.submitted(loop), Ground::id, Ground.CLOCK.instant());
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
                  ground.sandbox,
                  environment,
                  environment.committing(),
                  Ground.CLOCK,
                  settings,
                  (_, e) -> heard.addAndGet(e instanceof dev.longe.agent.AgentEvent.Said ? 1 : 0)),
              Ground.CLOCK,
              settings,
              ground.owners.own());
      long began = System.nanoTime();
      engine.serve(idle -> idle, System.out::println);
      Ground.tell(
          "agents",
          "%d agents: %,d of %,d lines heard in %.0f s, %s",
          count,
          heard.get(),
          count * 200L,
          (System.nanoTime() - began) / 1e9,
          resident());
    }
  }

  static String resident() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(l -> l.startsWith("VmHWM"))
          .findFirst()
          .orElse("")
          .replaceAll("\\s+", " ");
    }
  }
}

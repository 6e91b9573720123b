package dev.longe.bench;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.MoveStep;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.cost.PriceTable;
import dev.longe.effects.RealEffects;
import dev.longe.engine.Engine;
import dev.longe.engine.Settings;
import dev.longe.home.Home;
import dev.longe.intake.AgentsFile;
import dev.longe.journal.Journal;
import dev.longe.journal.Slots;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Owners;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The repository and the processes that the rows of the benchmark share. */
@SuppressWarnings("AnnotateFormatMethod")
final class Ground {
  static final InstantSource CLOCK = InstantSource.system();
  private static final AtomicLong IDS = new AtomicLong();
  final Path root;
  final Path repository;
  final Environment variables = new Environment(System.getenv());
  final Owners owners;
  final Sandbox sandbox;

  Ground(Path root) throws Exception {
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

  static void tell(String row, String format, Object... values) {
    System.out.printf("%-11s %s%n", row, format.formatted(values));
  }

  static TaskId id() {
    StringBuilder id = new StringBuilder();
    long n = IDS.getAndIncrement();
    for (int i = 0; i < TaskId.LENGTH; i++, n /= TaskId.ALPHABET.length()) {
      id.append(TaskId.ALPHABET.charAt((int) (n % TaskId.ALPHABET.length())));
    }
    return new TaskId(id.toString());
  }

  static double part(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, part * sorted.size()));
  }

  Loop loop(AgentSpec agent, List<MoveStep> moves, int attempts) {
    Limits d = Limits.DEFAULT;
    CheckSpec check =
        new CheckSpec.Run(
            new CheckName("check"),
            new Command.Argv(List.of("false")),
            Optional.empty(),
            Duration.ofMinutes(1),
            false,
            false,
            OptionalInt.empty());
    return new Loop(
        "bench",
        Mode.EXECUTE,
        List.of(agent),
        Optional.empty(),
        List.of(),
        List.of(),
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
        List.of(),
        "{{task}}");
  }

  Event.Submitted submitted(Loop loop) {
    return submitted(loop, repository);
  }

  Event.Submitted submitted(Loop loop, Path repository) {
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

  List<Long> numbers(String file) throws IOException {
    try (Stream<String> lines = Files.lines(root.resolve(file))) {
      return lines.map(Long::parseLong).toList();
    }
  }

  Engine engine(Journal journal, Path home, int slots) {
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
        new RealEffects(
            new Home(home),
            sandbox,
            environment,
            environment.committing(),
            CLOCK,
            settings,
            (_, _) -> {}),
        CLOCK,
        settings,
        owners.own());
  }
}

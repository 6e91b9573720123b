package dev.longe.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.agent.AgentEvent;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Loop;
import dev.longe.core.Money;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Verdict;
import dev.longe.cost.PriceTable;
import dev.longe.engine.Reachable;
import dev.longe.engine.Settings;
import dev.longe.engine.Supervised;
import dev.longe.home.Home;
import dev.longe.intake.AgentsFile;
import dev.longe.journal.Slots;
import dev.longe.sandbox.Environment;
import dev.longe.testing.TaskHistory;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many tasks share one prepared base. Needs Bubblewrap. */
@Timeout(300)
final class ManyTasksIT {
  private static final int TASKS = 200;

  /** The brief's bound for a task that changes nothing. */
  private static final long KIB_OF_TASK_MAX = 2_048;

  @TempDir Path temp;

  /** A task to which nobody says a word. */
  private record Unattended(TaskState state) implements Supervised {
    @Override
    public void append(Event... events) {
      throw new AssertionError("no attempt runs");
    }

    @Override
    public void takeWords(Optional<? extends Reachable> live) {}
  }

  @Test
  @Tag("I3")
  @Tag("I17")
  void twoHundredTasksOnOneBase_setUpOnce_andLeaveNothing() throws IOException {
    Path repository =
        World.repository(
            temp.resolve("user"), ".gitignore", "installed/\n", "content", "x".repeat(1 << 20));
    Home home = new Home(temp.resolve("home"));
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    RealEffects effects = effects(home, told);
    Commit base = World.head(repository);
    prepareAndCheck(effects, task(repository, base, 0));
    long mounts = mounts();
    long descriptors = descriptors();
    List<TaskState> tasks = new ArrayList<>();
    for (int n = 1; n < TASKS; n++) {
      tasks.add(task(repository, base, n));
      prepareAndCheck(effects, tasks.getLast());
    }
    assertThat(told.stream().filter(l -> l.startsWith("The setup runs: "))).hasSize(1);
    assertThat(mounts()).isEqualTo(mounts);
    assertThat(descriptors()).isLessThan(descriptors + TASKS / 10);
    assertThat(World.withArgument(home.root().toString())).isEmpty();
    assertThat(entries(home.bases())).as("one base and its lock").hasSize(2);
    assertThat(kibibytes(home.workspaces())).isLessThan(TASKS * KIB_OF_TASK_MAX);
    assertThat(World.shell(home.workspaces(), "find . -name 'check-*' -o -name 'run-*'")).isEmpty();
    tasks.forEach(effects::close);
    assertThat(entries(home.workspaces())).as("the first task is open").hasSize(1);
    assertThat(World.git(repository, "for-each-ref", "refs/longe")).isEmpty();
  }

  private RealEffects effects(Home home, List<String> told) {
    Map<String, String> variables = new HashMap<>(World.ENVIRONMENT.all());
    variables.put("LONGE_SANDBOX", "auto");
    variables.put("HOME", temp.resolve("person").toString());
    Environment environment = new Environment(variables);
    Spectator spectator =
        new Spectator() {
          @Override
          public void saw(TaskId task, AgentEvent event) {}

          @Override
          public void told(TaskId task, String line) {
            told.add(line);
          }
        };
    Settings settings =
        new Settings(
            "here",
            new Slots(1, Map.of()),
            new Money(0),
            Settings.Reviewing.DEFAULT,
            ZoneOffset.UTC,
            AgentsFile.NONE,
            PriceTable.shipped());
    return new RealEffects(
        home,
        World.SANDBOX,
        environment,
        environment.committing(),
        InstantSource.system(),
        settings,
        spectator);
  }

  private static final CheckSpec CHECK =
      TaskHistory.run(
          new CheckName("installed"), "test -e installed/it && touch installed/more here", false);

  private static TaskState task(Path repository, Commit base, int n) {
    Loop l = TaskHistory.loop(CHECK);
    Loop loop =
        new Loop(
            l.name(),
            l.mode(),
            l.agents(),
            Optional.of(new Command.Shell("mkdir installed; touch installed/it")),
            List.of(),
            List.of(),
            l.checks(),
            l.protect(),
            l.moves(),
            l.limits(),
            l.review(),
            Sandboxing.DEFAULT,
            List.of(),
            List.of(),
            l.prompt());
    Source source = new Source(repository.toString(), Optional.of("main"), base);
    TaskId id = new TaskId("a%04d".formatted(n));
    return TaskState.of(id, List.of(new Event.Submitted("Do it.", source, loop)));
  }

  private static void prepareAndCheck(RealEffects effects, TaskState task) {
    Unattended loop = new Unattended(task);
    assertThat(effects.prepare(loop, task)).isPresent();
    assertThat(effects.checkBase(loop, task, CHECK).orElseThrow().verdict())
        .isInstanceOf(Verdict.Passed.class);
  }

  private static long mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).size();
  }

  private static long descriptors() {
    return entries(Path.of("/proc/self/fd")).size();
  }

  private static List<Path> entries(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long kibibytes(Path directory) {
    return Long.parseLong(World.shell(directory, "du -sk . | cut -f1"));
  }
}

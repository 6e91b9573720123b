package dev.longe.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.engine.Engine;
import dev.longe.intake.Overrides;
import dev.longe.intake.Problem;
import dev.longe.journal.Journal;
import dev.longe.journal.JournalEntry;
import dev.longe.sandbox.Environment;
import dev.longe.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client of {@link Tasks} without a command line and without a terminal. */
@Timeout(120)
final class SecondClientTest {
  private static final String RIGHT =
      "attempts: [[{write: {path: answer.txt, text: \"42\\n\"}}]]\n";

  @TempDir Path temp;
  private Path user;
  private final List<Client> clients = new ArrayList<>();

  /** A client that follows everything from a cursor. */
  private static final class Client {
    private static final int PAGE = 3;

    private final Tasks tasks;
    private final List<JournalEntry> seen = new ArrayList<>();
    private long cursor;

    Client(Tasks tasks) {
      this.tasks = tasks;
    }

    /** One page of what is new; false if nothing is. */
    boolean poll() {
      List<JournalEntry> page = tasks.since(cursor, PAGE);
      assertThat(page).hasSizeLessThanOrEqualTo(PAGE);
      seen.addAll(page);
      cursor = page.isEmpty() ? cursor : page.getLast().seq();
      return !page.isEmpty();
    }

    void pollAll() {
      boolean more = true;
      while (more) {
        more = poll();
      }
    }
  }

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("user"), "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
  }

  @AfterEach
  void close() {
    clients.forEach(c -> c.tasks.close());
  }

  private Installation installation(InstantSource clock) {
    Map<String, String> all = new HashMap<>(World.ENVIRONMENT.all());
    all.put("LONGE_HOME", temp.resolve("home").toString());
    all.remove("LONGE_ENGINE");
    return Installation.of(new Environment(all), clock);
  }

  private Client client() {
    Client client = new Client(Tasks.of(installation(InstantSource.system())));
    clients.add(client);
    return client;
  }

  private static Overrides parts(Optional<String> agent, List<String> checks, String... protect) {
    return parts(Optional.empty(), agent, checks, protect);
  }

  private Overrides exploring() {
    return parts(
        Optional.of("explore"), Optional.of("script:" + temp.resolve("agent.yaml")), List.of());
  }

  private static Overrides parts(
      Optional<String> mode, Optional<String> agent, List<String> checks, String... protect) {
    return new Overrides(
        mode,
        agent,
        checks,
        List.of(),
        false,
        List.of(protect),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private TaskRequest request(String text, Overrides parts, String... labels) {
    return new TaskRequest(text, user, Path.of(""), Optional.empty(), parts, List.of(labels));
  }

  private TaskRequest right(String text) {
    World.write(temp.resolve("agent.yaml"), RIGHT);
    return request(
        text, parts(Optional.of("script:" + temp.resolve("agent.yaml")), List.of("bash check.sh")));
  }

  private static TaskId queued(Submission submission) {
    assertThat(submission).isInstanceOf(Submission.Queued.class);
    return submission.accepted();
  }

  @Test
  void allProblemsOfARequest_areReportedAtOnce_andNothingIsQueued() {
    Client client = client();
    Submission said =
        client.tasks.submit(
            request(
                " ",
                parts(Optional.of("script:none.yaml"), List.of("no-such-check"), "nothing/**"),
                "gpu"));
    assertThat(said)
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            r ->
                assertThat(r.problems())
                    .extracting(Problem::path)
                    .containsExactly("TASK", "--label", "agent", "protect", "checks"));
    assertThat(client.tasks.rows()).isEmpty();
  }

  @Test
  void brokenLoop_brokenInvariants_andBadOptions_areReportedTogether() {
    World.write(user.resolve(".longe/loops/default.md"), "---\nmode: hover\n---\n");
    World.write(user.resolve(".longe/invariants.md"), "## nonsense\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-qm", "broken");
    Submission said =
        client().tasks.submit(request("x", parts(Optional.of("no-such-agent"), List.of("true"))));
    assertThat(said)
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            r ->
                assertThat(r.problems())
                    .extracting(Problem::file)
                    .contains(".longe/loops/default.md", ".longe/invariants.md", "command line"));
  }

  @Test
  void notesAreValues_andStopNothing() {
    World.write(user.resolve("more.txt"), "mine\n");
    Submission said = client().tasks.submit(right("Make it right"));
    TaskId _ = queued(said);
    assertThat(said.notes())
        .hasAtLeastOneElementOfType(Note.OpenQuestion.class)
        .contains(new Note.UncommittedFiles(1, World.head(user)));
  }

  /** A client that stays open sees the commits that are made meanwhile. */
  @Test
  void secondTask_startsFromTheNewHead() {
    Client client = client();
    TaskId first = queued(client.tasks.submit(right("Make answer.txt say 42")));
    World.git(user, "commit", "-q", "--allow-empty", "-m", "next");
    TaskId second = queued(client.tasks.submit(right("Make answer.txt say 42")));
    assertThat(client.tasks.state(first).submitted().source().base())
        .isNotEqualTo(World.head(user));
    assertThat(client.tasks.state(second).submitted().source().base()).isEqualTo(World.head(user));
  }

  @Test
  void everythingIsSeenOnce_byTwoClients_overSeveralTasks() {
    Client one = client();
    Client two = client();
    List<TaskId> ids = new ArrayList<>();
    for (String text : List.of("Make answer.txt say 42", "Let answer.txt be 42")) {
      ids.add(queued(one.tasks.submit(right(text))));
    }
    CompletableFuture<Void> first = working(one, ids.getFirst());
    CompletableFuture<Void> second = working(two, ids.getLast());
    World.until(
        "both are worked on",
        () -> {
          boolean _ = one.poll();
          boolean _ = two.poll();
          return first.isDone() && second.isDone();
        });
    first.join();
    second.join();
    Event.Word steered = new Event.Rejected("say why", present(two, ids.getFirst()));
    assertThat(two.tasks.say(ids.getFirst(), steered)).isInstanceOf(WordResult.Taken.class);
    one.pollAll();
    two.pollAll();
    List<Long> all =
        ids.stream()
            .flatMap(id -> one.tasks.entries(id).stream())
            .map(JournalEntry::seq)
            .sorted()
            .toList();
    assertThat(all).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    assertThat(one.seen).extracting(JournalEntry::seq).isEqualTo(all);
    assertThat(two.seen).isEqualTo(one.seen);
    assertThat(one.seen).extracting(JournalEntry::event).contains(steered);
  }

  private static CompletableFuture<Void> working(Client client, TaskId task) {
    return CompletableFuture.runAsync(() -> {
      TaskState after = client.tasks.work(task, (_, _) -> {});
      assertThat(after.state()).isEqualTo(State.PROPOSED);
    });
  }

  private static Optional<Commit> present(Client client, TaskId task) {
    return client.tasks.state(task).candidateCommit();
  }

  @Test
  @Tag("I18")
  void rejection_isVisibleAtOnce_toEveryClient_whenNobodyServes() {
    Client one = client();
    Client two = client();
    TaskId task = queued(one.tasks.submit(right("Make answer.txt say 42")));
    assertThat(one.tasks.work(task, (_, _) -> {}).state()).isEqualTo(State.PROPOSED);
    Optional<Commit> seen = present(two, task);
    assertThat(one.tasks.say(task, new Event.Rejected("too clever", seen)))
        .isInstanceOf(WordResult.Taken.class);
    assertThat(two.tasks.row(task))
        .satisfies(r -> assertThat(r.state()).isNotEqualTo("proposed"))
        .satisfies(r -> assertThat(r.reason()).contains("rejected"));
    assertThat(two.tasks.state(task).acceptable()).isFalse();
    assertThat(
            two.tasks.say(
                task, new Event.Accepted("Ada <ada@example.org>", false, seen, Optional.empty())))
        .isInstanceOf(WordResult.Refused.class);
    assertThat(World.git(user, "show", "main:answer.txt")).isEqualTo("0");
  }

  @Test
  void reviewed_accepted_landed_thenUndone() {
    Client client = client();
    TaskId task = queued(client.tasks.submit(right("Make answer.txt say 42")));
    assertThat(client.tasks.work(task, (_, _) -> {}).state()).isEqualTo(State.PROPOSED);
    TaskReview review = client.tasks.review(task, user);
    assertThat(review.diff(review.next().orElseThrow(), false)).contains("+42");
    assertThat(review.accept()).isEqualTo(new ReviewStep.Said(List.of(), new WordResult.Taken()));
    assertThat(client.tasks.land(task, (_, _) -> {}).state()).isEqualTo(State.LANDED);
    assertThat(World.git(user, "show", "main:answer.txt")).isEqualTo("42");
    assertThat(client.tasks.outcomes().standing()).isEqualTo(1);
    Undone undone = client.tasks.undo(task, "a mistake", user, _ -> {});
    assertThat(undone.revert()).isEqualTo(World.head(user));
    assertThat(World.git(user, "show", "main:answer.txt")).isEqualTo("0");
    OutcomeReport outcomes = client.tasks.outcomes();
    assertThat(outcomes.standing()).isZero();
    assertThat(outcomes.met(Event.Outcome.Fate.REVERTED)).isEqualTo(1);
  }

  @Test
  void constructingTasks_touchesNothing() {
    try (Tasks _ = Tasks.of(installation(InstantSource.system()))) {
      assertThat(temp.resolve("home")).doesNotExist();
    }
    assertThat(temp.resolve("home")).doesNotExist();
  }

  /** An exploration that has expired stays as it is until work begins. */
  @Test
  void constructingAnEngine_changesNoFile() {
    World.write(temp.resolve("agent.yaml"), RIGHT);
    Client client = client();
    TaskId exploration = queued(client.tasks.submit(request("Look for the answer", exploring())));
    assertThat(client.tasks.work(exploration, (_, _) -> {}).state()).isEqualTo(State.PROPOSED);
    try (Installation later = installation(() -> Instant.now().plus(Expiry.AFTER.plusDays(1)));
        Journal journal =
            Journal.open(
                later.home().root(), later.owners()::alive, later.owners()::requireOutside)) {
      String own = later.owners().own();
      Map<Path, String> before = files();
      Engine _ =
          new Engine(journal, later.effects((_, _) -> {}), later.clock(), later.settings(), own);
      assertThat(files()).isEqualTo(before);
    }
  }

  private Map<Path, String> files() {
    Map<Path, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(temp)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        all.put(path, Files.size(path) + " " + Files.getLastModifiedTime(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}

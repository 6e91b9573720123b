package dev.longe.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.intake.Overrides;
import dev.longe.journal.JournalEntry;
import dev.longe.sandbox.Environment;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client of {@link Tasks} without a command line and without a terminal may rely on,
 * whatever engine works on the tasks.
 */
@Timeout(120)
public abstract class ClientContract {
  static final String RIGHT = "attempts: [[{write: {path: answer.txt, text: \"42\\n\"}}]]\n";

  @TempDir protected Path temp;
  Path user = Path.of("");
  private final List<Client> clients = new ArrayList<>();

  /** The variables by which a client finds the engine. */
  protected abstract Map<String, String> variables();

  /** Begins to work on what is submitted, unless {@link Tasks#work} does that. */
  protected abstract void begin();

  /** The repository in which accepted changes arrive. */
  protected abstract Path landedIn(Path user, Path shared);

  /** Ends what {@link #begin} began. */
  protected abstract void end();

  /** A client that follows everything from a cursor. */
  static final class Client {
    private static final int PAGE = 3;

    final Tasks tasks;
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
  final void repository() {
    user =
        World.repository(
            temp.resolve("user"), "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
    World.make(shared());
    World.git(shared(), "init", "-q", "--bare", "-b", "main");
    World.git(user, "remote", "add", "origin", shared().toString());
    World.git(user, "push", "-q", "-u", "origin", "main");
  }

  final Path shared() {
    return temp.resolve("shared.git");
  }

  private Path landed() {
    return landedIn(user, shared());
  }

  @AfterEach
  final void close() {
    clients.forEach(c -> c.tasks.close());
    end();
  }

  final Installation installation(InstantSource clock) {
    Map<String, String> all = new HashMap<>(World.ENVIRONMENT.all());
    all.put("LONGE_HOME", temp.resolve("home").toString());
    all.remove("LONGE_ENGINE");
    all.putAll(variables());
    return Installation.of(new Environment(all), clock);
  }

  final Client client() {
    Client client = new Client(Tasks.of(installation(InstantSource.system())));
    clients.add(client);
    return client;
  }

  static Overrides parts(Optional<String> agent, List<String> checks, String... protect) {
    return parts(Optional.empty(), agent, checks, protect);
  }

  static Overrides parts(
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

  final TaskRequest request(String text, Overrides parts, String... labels) {
    return new TaskRequest(text, user, Path.of(""), Optional.empty(), parts, List.of(labels));
  }

  final TaskRequest right(String text) {
    World.write(temp.resolve("agent.yaml"), RIGHT);
    return request(
        text, parts(Optional.of("script:" + temp.resolve("agent.yaml")), List.of("bash check.sh")));
  }

  static TaskId queued(Submission submission) {
    assertThat(submission).isInstanceOf(Submission.Queued.class);
    return submission.accepted();
  }

  static CompletableFuture<Void> working(Client client, TaskId task) {
    return CompletableFuture.runAsync(
        () -> {
          TaskState after = client.tasks.work(task, (_, _) -> {});
          assertThat(after.state()).isEqualTo(State.PROPOSED);
        },
        Thread::startVirtualThread);
  }

  static Optional<Commit> present(Client client, TaskId task) {
    return client.tasks.state(task).candidateCommit();
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
    begin();
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
    begin();
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
    assertThat(one.tasks.waitingForHuman()).isEqualTo(ids);
    Event.Word discarded = new Event.Discarded(present(two, ids.getFirst()));
    assertThat(two.tasks.say(ids.getFirst(), discarded)).isInstanceOf(WordResult.Taken.class);
    assertThat(one.tasks.waitingForHuman()).containsExactly(ids.getLast());
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
    assertThat(one.seen).extracting(JournalEntry::event).contains(discarded);
  }

  @Test
  @Tag("I9")
  void reviewed_accepted_landed_thenUndone() {
    Client client = client();
    TaskId task = queued(client.tasks.submit(right("Make answer.txt say 42")));
    begin();
    assertThat(client.tasks.work(task, (_, _) -> {}).state()).isEqualTo(State.PROPOSED);
    TaskReview review = client.tasks.review(task, user);
    assertThat(review.diff(review.next().orElseThrow(), false)).contains("+42");
    assertThat(review.accept()).isEqualTo(new ReviewStep.Said(List.of(), new WordResult.Taken()));
    assertThat(client.tasks.land(task, (_, _) -> {}).state()).isEqualTo(State.LANDED);
    assertThat(World.git(landed(), "show", "main:answer.txt")).isEqualTo("42");
    assertThat(client.tasks.outcomes().standing()).isEqualTo(1);
    client.pollAll();
    Undone undone = client.tasks.undo(task, "a mistake", user, _ -> {});
    assertThat(undone.revert()).isEqualTo(World.head(landed()));
    assertThat(World.git(landed(), "show", "main:answer.txt")).isEqualTo("0");
    OutcomeReport outcomes = client.tasks.outcomes();
    assertThat(outcomes.standing()).isZero();
    assertThat(outcomes.met(Event.Outcome.Fate.REVERTED)).isEqualTo(1);
    List<JournalEntry> before = List.copyOf(client.seen);
    client.pollAll();
    assertThat(client.seen.subList(before.size(), client.seen.size()))
        .singleElement()
        .satisfies(e -> assertThat(e.event()).isInstanceOf(Event.Outcome.class));
    assertThat(client.tasks.state(task).outcomes()).hasSize(1);
    assertThat(client.tasks.say(task, new Event.StopAsked()))
        .isInstanceOf(WordResult.Refused.class);
  }

  /** Somebody reverts the change without Longe; it is noticed once. */
  @Test
  @Tag("I9")
  void outcome_thatIsFound_isRecordedOnce() {
    Client client = client();
    TaskId task = queued(client.tasks.submit(right("Make answer.txt say 42")));
    begin();
    assertThat(client.tasks.work(task, (_, _) -> {}).state()).isEqualTo(State.PROPOSED);
    assertThat(client.tasks.accept(task, user, new Acceptance.Request(false, Optional.empty())))
        .isEqualTo(new Acceptance.Said(new WordResult.Taken()));
    assertThat(client.tasks.land(task, (_, _) -> {}).state()).isEqualTo(State.LANDED);
    World.git(user, "fetch", "-q", landed().toString(), "main");
    World.git(user, "merge", "-q", "--ff-only", "FETCH_HEAD");
    World.git(user, "revert", "--no-edit", "HEAD");
    World.git(user, "push", "-q", "origin", "main");
    for (int i = 0; i < 2; i++) {
      assertThat(client.tasks.outcomes().met(Event.Outcome.Fate.REVERTED)).isEqualTo(1);
    }
    assertThat(client.tasks.state(task).outcomes()).hasSize(1);
  }

  @Test
  void constructingTasks_touchesNothing() {
    try (Tasks _ = Tasks.of(installation(InstantSource.system()))) {
      assertThat(temp.resolve("home")).doesNotExist();
    }
    assertThat(temp.resolve("home")).doesNotExist();
  }
}

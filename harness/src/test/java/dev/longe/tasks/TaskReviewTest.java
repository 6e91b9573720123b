package dev.longe.tasks;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Delivery;
import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.Invariant;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import dev.longe.effects.Installation;
import dev.longe.effects.Spectator;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.Lease;
import dev.longe.journal.Slots;
import dev.longe.review.Dossier;
import dev.longe.review.Question;
import dev.longe.sandbox.Environment;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reviews of a client that has no terminal. */
@Timeout(120)
final class TaskReviewTest {
  private static final String ADA = "Ada <ada@example.org>";
  private static final Spectator NOBODY = (_, _) -> {};
  private static final Invariant ONE_ANSWER =
      new Invariant(
          "one-answer", "There is one.", List.of("src/**"), Optional.empty(), Optional.empty());

  @TempDir Path temp;
  private Path user;
  private LocalTasks tasks;

  @BeforeEach
  void installation() {
    user =
        World.repository(
            temp.resolve("shop"),
            "src/answer.sh",
            "echo 41\n",
            "check.sh",
            "test \"$(bash src/answer.sh)\" = 42\n");
    Map<String, String> all = new HashMap<>(World.ENVIRONMENT.all());
    all.put("LONGE_HOME", temp.resolve("home").toString());
    Installation here = Installation.of(new Environment(all), InstantSource.system());
    tasks = new LocalTasks(here);
  }

  @AfterEach
  void close() {
    tasks.close();
  }

  /** A task whose agent wrote another right answer in each attempt. */
  private TaskId proposed(Invariant... invariants) {
    String body = "echo \"echo 42 # $LONGE_ATTEMPT\" > src/answer.sh\necho more > extra.txt\n";
    Path agent = script(temp.resolve("agent.sh"), body);
    CheckSpec check =
        new CheckSpec.Run(
            new CheckName("check"),
            new Command.Shell("bash check.sh"),
            Optional.empty(),
            Duration.ofMinutes(1),
            true,
            false,
            OptionalInt.empty());
    Loop loop =
        new Loop(
            "fix",
            Mode.EXECUTE,
            List.of(new AgentSpec("command", List.of(agent.toString()))),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(check),
            List.of(),
            Loop.DEFAULT_MOVES,
            Limits.DEFAULT,
            dev.longe.core.Review.ALWAYS,
            Sandboxing.NONE,
            List.of(),
            List.of(),
            "{{task}}");
    Source source = new Source(user.toString(), Optional.of("main"), World.head(user));
    TaskId id =
        tasks.queue(
            tasks.installation().repository(user),
            new Event.Submitted("Make the answer right.", source, loop),
            new Event.Framed(Delivery.DEFAULT, List.of(invariants)),
            List.of(),
            Map.of());
    assertThat(tasks.work(id, NOBODY).state()).isEqualTo(State.PROPOSED);
    return id;
  }

  private TaskReview review(TaskId id) {
    return tasks.review(id, user);
  }

  private static ReviewStep readAndAccept(TaskReview review) {
    while (review.next().isPresent()) {}
    return review.accept();
  }

  private static ReviewStep.Asks asking(ReviewStep step) {
    assertThat(step).isInstanceOf(ReviewStep.Asks.class);
    return (ReviewStep.Asks) step;
  }

  private static String refused(WordResult result) {
    assertThat(result).isInstanceOf(WordResult.Refused.class);
    return ((WordResult.Refused) result).why();
  }

  private static String refused(ReviewStep step) {
    assertThat(step).isInstanceOf(ReviewStep.Said.class);
    return refused(((ReviewStep.Said) step).result());
  }

  private List<Event> after(TaskId id, int n) {
    return tasks.entriesAfter(id, n).stream().map(JournalEntry::event).toList();
  }

  private static Event.Accepted yes(TaskState task, Tier tier, Insight.Kind did) {
    Event.Reviewed review =
        new Event.Reviewed(
            task.attempts().size(),
            ADA,
            tier,
            List.of(new Insight(did, "")),
            Duration.ofMinutes(1),
            3);
    return new Event.Accepted(ADA, false, task.candidateCommit(), Optional.of(review));
  }

  @Test
  @Tag("I18")
  void highTier_cantBeAcceptedAround() {
    TaskId id = proposed(ONE_ANSWER);
    TaskState task = tasks.state(id);
    int before = tasks.entries(id).size();
    Event.Accepted alone = new Event.Accepted(ADA, false, task.candidateCommit(), Optional.empty());
    assertThat(refused(tasks.say(id, alone))).contains("has no review");
    assertThat(refused(tasks.say(id, yes(task, Tier.LOW, Insight.Kind.REVIEWED))))
        .contains("is low; it is high");
    assertThat(refused(tasks.say(id, yes(task, Tier.HIGH, Insight.Kind.REVIEWED))))
        .contains("needs an explanation and a prediction, or a waiver");
    assertThat(refused(tasks.say(id, yes(task, Tier.HIGH, Insight.Kind.WAIVED))))
        .contains("a waiver with a reason");
    Event.Reviewed review = yes(task, Tier.LOW, Insight.Kind.REVIEWED).review().orElseThrow();
    assertThat(refused(tasks.say(id, review))).contains("together with an acceptance");
    Acceptance.Request unwaived = new Acceptance.Request(false, Optional.empty());
    assertThat(tasks.accept(id, user, unwaived))
        .isEqualTo(new Acceptance.NeedsReview(tasks.dossier(task).tierReasons()));
    Acceptance.Request silent = new Acceptance.Request(false, Optional.of(" "));
    assertThat(tasks.accept(id, user, silent)).isInstanceOf(Acceptance.NeedsReview.class);
    assertThat(after(id, before)).isEmpty();
    assertThat(tasks.state(id).accepted()).isEmpty();
  }

  /** Release 0.1.0 recorded reviews by themselves, and checked neither tier nor content. */
  @Test
  @Tag("I18")
  void highTier_isNotAccepted_becauseOfAnEarlierReviewForAnotherTier() {
    TaskId id = proposed(ONE_ANSWER);
    TaskState task = tasks.state(id);
    Event.Reviewed low = yes(task, Tier.LOW, Insight.Kind.REVIEWED).review().orElseThrow();
    String owner = tasks.installation().owners().own();
    Lease lease = tasks.journal().lease(id, owner, Slots.ANY).orElseThrow();
    TaskState _ = tasks.journal().append(lease, task, Instant.now(), List.of(low));
    tasks.journal().release(lease);
    Event.Accepted alone = new Event.Accepted(ADA, false, task.candidateCommit(), Optional.empty());
    assertThat(refused(tasks.say(id, alone))).contains("is low; it is high");
    Acceptance.Request unwaived = new Acceptance.Request(false, Optional.empty());
    assertThat(tasks.accept(id, user, unwaived)).isInstanceOf(Acceptance.NeedsReview.class);
    assertThat(tasks.accept(id, user, new Acceptance.Request(false, Optional.of("no time"))))
        .isEqualTo(new Acceptance.Said(new WordResult.Taken()));
  }

  @Test
  @Tag("I18")
  void highTier_isAcceptedWithAWaiver_whichIsRecordedInTheOneWord() {
    TaskId id = proposed(ONE_ANSWER);
    int before = tasks.entries(id).size();
    assertThat(tasks.accept(id, user, new Acceptance.Request(false, Optional.of("no time"))))
        .isEqualTo(new Acceptance.Said(new WordResult.Taken()));
    assertThat(after(id, before))
        .singleElement(type(Event.Accepted.class))
        .satisfies(yes -> {
          assertThat(yes.candidate()).isEqualTo(tasks.state(id).candidateCommit());
          assertThat(yes.review().orElseThrow().tier()).isEqualTo(Tier.HIGH);
          assertThat(yes.review().orElseThrow().insights())
              .containsExactly(new Insight(Insight.Kind.WAIVED, "no time"));
        });
    assertThat(tasks.land(id, NOBODY).state()).isEqualTo(State.LANDED);
  }

  @Test
  @Tag("I18")
  void reviewOfTheHighTier_asksAndRuns_andSaysOneWord() {
    TaskId id = proposed(ONE_ANSWER);
    int before = tasks.entries(id).size();
    TaskReview review = review(id);
    ReviewStep.Asks explain = asking(readAndAccept(review));
    assertThat(explain.question()).isInstanceOf(Question.Explain.class);
    ReviewStep.Asks invariant = asking(explain.answer("It prints the right answer, forty-two"));
    assertThat(invariant.question()).isEqualTo(new Question.NameInvariant(List.of("one-answer")));
    ReviewStep.Asks command = asking(invariant.answer("one-answer holds as before"));
    ReviewStep.Asks wrong = asking(asking(command.answer("bash src/answer.sh")).answer("43"));
    assertThat(wrong.told())
        .containsExactly(
            "base:      41",
            "candidate: 42",
            "The output differs from your prediction. Look at the change again.");
    assertThat(after(id, before)).isEmpty();
    ReviewStep end = asking(wrong.answer("bash src/answer.sh | tr 4 5")).answer("52");
    assertThat(end.told()).contains("candidate: 52", "Right.");
    assertThat(end).isInstanceOf(ReviewStep.Said.class);
    assertThat(((ReviewStep.Said) end).result()).isEqualTo(new WordResult.Taken());
    assertThat(after(id, before))
        .singleElement(type(Event.Accepted.class))
        .satisfies(yes -> {
          assertThat(yes.candidate()).isEqualTo(review.candidate());
          assertThat(yes.by()).isEqualTo("Tester <tester@example.org>");
          assertThat(yes.review().orElseThrow().insights())
              .extracting(Insight::kind)
              .containsExactly(
                  Insight.Kind.REVIEWED,
                  Insight.Kind.EXPLAINED,
                  Insight.Kind.EXPLAINED,
                  Insight.Kind.PREDICTED);
        });
    assertThat(tasks.land(id, NOBODY).state()).isEqualTo(State.LANDED);
  }

  /** Says a word while somebody holds the task's lease, who lets go of it once a word is posted. */
  private WordResult saidToAnOwner(TaskId id, Event.Word word) {
    String owner = tasks.installation().owners().own();
    Lease lease = tasks.journal().lease(id, owner, Slots.ANY).orElseThrow();
    CompletableFuture<WordResult> said = CompletableFuture.supplyAsync(() -> tasks.say(id, word));
    World.until(
        "the word is posted or refused",
        () -> said.isDone() || !tasks.journal().inbox().open(id).isEmpty());
    tasks.journal().release(lease);
    return said.join();
  }

  @Test
  @Tag("I18")
  void wordThatDoesNotSayEnough_isRefused_alsoWhileSomebodyOwnsTheTask() {
    TaskId id = proposed(ONE_ANSWER);
    TaskState task = tasks.state(id);
    int before = tasks.entries(id).size();
    assertThat(refused(saidToAnOwner(id, new Event.Rejected("x", Optional.empty()))))
        .contains("names no candidate");
    Event.Reviewed nothing =
        new Event.Reviewed(1, ADA, Tier.HIGH, List.of(), Duration.ofMinutes(1), 3);
    assertThat(refused(saidToAnOwner(id, nothing))).contains("together with an acceptance");
    Event.Accepted alone = new Event.Accepted(ADA, false, task.candidateCommit(), Optional.empty());
    assertThat(refused(saidToAnOwner(id, alone))).contains("has no review");
    assertThat(after(id, before)).isEmpty();
    assertThat(saidToAnOwner(id, new Event.Rejected("x", task.candidateCommit())))
        .isEqualTo(new WordResult.Taken());
  }

  /** Whoever leaves before the last question has accepted nothing. */
  @Test
  @Tag("I18")
  void unansweredQuestion_acceptsNothing() {
    TaskId id = proposed(ONE_ANSWER);
    int before = tasks.entries(id).size();
    ReviewStep.Asks _ = asking(readAndAccept(review(id)));
    assertThat(after(id, before)).isEmpty();
  }

  @Test
  @Tag("I18")
  void candidateThatChangedMeanwhile_isRefusedInEveryDecision_withWhatChanged() {
    TaskId id = proposed();
    TaskReview review = review(id);
    assertThat(tasks.say(id, new Event.Rejected("shorter", review.candidate())))
        .isEqualTo(new WordResult.Taken());
    assertThat(tasks.work(id, NOBODY).attempts()).hasSize(2);
    int before = tasks.entries(id).size();
    String changed = "The candidate of " + id + " changed: you saw ";
    assertThat(refused(readAndAccept(review))).startsWith(changed);
    assertThat(review.reject("no"))
        .asInstanceOf(type(TaskReview.Rejection.Said.class))
        .satisfies(said -> assertThat(refused(said.result())).startsWith(changed));
    assertThat(refused(review.takeOver())).startsWith(changed);
    assertThat(refused(review.discard())).startsWith(changed);
    assertThat(review.split(List.of("src/answer.sh")))
        .asInstanceOf(type(TaskReview.Division.Refused.class))
        .satisfies(r -> assertThat(r.why()).startsWith(changed));
    assertThat(after(id, before)).isEmpty();
    assertThat(tasks.list(true)).hasSize(1);
  }

  @Test
  void unreadFiles_areConfirmed_orNothingIsAccepted() {
    TaskId id = proposed();
    assertThat(review(id).task().acceptable()).isTrue();
    ReviewStep.Asks unread = asking(review(id).accept());
    assertThat(unread.question()).isEqualTo(new Question.ConfirmUnread(2));
    assertThat(unread.answer("no")).isEqualTo(new ReviewStep.Declined());
    assertThat(tasks.state(id).accepted()).isEmpty();
    assertThat(unread.answer("yes"))
        .isEqualTo(new ReviewStep.Said(List.of(), new WordResult.Taken()));
    assertThat(tasks.state(id).reviews().getFirst().insights())
        .containsExactly(new Insight(Insight.Kind.WAIVED, "2 files unread"));
    assertThat(refused(unread.answer("yes"))).contains("only if every check passed");
  }

  @Test
  void filesComeInReadingOrder_andCommentsGoWithTheRejection() {
    TaskId id = proposed();
    int before = tasks.entries(id).size();
    TaskReview review = review(id);
    List<String> paths = review.toRead().stream().map(Dossier.FileToRead::path).toList();
    assertThat(paths).containsExactlyInAnyOrder("src/answer.sh", "extra.txt");
    assertThat(review.next().orElseThrow().path()).isEqualTo(paths.getFirst());
    Dossier.FileToRead second = review.next().orElseThrow();
    assertThat(second.path()).isEqualTo(paths.getLast());
    assertThat(review.next()).isEmpty();
    Dossier.FileToRead answer =
        review.toRead().stream().filter(r -> r.path().equals("src/answer.sh")).findFirst().get();
    assertThat(review.diff(answer, false)).contains("+echo 42 # 1").doesNotContain("extra");
    assertThat(review.reject(" ")).isEqualTo(new TaskReview.Rejection.NeedsReason());
    assertThat(review.comment("nowhere.txt", 1, "why?")).isFalse();
    assertThat(review.comment("src/answer.sh", 1, "why a script?")).isTrue();
    assertThat(review.reject("Say it in words."))
        .isEqualTo(new TaskReview.Rejection.Said(new WordResult.Taken()));
    assertThat(after(id, before))
        .first()
        .isEqualTo(
            new Event.Rejected(
                "Say it in words.\n- src/answer.sh:1 why a script?", review.candidate()));
  }

  @Test
  void split_keepsAPart_andQueuesTheRest() {
    TaskId id = proposed();
    int before = tasks.entries(id).size();
    TaskReview review = review(id);
    assertThat(review.split(List.of("src/answer.sh", "extra.txt")))
        .isEqualTo(new TaskReview.Division.NoPart());
    assertThat(review.split(List.of("nowhere.txt"))).isEqualTo(new TaskReview.Division.NoPart());
    assertThat(review.split(List.of("src/answer.sh")))
        .asInstanceOf(type(TaskReview.Division.Done.class))
        .satisfies(done -> {
          assertThat(done.files()).containsExactly("extra.txt");
          assertThat(done.result()).isEqualTo(new WordResult.Taken());
          assertThat(git(user, "rev-parse", "refs/longe/" + done.rest() + "/split"))
              .isEqualTo(review.candidate().orElseThrow().id());
        });
    assertThat(after(id, before)).first().isInstanceOf(Event.Rejected.class);
  }

  @Test
  @Tag("D40")
  void tree_isTakenOver_orDiscarded() {
    TaskId id = proposed();
    assertThat(review(id).tree())
        .isEqualTo(
            new AgentTree.Here(
                tasks.installation().home().workspace(id).resolve("clone"), List.of()));
    assertThat(review(id).takeOver()).isEqualTo(new WordResult.Taken());
    TaskState after = tasks.work(id, NOBODY);
    assertThat(after.attempts()).hasSize(2);
    assertThat(review(id).discard()).isEqualTo(new WordResult.Taken());
    assertThat(review(id).tree()).isEqualTo(new AgentTree.Gone());
    assertThat(refused(review(id).accept())).contains("it is discarded");
  }
}

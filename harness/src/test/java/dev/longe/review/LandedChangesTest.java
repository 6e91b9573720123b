package dev.longe.review;

import static dev.longe.testing.TaskHistory.ID;
import static dev.longe.testing.TaskHistory.REVIEWER;
import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.candidate;
import static dev.longe.testing.TaskHistory.passed;
import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.Invariant;
import dev.longe.core.Move;
import dev.longe.core.Source;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.testing.TaskHistory;
import dev.longe.testing.World;
import dev.longe.workspace.Notes;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A change as it is read from a repository, what is noted beside it, and what becomes of it. */
@Timeout(120)
final class LandedChangesTest {
  private static final Instant LANDED = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path temp;
  private Path repo;
  private Commit base;

  @BeforeEach
  void repository() {
    repo =
        World.repository(
            temp.resolve("r"),
            "my a.py",
            "def f():\n    return 1\n",
            "old.py",
            "x = 1\ny = 2\nz = 3\nw = 4\n",
            "package.json",
            "{\n  \"version\": \"1.0.0\",\n  \"dependencies\": {\n  }\n}\n");
    base = head(repo);
  }

  private Repository open() {
    return Repository.at(World.SANDBOX, repo, World.ENVIRONMENT.basic());
  }

  private void write(String file, String text) {
    World.write(repo.resolve(file), text);
  }

  /** A commit of the work tree, so many days after the landing. */
  private Commit commit(String message, int days) {
    String when = LANDED.plus(Duration.ofDays(days)).toString();
    World.shell(
        repo,
        "export GIT_AUTHOR_DATE=%1$s GIT_COMMITTER_DATE=%1$s; git add -A; git commit -q -m '%2$s'"
            .formatted(when, message));
    return head(repo);
  }

  private TaskHistory task(Commit made, Invariant... invariants) {
    TaskHistory h =
        TaskHistory.at(
            ID,
            TaskHistory.loop(TaskHistory.tests()),
            new Source(repo.toString(), Optional.of("main"), base),
            "Mend it.");
    h.bears(invariants).prepared().started(Move.FRESH).stopped(new Stop.Ended(), Usage.NONE);
    Candidate c =
        new Candidate(
            1, made, "tree", candidate(1, List.of("a"), List.of()).files(), 1, 1, List.of());
    return h.candidate(c).checked(passed(TESTS)).proposed();
  }

  private TaskState landed(Commit commit) {
    return task(commit)
        .accepted()
        .happens(new Event.Landed(commit, "refs/heads/main", List.of()))
        .state();
  }

  private Optional<Event.Outcome> fate(TaskState task) {
    return OutcomeFinder.of(open(), task, LANDED);
  }

  @Test
  void change_isReadWithItsTextsInvariantsAndNewDependencies() {
    write("my a.py", "def f():\n    return 2\n");
    git(repo, "mv", "old.py", "src.py");
    World.write(repo.resolve("logo.png"), "\0\1\2");
    write(
        "package.json",
        "{\n"
            + "  \"version\": \"2.0.0\",\n"
            + "  \"dependencies\": {\n"
            + "    \"left-pad\": \"^1.3.0\"\n"
            + "  }\n"
            + "}\n");
    write("requirements-dev.txt", "# tools\npytest==8.0\n");
    Commit made = commit("change", 0);
    Invariant old =
        new Invariant("M1", "Old.", List.of("old.py"), Optional.empty(), Optional.empty());
    Invariant other =
        new Invariant("M2", "Other.", List.of("lib/**"), Optional.empty(), Optional.empty());
    TaskState task = task(made, old, other).state();
    CandidateChange change = CandidateChange.of(task, open(), task.candidate().orElseThrow());
    assertThat(change.files())
        .extracting(f -> f.path())
        .containsExactlyInAnyOrder(
            "my a.py", "src.py", "logo.png", "package.json", "requirements-dev.txt");
    assertThat(change.texts()).containsEntry("my a.py", "def f():\n    return 2\n");
    assertThat(change.texts()).doesNotContainKey("logo.png");
    assertThat(change.borne()).as("a file that moved away bore it").containsExactly(old);
    assertThat(change.dependencies())
        .containsExactlyInAnyOrder(
            "package.json: \"left-pad\": \"^1.3.0\"", "requirements-dev.txt: pytest==8.0");
    assertThat(change.lines()).isEqualTo(7);
  }

  @Test
  void review_isNotedBesideTheCommit_onceForEachKind() {
    write("my a.py", "def f():\n    return 2\n\ndef g():\n    return 3\n");
    Commit made = commit("change", 0);
    Event.Reviewed review =
        TaskHistory.reviewed(
            1, Insight.Kind.REVIEWED, Insight.Kind.EXPLAINED, Insight.Kind.EXPLAINED);
    UnderstandingNotes.note(open(), ID, made, List.of(review), LANDED);
    String note = open().notes().all(Notes.UNDERSTANDING).get(made.id());
    assertThat(note).isNotNull();
    List<UnderstandingNotes.Entry> entries = UnderstandingNotes.read(String.valueOf(note));
    assertThat(entries)
        .extracting(UnderstandingNotes.Entry::kind)
        .containsExactly(UnderstandingNotes.Kind.REVIEWED, UnderstandingNotes.Kind.EXPLAINED);
    assertThat(entries.getFirst().who()).isEqualTo(REVIEWER);
    assertThat(entries.getFirst().when()).isEqualTo(LANDED);
    assertThat(entries.getFirst().lines())
        .hasSize(4)
        .contains(LineHashes.hash("def f():", "return 2"), LineHashes.hash("def g():", "return 3"));
    assertThat(note).contains("\"path\":\"my a.py\",\"from\":2,\"to\":5");
  }

  @Test
  void reviewWithoutAnInsight_isNotNoted() {
    write("my a.py", "x = 2\n");
    Commit made = commit("change", 0);
    UnderstandingNotes.note(open(), ID, made, List.of(TaskHistory.reviewed(1)), LANDED);
    assertThat(open().notes().all(Notes.UNDERSTANDING)).isEmpty();
  }

  @Test
  void recordsOfLaterVersions_andBrokenOnes_areLeftAlone() {
    String good =
        "{\"v\":1,\"who\":\"Ann\",\"kind\":\"waived\",\"when\":\"2026-01-01T00:00:00Z\",\"ranges\":[]}";
    assertThat(
            UnderstandingNotes.read(
                String.join(
                    "\n",
                    "text of another tool",
                    "{broken",
                    "{}",
                    good.replace("\"v\":1", "\"v\":2"),
                    good.replace("waived", "dreamt"),
                    good.replace("2026-01-01T00:00:00Z", "yesterday"),
                    good.replace("\"Ann\"", "{}"),
                    good.replace("\"who\":\"Ann\",", ""),
                    good)))
        .containsExactly(
            new UnderstandingNotes.Entry(
                "Ann",
                UnderstandingNotes.Kind.WAIVED,
                Instant.parse("2026-01-01T00:00:00Z"),
                List.of()));
  }

  @Test
  void changeThatStands_hasNoFate() {
    write("my a.py", "def f():\n    return 2\n    # why\n");
    Commit made = commit("change", 0);
    write("old.py", "x = 7\n");
    commit("elsewhere", 1);
    assertThat(fate(landed(made))).isEmpty();
  }

  @Test
  void revertedChange_isFoundByItsRevert() {
    write("my a.py", "x = 2\n");
    Commit made = commit("change", 0);
    git(repo, "revert", "--no-edit", made.id());
    Event.Outcome outcome = fate(landed(made)).orElseThrow();
    assertThat(outcome.fate()).isEqualTo(Event.Outcome.Fate.REVERTED);
    assertThat(outcome.commit()).isEqualTo(head(repo));
  }

  @Test
  void changeOfWhichHalfIsGoneSoon_isRewritten_laterItIsNot() {
    write("my a.py", "one = 1\ntwo = 2\nthree = 3\nfour = 4\n");
    Commit made = commit("change", 0);
    write("my a.py", "one = 1\n  two = 2\nthree = 33\nfour = 44\n");
    Commit soon = commit("other", 13);
    assertThat(fate(landed(made)))
        .contains(
            new Event.Outcome(
                Event.Outcome.Fate.REWRITTEN,
                soon,
                "2 of its 4 lines were changed or removed within 14 days"));
    git(repo, "reset", "-q", "--hard", made.id());
    write("my a.py", "one = 1\n  two = 2\nthree = 33\nfour = 44\n");
    commit("other", 15);
    assertThat(fate(landed(made))).isEmpty();
  }

  @Test
  void linesWithoutAWord_doNotCount() {
    write("my a.py", "{\n}\n\none = 1\n");
    Commit made = commit("change", 0);
    write("my a.py", "one = 1\n");
    commit("other", 1);
    assertThat(fate(landed(made))).isEmpty();
  }

  @Test
  void fateThatIsKnown_orARepositoryThatForgotIt_isNotAskedAgain() {
    write("my a.py", "x = 2\n");
    Commit made = commit("change", 0);
    git(repo, "revert", "--no-edit", made.id());
    TaskState known =
        landed(made).after(new Event.Outcome(Event.Outcome.Fate.REVERTED, head(repo), "found"));
    assertThat(fate(known)).isEmpty();
    assertThat(fate(landed(new Commit("e".repeat(40))))).isEmpty();
    git(repo, "branch", "-m", "main", "trunk");
    assertThat(fate(landed(made))).isEmpty();
  }
}

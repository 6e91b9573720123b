package dev.longe.effects;

import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.passed;
import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.check.CheckResult;
import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Delivery;
import dev.longe.core.Event;
import dev.longe.core.Move;
import dev.longe.core.Receipt;
import dev.longe.core.Source;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import dev.longe.home.Home;
import dev.longe.testing.TaskHistory;
import dev.longe.testing.World;
import dev.longe.workspace.CheckTree;
import dev.longe.workspace.Repository;
import dev.longe.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Accepted candidates in a real repository, whose branch {@code main} is checked out. */
@Timeout(120)
final class LandingEffectTest {
  private static final TaskId ONE = new TaskId("aaaaa");
  private static final TaskId TWO = new TaskId("bbbbb");
  private static final TaskId THREE = new TaskId("ccccc");

  @TempDir static Path shared;
  private static Path template = Path.of("");

  @TempDir Path temp;
  private Path user;
  private Commit base;

  /** Commits that a check ran on. */
  private final List<Commit> checkedCommits = new ArrayList<>();

  private Predicate<Path> good = _ -> true;
  private Runnable whileChecksRun = () -> {};

  @BeforeAll
  static void template() {
    template =
        World.repository(shared.resolve("shop"), "a.txt", "a\n", "b.txt", "b\n", "c.txt", "c\n");
  }

  @BeforeEach
  void repository() {
    World.shell(temp, "cp -r '" + template + "' shop");
    user = temp.resolve("shop");
    base = head(user);
  }

  /** Makes a commit of the base with these files changed, as a candidate is one. */
  private Candidate candidate(int number, Map<String, String> files) {
    StringBuilder line = new StringBuilder("export GIT_INDEX_FILE=$PWD/.git/candidate;");
    line.append("git read-tree ").append(base).append(';');
    new TreeMap<>(files)
        .forEach((name, text) -> {
          Path content = write(temp.resolve("content-" + name), text);
          line.append("git update-index --add --cacheinfo 100644,$(git hash-object -w '")
              .append(content)
              .append("'),'" + name + "';");
        });
    line.append("t=$(git write-tree); echo $(git commit-tree $t -p " + base + " -m c) $t");
    String[] made = World.shell(user, line.toString()).split(" ");
    List<String> names = List.copyOf(new TreeMap<>(files).keySet());
    return new Candidate(
        number, new Commit(made[0]), made[1], names, 1, 1, List.of(), List.of(), List.of());
  }

  /** A task with one attempt for each of these changes, the last of which is accepted. */
  @SafeVarargs
  private TaskState accepted(TaskId id, Delivery.LandingForm form, Map<String, String>... changes) {
    TaskHistory h =
        TaskHistory.at(
            id,
            TaskHistory.loop(TaskHistory.tests()),
            new Source(user.toString(), Optional.of("main"), base),
            "Mend " + id + ".");
    h.happens(new Event.Framed(new Delivery(form, Delivery.ReadinessRule.WARN), List.of()))
        .prepared();
    for (Map<String, String> change : changes) {
      boolean last = change == changes[changes.length - 1];
      int n = h.state().attempts().size() + 1;
      h.started(n == 1 ? Move.FRESH : Move.CONTINUE).stopped(new Stop.Ended(), Usage.NONE);
      h.candidate(candidate(n, change));
      h.checked(last ? passed(TESTS) : TaskHistory.failed(TESTS, "x"));
    }
    return h.proposed().happens(yes(false)).state();
  }

  private TaskState accepted(TaskId id, String file, String text) {
    return accepted(id, Delivery.LandingForm.SQUASH, Map.of(file, text));
  }

  private static Event.Accepted yes(boolean branchOnly) {
    return new Event.Accepted(
        "Tester <tester@example.org>", branchOnly, Optional.empty(), Optional.empty());
  }

  private Event land(TaskState task, TaskState... ahead) {
    return land(task, false, ahead);
  }

  private Event land(TaskState task, boolean branchOnly, TaskState... ahead) {
    Repository repository = Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic());
    Workspace workspace =
        new Workspace(repository, task.id(), base, List.of(), List.of(), new Home(temp));
    if (ahead.length > 0 || !head(user).equals(base)) {
      workspace.prepare(base); // only then checks run
    }
    return new LandingEffect(task, yes(branchOnly), workspace, this::check, List.of(ahead)).land();
  }

  private CheckResult check(LandingEffect.MergedTree merged) {
    checkedCommits.add(merged.commit());
    whileChecksRun.run();
    CheckTree tree = merged.workspace().checkTree("scratch", merged.commit(), merged.onto());
    boolean holds = good.test(tree.files());
    Receipt receipt =
        new Receipt(
            merged.receipt(),
            "make test",
            merged.commit(),
            tree.tree(),
            holds ? 0 : 1,
            Duration.ofSeconds(1),
            "0",
            Optional.empty());
    Verdict verdict = holds ? passed(TESTS) : TaskHistory.failed(TESTS, "x");
    return new CheckResult(verdict, receipt);
  }

  /** Somebody else commits to the target. */
  private void targetMoves(String file, String text) {
    write(user.resolve(file), text);
    World.shell(user, "git add -A; git commit -q -m 'somebody else'");
  }

  private List<String> subjects() {
    return git(user, "log", "--format=%s", "--first-parent", base + "..main").lines().toList();
  }

  private static Event.Landed landed(Event event) {
    assertThat(event).isInstanceOf(Event.Landed.class);
    return (Event.Landed) event;
  }

  private static Event.LandingRefused refused(Event event) {
    assertThat(event).isInstanceOf(Event.LandingRefused.class);
    return (Event.LandingRefused) event;
  }

  @Test
  @Tag("D31")
  @Tag("I2")
  void targetThatDidNotMove_getsOneCommitOfTheCandidatesTree_withoutAnotherCheck() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    Event.Landed landed = landed(land(one));
    assertThat(landed.commit()).isEqualTo(head(user));
    assertThat(landed.ref()).isEqualTo("refs/heads/main");
    assertThat(landed.checks()).extracting(Event.Checked::verdict).containsExactly(passed(TESTS));
    assertThat(checkedCommits).isEmpty();
    assertThat(git(user, "rev-parse", "main^{tree}"))
        .isEqualTo(one.candidate().orElseThrow().tree());
    assertThat(git(user, "log", "-1", "--format=%B"))
        .contains("Mend aaaaa.", "Longe-Task: aaaaa", "Assisted-by: claude");
    assertThat(read(user.resolve("a.txt"))).isEqualTo("better\n");
  }

  @Test
  @Tag("F12")
  void targetThatMoved_isMerged_andTheResultIsChecked() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    targetMoves("b.txt", "new\n");
    good =
        tree ->
            read(tree.resolve("a.txt")).equals("better\n")
                && read(tree.resolve("b.txt")).equals("new\n");
    Event.Landed landed = landed(land(one));
    assertThat(checkedCommits).containsExactly(landed.commit());
    assertThat(landed.checks().getFirst().receipt().commit()).isEqualTo(landed.commit());
    assertThat(landed.checks().getFirst().receipt().tree())
        .isEqualTo(git(user, "rev-parse", "main^{tree}"));
    assertThat(subjects()).containsExactly("Mend aaaaa.", "somebody else");
  }

  @Test
  @Tag("D32")
  void resultThatFailsItsChecks_doesNotLand_andTheReceiptsAreKept() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    targetMoves("b.txt", "new\n");
    good = _ -> false;
    Event.LandingRefused refused = refused(land(one));
    assertThat(refused.why()).contains("After a merge with the present main", "tests");
    assertThat(refused.checks()).hasSize(1);
    assertThat(subjects()).containsExactly("somebody else");
  }

  @Test
  @Tag("D32")
  void conflict_isRefused_namesTheFile_andChangesNothing() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    targetMoves("a.txt", "worse\n");
    Event.LandingRefused refused = refused(land(one));
    assertThat(refused.why())
        .contains("conflicts with main in a.txt;", "refs/longe/aaaaa/1 by hand");
    assertThat(checkedCommits).isEmpty();
    assertThat(subjects()).containsExactly("somebody else");
    assertThat(git(user, "status", "--porcelain")).isEmpty();
  }

  @Test
  @Tag("F12")
  void targetThatMovesWhileChecksRun_isMergedAgain() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    targetMoves("b.txt", "new\n");
    whileChecksRun =
        () -> {
          if (checkedCommits.size() == 1) {
            targetMoves("c.txt", "newer\n");
          }
        };
    Event.Landed landed = landed(land(one));
    assertThat(checkedCommits).hasSize(2).last().isEqualTo(landed.commit());
    assertThat(subjects()).containsExactly("Mend aaaaa.", "somebody else", "somebody else");
  }

  @Test
  @Tag("F12")
  @Tag("I17")
  void targetThatNeverRests_isGivenUpAfterFiveTries() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    targetMoves("b.txt", "0\n");
    whileChecksRun = () -> targetMoves("b.txt", checkedCommits.size() + "\n");
    assertThat(refused(land(one)).why()).contains("moved during every try to land");
    assertThat(checkedCommits).hasSize(5);
    assertThat(subjects()).hasSize(6).doesNotContain("Mend aaaaa.");
  }

  @Test
  @Tag("F13")
  void changesOfTheUser_areNotTouched_andTheChangeIsLeftOnABranch() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    write(user.resolve("b.txt"), "my work\n");
    Event.LandingRefused refused = refused(land(one));
    assertThat(refused.why()).contains("with uncommitted changes", "refs/heads/longe/aaaaa");
    assertThat(read(user.resolve("b.txt"))).isEqualTo("my work\n");
    assertThat(head(user)).isEqualTo(base);
    assertThat(git(user, "show", "longe/aaaaa:a.txt")).isEqualTo("better");
  }

  @Test
  @Tag("F13")
  void untrackedFileInTheWay_isNotOverwritten() {
    TaskState one = accepted(ONE, "new.txt", "theirs\n");
    write(user.resolve("new.txt"), "mine\n");
    Event.LandingRefused refused = refused(land(one));
    assertThat(refused.why()).contains("main can't be moved in", "new.txt");
    assertThat(read(user.resolve("new.txt"))).isEqualTo("mine\n");
    assertThat(head(user)).isEqualTo(base);
  }

  @Test
  void targetThatIsNotCheckedOut_isMoved_andTheWorkTreeStays() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    git(user, "switch", "-q", "-c", "elsewhere");
    write(user.resolve("b.txt"), "my work\n");
    Event.Landed landed = landed(land(one));
    assertThat(git(user, "rev-parse", "main")).isEqualTo(landed.commit().id());
    assertThat(head(user)).isEqualTo(base);
    assertThat(read(user.resolve("a.txt"))).isEqualTo("a\n");
    assertThat(read(user.resolve("b.txt"))).isEqualTo("my work\n");
  }

  @Test
  @Tag("F14")
  void landingThatWasCutOffBeforeItWasNoted_isFoundAndNotDoneTwice() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    Event.Landed first = landed(land(one));
    targetMoves("b.txt", "new\n");
    Event.Landed again = landed(land(one));
    assertThat(again.commit()).isEqualTo(first.commit());
    assertThat(again.ref()).isEqualTo("refs/heads/main");
    assertThat(subjects()).containsExactly("somebody else", "Mend aaaaa.");
  }

  @Test
  void targetThatIsGone_isToldAsThat() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    git(user, "branch", "-m", "main", "trunk");
    assertThat(refused(land(one)).why()).isEqualTo("The branch main does not exist any more.");
  }

  @Test
  void branchOnly_leavesTheTargetAlone() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    TaskState two = accepted(TWO, "b.txt", "better\n");
    Event.Landed landed = landed(land(one, true, two));
    assertThat(landed.ref()).isEqualTo("refs/heads/longe/aaaaa");
    assertThat(head(user)).isEqualTo(base);
    assertThat(git(user, "show", "longe/aaaaa:a.txt")).isEqualTo("better");
    assertThat(git(user, "show", "longe/aaaaa:b.txt")).isEqualTo("b");
  }

  @Test
  void commitThatCannotBeMadeInTheUsersName_isRefused_withWhatToSet() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    git(user, "config", "user.useConfigOnly", "true");
    git(user, "config", "user.name", "");
    assertThat(refused(land(one)).why()).contains("can't be committed in your name", "git config");
    assertThat(head(user)).isEqualTo(base);
  }

  @Test
  void rebase_keepsEachStepThatBroughtTheTreeFurther() {
    TaskState one =
        accepted(
            ONE,
            Delivery.LandingForm.REBASE,
            Map.of("a.txt", "step\n"),
            Map.of("a.txt", "step\n"),
            Map.of("a.txt", "better\n"));
    landed(land(one));
    assertThat(subjects()).containsExactly("Mend aaaaa.", "Mend aaaaa. (a step)");
    assertThat(git(user, "show", "main^:a.txt")).isEqualTo("step");
  }

  @Test
  void merge_putsTheStepsBehindAMergeCommit() {
    TaskState one =
        accepted(
            ONE,
            Delivery.LandingForm.MERGE,
            Map.of("a.txt", "step\n"),
            Map.of("a.txt", "better\n"));
    landed(land(one));
    assertThat(subjects()).containsExactly("Mend aaaaa.");
    assertThat(List.of(git(user, "log", "-1", "--format=%P", "main").split(" ")))
        .hasSize(2)
        .startsWith(base.id());
    assertThat(git(user, "log", "--format=%s", base + "..main^2"))
        .isEqualTo("Mend aaaaa. (a step)");
  }

  @Test
  void stepThatConflicts_isLeftToTheLast() {
    TaskState one =
        accepted(
            ONE,
            Delivery.LandingForm.REBASE,
            Map.of("a.txt", "step\n"),
            Map.of("b.txt", "better\n"));
    targetMoves("a.txt", "moved\n");
    landed(land(one));
    assertThat(subjects()).containsExactly("Mend aaaaa.", "somebody else");
    assertThat(read(user.resolve("a.txt"))).isEqualTo("moved\n");
  }

  @Test
  void row_landsWhole_andIsCheckedOnce() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    TaskState two = accepted(TWO, "b.txt", "better\n");
    TaskState three = accepted(THREE, "c.txt", "better\n");
    Event.Landed landed = landed(land(three, one, two));
    assertThat(checkedCommits).containsExactly(landed.commit());
    assertThat(subjects()).containsExactly("Mend ccccc.", "Mend bbbbb.", "Mend aaaaa.");
    Event.Landed own = landed(land(one));
    assertThat(own.commit().id()).isEqualTo(git(user, "rev-parse", "main~2"));
    assertThat(checkedCommits).hasSize(1);
  }

  @Test
  void oneAheadThatConflicts_isLeftOut() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    TaskState two = accepted(TWO, "a.txt", "worse\n");
    TaskState three = accepted(THREE, "c.txt", "better\n");
    landed(land(three, one, two));
    assertThat(subjects()).containsExactly("Mend ccccc.", "Mend aaaaa.");
    assertThat(refused(land(two)).why()).contains("conflicts with main in a.txt");
  }

  @Test
  void halving_findsTheOneThatBreaksTheChecks_andLandsTheRest() {
    List<TaskState> ahead = new ArrayList<>();
    for (char c : "defghjk".toCharArray()) {
      TaskId id = new TaskId(String.valueOf(c).repeat(5));
      ahead.add(accepted(id, c + ".txt", c == 'g' ? "BAD\n" : "fine\n"));
    }
    TaskState last = accepted(ONE, "a.txt", "better\n");
    good = tree -> !Files.exists(tree.resolve("g.txt"));
    landed(land(last, ahead.toArray(TaskState[]::new)));
    assertThat(subjects())
        .containsExactly(
            "Mend aaaaa.",
            "Mend kkkkk.",
            "Mend jjjjj.",
            "Mend hhhhh.",
            "Mend fffff.",
            "Mend eeeee.",
            "Mend ddddd.");
    assertThat(checkedCommits).as("the whole row, three halvings, the rest").hasSize(5);
    assertThat(refused(land(ahead.get(3))).why()).contains("these checks do not pass");
  }

  @Test
  void landingOneThatIsItselfTheBadOne_isRefused_andThoseBeforeItLand() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    TaskState two = accepted(TWO, "b.txt", "better\n");
    TaskState bad = accepted(THREE, "c.txt", "BAD\n");
    good = tree -> !read(tree.resolve("c.txt")).contains("BAD");
    assertThat(refused(land(bad, one, two)).why()).contains("these checks do not pass: tests");
    assertThat(subjects()).containsExactly("Mend bbbbb.", "Mend aaaaa.");
  }

  @Test
  void changesThatOnlyTogetherBreakTheChecks_landUpToTheFirstThatDoes() {
    TaskState one = accepted(ONE, "a.txt", "BAD\n");
    TaskState two = accepted(TWO, "b.txt", "better\n");
    TaskState three = accepted(THREE, "c.txt", "BAD\n");
    good =
        tree ->
            !(read(tree.resolve("a.txt")).equals("BAD\n")
                && read(tree.resolve("c.txt")).equals("BAD\n"));
    refused(land(three, one, two));
    assertThat(subjects()).containsExactly("Mend bbbbb.", "Mend aaaaa.");
  }

  @Test
  @Tag("F14")
  void sameChangeTwice_isNotToldAsLandedBeforeItIsOnTheTarget() {
    TaskState one = accepted(ONE, "a.txt", "better\n");
    TaskState two = accepted(TWO, "a.txt", "better\n");
    Event.Landed landed = landed(land(two, one));
    assertThat(git(user, "show", "main:a.txt")).isEqualTo("better");
    assertThat(git(user, "branch", "--contains", landed.commit().id())).contains("main");
  }

  @Test
  void sourceWithoutATarget_landsOnItsOwnBranch() {
    TaskHistory h =
        TaskHistory.at(
            ONE,
            TaskHistory.loop(TaskHistory.tests()),
            new Source(user.toString(), Optional.empty(), base),
            "Mend it.");
    h.prepared().started(Move.FRESH).stopped(new Stop.Ended(), Usage.NONE);
    h.candidate(candidate(1, Map.of("a.txt", "better\n"))).checked(passed(TESTS));
    Event.Landed landed = landed(land(h.proposed().happens(yes(false)).state()));
    assertThat(landed.ref()).isEqualTo("refs/heads/longe/aaaaa");
    assertThat(head(user)).isEqualTo(base);
  }
}

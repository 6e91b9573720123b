package dev.longe.e2e;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Event;
import dev.longe.core.TaskState;
import dev.longe.effects.RealEffects;
import dev.longe.testing.Deaf;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * How changes land, in a row and in which form; how they are taken back, and what becomes of them.
 */
@Timeout(120)
final class LandingTest {
  @TempDir Path temp;
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("shop"),
            "a.txt",
            "a\n",
            "b.txt",
            "b\n",
            "check.sh",
            "! (grep -q BAD a.txt && grep -q WORSE b.txt)\n");
    terminal = new Terminal(temp.resolve("home"), user);
  }

  private String proposed(String body, String... more) {
    String agent =
        "command:'" + script(temp.resolve("agent-" + System.nanoTime() + ".sh"), body) + "'";
    List<String> all =
        new ArrayList<>(
            List.of("run", "Change it", "--agent", agent, "--check", "bash check.sh", "--json"));
    all.addAll(List.of(more));
    Terminal.Said said = terminal.longe(all.toArray(String[]::new));
    assertThat(said.exit()).as(said.err()).isZero();
    return Terminal.lines(said.out()).getFirst().path("task").asString();
  }

  private JsonNode row(String id) {
    for (JsonNode row : terminal.json("ls", "--json")) {
      if (row.path("id").asString().equals(id)) {
        return row;
      }
    }
    throw new AssertionError("no task " + id);
  }

  private static Event.Accepted yes(TaskState task) {
    return new Event.Accepted(
        "Tester <t@example.org>", false, task.candidateCommit(), Optional.empty());
  }

  private static Event land(RealEffects effects, TaskState task, TaskState... ahead) {
    return effects.land(new Deaf(task), task, yes(task), List.of(ahead)).orElseThrow();
  }

  /** The human's yes, left for later. */
  private void accepted(String id) {
    Terminal.Said said = terminal.longe("accept", id, "--detach");
    assertThat(said.exit()).as(said.err()).isZero();
  }

  @Test
  void accepted_landInARow_andTheOneThatBreaksTheChecksIsFound() {
    String one = proposed("echo BAD >> a.txt\n");
    String two = proposed("echo WORSE >> b.txt\n");
    String three = proposed("echo fine > c.txt\n");
    accepted(one);
    accepted(two);
    accepted(three);
    assertThat(terminal.longe("serve", "--until-idle").exit()).isZero();
    // Whichever of the two was taken first has landed; the other breaks the checks on top of it.
    boolean first = row(one).path("state").asString().equals("landed");
    assertThat(row(first ? one : two).path("state").asString()).isEqualTo("landed");
    assertThat(row(first ? two : one).path("state").asString()).isEqualTo("proposed");
    assertThat(row(first ? two : one).path("note").asString())
        .contains("these checks do not pass: bash check.sh");
    assertThat(row(three).path("state").asString()).isEqualTo("landed");
    assertThat(git(user, "log", "--format=%s").lines()).hasSize(3);
    assertThat(read(user.resolve("c.txt"))).isEqualTo("fine\n");
    assertThat(read(user.resolve(first ? "b.txt" : "a.txt"))).hasSize(2);
    JsonNode landed = terminal.json("show", three, "--json").path("landed");
    assertThat(git(user, "log", "-1", "--format=%B", landed.path("commit").asString()))
        .contains("Longe-Task: " + three);
  }

  @Test
  void aRow_isCheckedOnce_halvedWhereItFails_andEachFindsItsOwnCommitLater() {
    String one = proposed("echo BAD >> a.txt\n");
    String two = proposed("echo WORSE >> b.txt\n");
    String three = proposed("echo fine > c.txt\n");
    try (Terminal.Opened app = terminal.open()) {
      TaskState first = app.state(one);
      TaskState second = app.state(two);
      TaskState third = app.state(three);
      RealEffects effects = app.effects();
      Event landed = land(effects, third, first, second);
      assertThat(landed).isInstanceOf(Event.Landed.class);
      assertThat(git(user, "log", "--format=%(trailers:key=Longe-Task,valueonly)").lines())
          .filteredOn(l -> !l.isBlank())
          .containsExactly(three, one);
      Event.Landed own = (Event.Landed) land(effects, first);
      assertThat(git(user, "log", "-1", "--format=%B", own.commit().id())).contains(one);
      assertThat(land(effects, second, first)).isInstanceOf(Event.LandingRefused.class);
      assertThat(git(user, "log", "--format=%s").lines()).hasSize(3);
    }
  }

  private void loop(String landing) {
    write(
        user.resolve(".longe/loops/default.md"),
        "---\nagent: command:true\nchecks: [bash done.sh]\nlanding: "
            + landing
            + "\n---\n{{task}}\n");
    write(user.resolve("done.sh"), "grep -q second a.txt\n");
    git(user, "add", "-A");
    git(user, "commit", "-qm", "loop");
  }

  private String twoSteps() {
    return proposed(
        "if [ $LONGE_ATTEMPT = 1 ]; then echo first >> a.txt; else echo second >> a.txt; fi\n");
  }

  @Test
  void rebase_keepsTheSteps_mergeKeepsThemAside_andUndoTakesAllOfThemBack() {
    loop("rebase");
    String id = twoSteps();
    assertThat(terminal.longe("accept", id).exit()).isZero();
    assertThat(git(user, "log", "--format=%s", "-3").lines())
        .containsExactly("Change it", "Change it (a step)", "loop");
    assertThat(terminal.longe("undo", id, "--because", "too soon").out()).contains("Reverted");
    assertThat(read(user.resolve("a.txt"))).isEqualTo("a\n");
    assertThat(git(user, "log", "-1", "--format=%B"))
        .contains("too soon")
        .contains("This reverts commit");
    assertThat(terminal.longe("outcomes").out())
        .contains("reverted")
        .contains("0 kept, 1 reverted");
  }

  @Test
  void merge_hasTwoParents() {
    loop("merge");
    String id = twoSteps();
    assertThat(terminal.longe("accept", id).exit()).isZero();
    assertThat(git(user, "log", "-1", "--format=%P").split(" ")).hasSize(2);
    assertThat(terminal.longe("undo", id).exit()).isZero();
    assertThat(read(user.resolve("a.txt"))).isEqualTo("a\n");
    assertThat(terminal.longe("undo", id).err()).contains("Nothing of");
  }

  @Test
  void undo_ofWhatLaterWorkStandsOn_saysWhere_andTouchesNothing() {
    String id = proposed("echo new > a.txt\n");
    assertThat(terminal.longe("undo", id).err()).contains("only a landed task can be undone");
    assertThat(terminal.longe("accept", id).exit()).isZero();
    write(user.resolve("a.txt"), "newer\n");
    git(user, "commit", "-qam", "later");
    Terminal.Said said = terminal.longe("undo", id);
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).contains("conflicts in a.txt");
    assertThat(read(user.resolve("a.txt"))).isEqualTo("newer\n");
  }

  @Test
  void laterRevertsAndRewrites_areFound_andKept() {
    String reverted = proposed("echo x > x.txt\n");
    assertThat(terminal.longe("accept", reverted).exit()).isZero();
    git(user, "revert", "--no-edit", "HEAD");
    String rewritten = proposed("printf 'one\\ntwo\\nthree\\n' > y.txt\n");
    assertThat(terminal.longe("accept", rewritten).exit()).isZero();
    write(user.resolve("y.txt"), "quite\ndifferent\n");
    git(user, "commit", "-qam", "anew");
    String stands = proposed("echo z > z.txt\n");
    assertThat(terminal.longe("accept", stands).exit()).isZero();
    assertThat(terminal.longe("outcomes").out())
        .contains("3 landed: 1 kept, 1 reverted, 1 rewritten");
    assertThat(terminal.longe("log", reverted).out()).contains("reverted");
    assertThat(terminal.json("outcomes", "--json").path("changes")).hasSize(3);
  }

  @Test
  void namesOfTheUsersEnvironment_areInTheLandedCommit_asGitItselfDoes() {
    terminal =
        new Terminal(
            temp.resolve("home"),
            user,
            Map.of(
                "GIT_AUTHOR_NAME", "Ada",
                "GIT_AUTHOR_EMAIL", "ada@example.org",
                "GIT_COMMITTER_NAME", "Bob",
                "GIT_COMMITTER_EMAIL", "bob@example.org"));
    String id = proposed("(env | grep ^GIT_[AC] || true) > seen.txt; echo x > x.txt\n");
    assertThat(git(user, "log", "-1", "--format=%an %cn", "refs/longe/" + id + "/1"))
        .isEqualTo("Longe Longe");
    assertThat(terminal.longe("accept", id).exit()).isZero();
    assertThat(git(user, "log", "-1", "--format=%an <%ae>, %cn <%ce>"))
        .isEqualTo("Ada <ada@example.org>, Bob <bob@example.org>");
    assertThat(read(user.resolve("seen.txt"))).as("no agent gets them").isEmpty();
    assertThat(terminal.longe("log", id).out()).contains("accept (Bob <bob@example.org>)");
    assertThat(terminal.longe("undo", id).exit()).isZero();
    assertThat(git(user, "log", "-1", "--format=%an, %cn")).isEqualTo("Ada, Bob");
  }
}

package dev.longe.e2e;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.State;
import dev.longe.core.TaskState;
import dev.longe.testing.Mailbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The human's side: dossier, review, understanding, as a user types them. */
@Timeout(120)
final class ReviewTest {
  private static final String RIGHT = "echo 'echo 42' > src/answer.sh\n";

  @TempDir Path temp;
  @RegisterExtension final Mailbox mailbox = new Mailbox();
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("shop"),
            "src/answer.sh",
            "echo 41\n",
            "check.sh",
            "test \"$(bash src/*.sh)\" = 42\n");
    terminal = new Terminal(temp.resolve("home"), user);
  }

  private Terminal.Said run(String body, String... more) {
    String agent = "command:'" + script(temp.resolve("agent.sh"), body) + "'";
    List<String> all =
        new ArrayList<>(
            List.of(
                "run", "Make the answer right", "--agent", agent, "--red-check", "bash check.sh"));
    all.addAll(List.of(more));
    return terminal.longe(all.toArray(String[]::new));
  }

  private void bearing() {
    write(
        user.resolve(".longe/invariants.md"),
        "# What holds\n\n## one-answer: There is one answer.\npaths: src/**\n");
    git(user, "add", "-A");
    git(user, "commit", "-qm", "invariants");
  }

  @Test
  void dossier_saysWhatWasChecked_whatWasNot_andHowToUndo() {
    run(RIGHT);
    String id = terminal.task();
    String text = terminal.longe("show", id).out();
    assertThat(text)
        .contains("Risk: low")
        .contains("bash check.sh: failed on the base and passes on the candidate")
        .contains("failed on the base")
        .contains("Not checked")
        .contains("no «guard: slop»")
        .contains("the change contains no test")
        .contains("Read in this order")
        .contains("longe discard " + id);
    assertThat(terminal.longe("show", id, "--markdown").out()).contains("## Not checked");
    JsonNode dossier = terminal.json("show", id, "--json").path("dossier");
    assertThat(dossier.path("tier").asString()).isEqualTo("low");
    assertThat(dossier.path("checked").get(0).path("redOnBase").asBoolean()).isTrue();
    assertThat(dossier.path("checked").get(0).path("tree").asString()).hasSize(40);
  }

  @Test
  void readingOrder_isRiskFirst_generatedAndMovedFolded_andALongOneIsWarnedOf() {
    bearing();
    write(user.resolve("aaa.py"), "x = 1\n".repeat(30));
    git(user, "add", "-A");
    git(user, "commit", "-qm", "more");
    run(
        RIGHT
            + "git mv aaa.py zzz.py 2>/dev/null || mv aaa.py zzz.py\n"
            + "seq 450 > notes.txt; echo '{}' > package-lock.json\n",
        "--money",
        "$9");
    String text = terminal.longe("show", terminal.task()).out();
    int reading = text.indexOf("Read in this order");
    assertThat(text.indexOf("src/answer.sh", reading))
        .isBetween(0, text.indexOf("notes.txt", reading));
    assertThat(text)
        .contains("skip  package-lock.json  generated")
        .contains("skip  zzz.py  moved from aaa.py, unchanged")
        .contains("more than a person reviews well")
        .contains("concerns the invariants «one-answer»");
  }

  @Test
  void review_readsThenAccepts_andTheCommitAndTheNotesSayWho() {
    run(RIGHT);
    Terminal.Said said = terminal.typing("d\na\n", "review");
    assertThat(said.out()).contains("+echo 42").contains("landed");
    assertThat(git(user, "log", "-1", "--format=%B"))
        .contains("Reviewed-by: Tester <tester@example.org>")
        .contains("Assisted-by: command");
    String note = git(user, "notes", "--ref=longe-understanding", "show", "HEAD");
    assertThat(note).contains("\"kind\":\"reviewed\"").contains("src/answer.sh").contains("hashes");
    assertThat(terminal.longe("review").out()).contains("No task waits for you");
  }

  @Test
  void unreadAccept_isAWaiver_andNoReviewedBy() {
    run(RIGHT);
    assertThat(terminal.longe("accept", terminal.task()).exit()).isZero();
    assertThat(git(user, "log", "-1", "--format=%B")).doesNotContain("Reviewed-by");
    assertThat(reviews().getFirst().insights().getFirst().kind()).isEqualTo(Insight.Kind.WAIVED);
  }

  @Test
  void explainedButUnread_isNoReviewedBy() {
    bearing();
    run(RIGHT);
    String typed =
        "a\nyes\nIt prints the right answer now, forty-two\none-answer is kept\nwaive tired\n";
    assertThat(terminal.typing(typed, "review").out()).contains("landed");
    assertThat(git(user, "log", "-1", "--format=%B")).doesNotContain("Reviewed-by");
  }

  private List<Event.Reviewed> reviews() {
    return terminal.state().reviews();
  }

  private static final String PROBE = "bash src/answer.sh | tr 4 5";

  @Test
  void highTier_wantsAnExplanation_anInvariant_andAPredictionThatComesTrue() {
    bearing();
    run(RIGHT);
    String id = terminal.task();
    Terminal.Said refused = terminal.longe("accept", id);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("concerns the invariants «one-answer»")
        .contains("longe review " + id);
    String typed =
        String.join(
            "\n",
            "d",
            "a",
            "short",
            "It prints the right answer now, forty-two",
            "one-answer holds as before",
            PROBE,
            "51",
            PROBE,
            "52",
            "");
    Terminal.Said said = terminal.typing(typed, "review", id);
    assertThat(said.out())
        .contains("Please answer with at least 5 words")
        .contains("base:      51")
        .contains("candidate: 52")
        .contains("The output differs from your prediction")
        .contains("Right.")
        .contains("landed");
    assertThat(reviews().getFirst().insights())
        .extracting(Insight::kind)
        .containsExactly(
            Insight.Kind.REVIEWED,
            Insight.Kind.EXPLAINED,
            Insight.Kind.EXPLAINED,
            Insight.Kind.PREDICTED);
  }

  @Test
  void inputThatDoesNotShowTheChange_isNoPrediction_andAWaiverIsCounted() {
    bearing();
    run(RIGHT);
    String typed = "d\na\nwaive no time\none-answer is kept\necho hi\nhi\nwaive tired\n";
    Terminal.Said said = terminal.typing(typed, "review", terminal.task());
    assertThat(said.out()).contains("Choose a command that shows the change").contains("landed");
    assertThat(reviews().getFirst().insights())
        .extracting(Insight::text)
        .contains("no time", "tired");
    assertThat(terminal.longe("outcomes").out()).contains("1 waived").contains("1 landed: 1 kept");
  }

  @Test
  void rejection_withComments_isTheNextMessage_andLosesNothing() {
    run("cat | " + mailbox.put("prompt.$LONGE_ATTEMPT") + "\n" + RIGHT);
    String id = terminal.task();
    String typed = "c src/answer.sh:1 why a shell script?\nc nowhere:1 x\nr Say it in words\n";
    Terminal.Said said = terminal.typing(typed, "review", id);
    assertThat(said.out())
        .contains("A comment must be FILE:LINE TEXT")
        .contains("The next «longe serve» continues the task.");
    assertThat(terminal.longe("ls").out()).contains(id + "  attempting").contains("rejected");
    assertThat(terminal.longe("accept", id).err()).contains("You rejected the candidate");
    assertThat(git(user, "rev-parse", "refs/longe/" + id + "/1")).hasSize(40);
    assertThat(terminal.longe("serve", "--until-idle").exit()).isZero();
    assertThat(mailbox.text("prompt.2"))
        .contains("Say it in words")
        .contains("src/answer.sh:1 why a shell script?");
    assertThat(terminal.state().attempts().get(1).session()).isEqualTo(1);
  }

  @Test
  void split_keepsAPart_andMakesTheRestATask() {
    run(RIGHT + "echo more > extra.txt\n");
    String id = terminal.task();
    Terminal.Said said = terminal.typing("s src/answer.sh\n", "review", id);
    assertThat(said.out()).contains("The rest (extra.txt) is now task");
    JsonNode all = terminal.json("ls", "--json");
    assertThat(all).hasSize(2);
    String rest = all.get(1).path("id").asString();
    assertThat(git(user, "rev-parse", "refs/longe/" + rest + "/split")).hasSize(40);
    assertThat(terminal.typing("s src/answer.sh extra.txt\nq\n", "review", id).out())
        .contains("Name some of the files");
  }

  @Test
  @Tag("D40")
  void takeOver_hasTheChecksLookAtTheHumansTree() {
    // The shell that the human opens; it is where the agent's tree is seen.
    Path shell = script(user.resolve("shell.sh"), "echo 'echo 4$((1 + 1))' > src/answer.sh\n");
    git(user, "add", "-A");
    git(user, "commit", "-qm", "shell");
    run(RIGHT);
    String id = terminal.task();
    Terminal human = new Terminal(temp.resolve("home"), user, Map.of("SHELL", shell.toString()));
    Terminal.Said said = human.typingOnScreen("t\nyes\n", "review", id);
    assertThat(said.out()).contains("The agent's tree, as the agent sees it: ");
    assertThat(terminal.longe("serve", "--until-idle").exit()).isZero();
    TaskState task = terminal.state();
    assertThat(task.state()).isEqualTo(State.PROPOSED);
    assertThat(task.attempts()).hasSize(2);
    assertThat(git(user, "show", "refs/longe/" + id + "/2:src/answer.sh")).contains("1 + 1");
  }

  @Test
  @Tag("F21")
  void reviewerWithoutAName_isToldHowToGetOne() {
    run(RIGHT);
    git(user, "config", "--unset", "user.email");
    write(temp.resolve("gitconfig"), "");
    Terminal nameless =
        new Terminal(
            temp.resolve("home"),
            user,
            Map.of(
                "GIT_CONFIG_GLOBAL",
                temp.resolve("gitconfig").toString(),
                "HOME",
                temp.toString()));
    Terminal.Said said = nameless.longe("accept", terminal.task());
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("git config user.name").contains("user.email");
    assertThat(terminal.state().state()).isEqualTo(State.PROPOSED);
  }

  @Test
  @Tag("F22")
  void notesThatCanNotBeWritten_areOneSentence_andTheChangeHasLanded() {
    run(RIGHT);
    write(user.resolve(".git/refs/notes"), "in the way");
    Terminal.Said said = terminal.typing("d\na\n", "review");
    assertThat(said.out() + said.err()).contains("the record of its review can't be written");
    assertThat(terminal.state().state()).isEqualTo(State.LANDED);
    assertThat(read(user.resolve("src/answer.sh"))).isEqualTo("echo 42\n");
  }

  @Test
  void understood_countsWhatHumansWroteAndReviewed_theRestIsDark() {
    assertThat(terminal.longe("understood").out()).contains("nobody understands 0 of 2 lines");
    run(RIGHT);
    assertThat(terminal.longe("accept", terminal.task()).exit()).isZero();
    assertThat(terminal.longe("understood", "src").out())
        .contains("nobody understands 1 of 1 lines (100 %)");
    JsonNode json = terminal.json("understood", "--json");
    assertThat(json.path("truckFactor").asInt()).isEqualTo(1);
    Path page = temp.resolve("map.html");
    assertThat(terminal.longe("understood", "--html", page.toString()).exit()).isZero();
    assertThat(read(page)).contains("<svg").contains("src/answer.sh").doesNotContain("http");
    assertThat(terminal.longe("understood", "nowhere").err()).contains("no text file below");
    assertThat(terminal.longe("understood", "--half-life", "soon").err()).contains("--half-life");
  }

  @Test
  @Tag("F23")
  void understanding_survivesRebaseSquashAndMove() {
    run(RIGHT);
    assertThat(terminal.typing("d\na\n", "review").out()).contains("landed");
    assertThat(terminal.longe("understood", "src").out())
        .contains("nobody understands 0 of 1 lines");
    git(user, "mv", "src", "lib");
    git(user, "commit", "-q", "--amend", "-m", "squashed\n\nAssisted-by: command");
    git(user, "reflog", "expire", "--expire=now", "--all");
    assertThat(terminal.longe("understood", "lib").out())
        .contains("nobody understands 0 of 1 lines");
  }

  @Test
  void whatWasWrittenLongAgo_isForgotten() {
    write(user.resolve("old.txt"), "long ago\n");
    git(user, "add", "-A");
    git(user, "commit", "-q", "--date", "2020-01-01T00:00:00Z", "-m", "old");
    assertThat(terminal.longe("understood", "old.txt").out())
        .contains("nobody understands 1 of 1 lines");
    assertThat(terminal.longe("understood", "old.txt", "--half-life", "9999d").out())
        .contains("nobody understands 0 of 1 lines");
  }

  @Test
  void notesOfGitAiAndAgentTrace_areRead() {
    write(user.resolve("two.txt"), "mine\nthe agent's\n");
    git(user, "add", "-A");
    git(user, "commit", "-qm", "both");
    git(user, "notes", "--ref=ai", "add", "-m", "two.txt\n  s_aaaa::t_bbbb 2\n---\n{}");
    assertThat(terminal.longe("understood", "two.txt").out())
        .contains("nobody understands 1 of 2 lines");
    git(user, "notes", "--ref=ai", "remove");
    git(
        user,
        "notes",
        "--ref=agent-trace",
        "add",
        "-m",
        "{\"version\":\"0.1.0\",\"files\":[{\"path\":\"two.txt\",\"conversations\":[{\"contributor\":{\"type\":\"ai\"},\"ranges\":[{\"start_line\":1,\"end_line\":2}]}]}]}");
    assertThat(terminal.longe("understood", "two.txt").out())
        .contains("nobody understands 2 of 2 lines");
    git(user, "commit", "-q", "--amend", "-m", "both\n\nAssisted-by: claude");
    git(user, "notes", "--ref=agent-trace", "add", "-m", "no record {");
    assertThat(terminal.longe("understood", "two.txt").out())
        .contains("nobody understands 2 of 2 lines");
  }
}

package dev.longe.e2e;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.sandbox.Environment;
import dev.longe.testing.Mailbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code longe run} and what follows, as a user types it, with real agents, checks and git. */
@Timeout(120)
final class RunTest {
  @TempDir Path temp;
  @RegisterExtension final Mailbox mailbox = new Mailbox();
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("shop ä"), "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
    terminal = new Terminal(temp.resolve("home"), user);
  }

  private String agent(String body) {
    return "command:'" + script(temp.resolve("agent.sh"), body) + "'";
  }

  private static final String RIGHT = "echo 42 > answer.txt\n";

  private Terminal.Said run(String agent, String... more) {
    List<String> all =
        new java.util.ArrayList<>(
            List.of("run", "Make it right", "--agent", agent, "--check", "bash check.sh"));
    all.addAll(List.of(more));
    return terminal.longe(all.toArray(String[]::new));
  }

  @Test
  @Tag("I1")
  @Tag("I2")
  void claimRefused_continued_fresh_proposed_accepted_landed() {
    Terminal.Said said =
        run(
            agent(
                "echo \"$LONGE_ATTEMPT $LONGE_SESSION\" | %s; cat | %s; echo 'all checks passed'; if [ $LONGE_ATTEMPT = 3 ]; then echo 42 > answer.txt; fi\n"
                    .formatted(mailbox.put("log"), mailbox.put("prompt.$LONGE_ATTEMPT"))),
            "--moves",
            "continue 1, fresh 1, ask");
    String id = terminal.task();
    assertThat(said.exit()).isZero();
    assertThat(mailbox.text("log")).isEqualTo("1 %1$s-1\n2 %1$s-1\n3 %1$s-2\n".formatted(id));
    assertThat(mailbox.text("prompt.2")).contains("Not done yet").contains("bash check.sh");
    assertThat(mailbox.text("prompt.3")).contains("Make it right").contains("Tried before");
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("0\n");
    assertThat(terminal.longe("accept", id.substring(0, 2)).exit()).isZero();
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("42\n");
    assertThat(git(user, "log", "-1", "--format=%B"))
        .contains("Assisted-by: command")
        .doesNotContain("Signed-off");
    assertThat(git(user, "for-each-ref", "refs/longe")).isEmpty();
    assertThat(temp.resolve("home/work/" + id)).doesNotExist();
    assertThat(terminal.longe("accept", id).exit()).isEqualTo(2);
    assertThat(terminal.longe("replay", id).out()).contains("all equal to the recorded ones");
  }

  @Test
  void json_tellsTheTask() {
    Terminal.Said said = run(agent(RIGHT), "--json");
    List<JsonNode> events = Terminal.lines(said.out());
    assertThat(events.getFirst().path("type").asString()).isEqualTo("Submitted");
    assertThat(events.getLast().path("event").path("move").asString()).isEqualTo("PROPOSE");
    List<String> types = events.stream().map(e -> e.path("type").asString()).toList();
    assertThat(types).containsOnlyOnce("PolicySet");
    assertThat(types.get(types.indexOf("AttemptStarted") - 1)).isEqualTo("AdmissionAsked");
    JsonNode row = terminal.json("ls", "--json").get(0);
    assertThat(row.path("state").asString()).isEqualTo("proposed");
    assertThat(row.path("attempts").asInt()).isEqualTo(1);
    assertThat(row.path("candidate").asString()).hasSize(40);
    assertThat(row.path("checks").get(0).path("name").asString()).isEqualTo("bash check.sh");
    assertThat(row.path("checks").get(0).path("verdict").asString()).isEqualTo("passed");
    assertThat(row.path("checks").get(0).path("receipt").asString()).isEqualTo("1-1");
    assertThat(row.path("cost").path("usd").isNull()).isTrue();
    assertThat(row.path("target").asString()).isEqualTo("main");
    JsonNode task = terminal.json("show", terminal.task(), "--json");
    assertThat(task.path("attemptList").get(0).path("files").get(0).asString())
        .isEqualTo("answer.txt");
  }

  @Test
  void question_isAnswered_inTheSameSession() {
    String body =
        "if [ $LONGE_ATTEMPT = 1 ]; then echo '{\"ask\":\"which answer?\"}' >"
            + " \"$LONGE_ANSWER_FILE\"; else grep -o 'take 42' > got.txt && echo 42 > answer.txt &&"
            + " rm got.txt; fi\n";
    assertThat(run(agent(body)).exit()).isEqualTo(10);
    Terminal.Said said = terminal.longe("answer", terminal.task(), "take 42");
    assertThat(said.exit()).isZero();
    assertThat(terminal.state().attempts().get(1).session()).isEqualTo(1);
  }

  @Test
  void cannot_costsNothing_andAsks() {
    assertThat(
            run(agent("echo '{\"cannot\":\"contradiction\"}' > \"$LONGE_ANSWER_FILE\"\n")).exit())
        .isEqualTo(10);
    assertThat(terminal.longe("show", terminal.task()).out())
        .contains("agent-cannot")
        .contains("contradiction");
  }

  @Test
  @Tag("I5")
  void editedCheckScript_isProtectedByItself() {
    Terminal.Said said = run(agent("echo 'exit 0' > check.sh\n"), "--moves", "ask");
    assertThat(said.exit()).isEqualTo(10);
    assertThat(said.out()).contains("failed  «bash check.sh»").contains("protected");
  }

  @Test
  @Tag("I5")
  @Tag("I2")
  void protectedAndPassing_goesToTheHuman_whoMayAccept() {
    Terminal.Said said = run(agent(RIGHT + "echo '# more' >> check.sh\n"));
    assertThat(said.exit()).isEqualTo(10);
    assertThat(terminal.state().reason().orElseThrow().code()).isEqualTo("protected-touched");
    assertThat(terminal.longe("accept", terminal.task()).err())
        .contains("the risk of this change is high");
    assertThat(terminal.longe("accept", terminal.task(), "--waive", "a comment").exit()).isZero();
    assertThat(read(user.resolve("check.sh"))).contains("# more");
  }

  @Test
  @Tag("I8")
  void limit_stops_andANewLimitResumes() {
    String body =
        "if [ $LONGE_ATTEMPT = 2 ]; then echo 42 > answer.txt; else echo 41 > answer.txt; fi\n";
    assertThat(run(agent(body), "--attempts", "1").exit()).isEqualTo(11);
    assertThat(git(user, "for-each-ref", "refs/longe")).contains("/1");
    assertThat(terminal.longe("resume", terminal.task()).exit()).isEqualTo(11);
    assertThat(terminal.longe("resume", terminal.task(), "--attempts", "3").exit()).isZero();
  }

  @Test
  void noWayForward_andRedNotRed_are12() {
    assertThat(run(agent("true\n"), "--moves", "continue 1").exit()).isEqualTo(12);
    Terminal other = new Terminal(temp.resolve("home2"), user);
    Terminal.Said said = other.longe("run", "x", "--agent", agent("true\n"), "--red-check", "true");
    assertThat(said.exit()).isEqualTo(12);
    assertThat(said.out()).contains("passes on the base");
    assertThat(other.state().attempts()).isEmpty();
  }

  @Test
  @Tag("F6")
  void checkThatCanNotRun_goesToTheHuman_afterOneRetry() {
    Terminal.Said said =
        terminal.longe(
            "run",
            "x",
            "--agent",
            agent(RIGHT),
            "--check",
            "if true; then no-such-program-at-all; fi");
    assertThat(said.exit()).isEqualTo(10);
    assertThat(terminal.state().last().orElseThrow().checked()).hasSize(2);
  }

  @Test
  void rejected_goesOnWithTheReason() {
    assertThat(run(agent("cat | " + mailbox.put("prompts") + "; " + RIGHT)).exit()).isZero();
    assertThat(terminal.longe("reject", terminal.task(), "--because", "too short").exit()).isZero();
    assertThat(mailbox.text("prompts")).contains("too short");
    assertThat(terminal.longe("discard", terminal.task()).exit()).isZero();
    assertThat(git(user, "for-each-ref", "refs/longe")).isEmpty();
  }

  @Test
  @Tag("F13")
  void acceptOnADirtyTarget_isRefused_andNothingIsRecorded() {
    assertThat(run(agent(RIGHT)).exit()).isZero();
    write(user.resolve("check.sh"), "mine\n");
    String log = terminal.longe("log", terminal.task()).out();
    String refs = git(user, "for-each-ref");
    for (String option : List.of("--waive=x", "--detach")) {
      Terminal.Said said = terminal.longe("accept", terminal.task(), option);
      assertThat(said.exit()).isEqualTo(2);
      assertThat(said.out()).doesNotContain("uncommitted");
      assertThat(said.err()).contains("uncommitted changes", "commit or stash them");
    }
    assertThat(terminal.longe("log", terminal.task()).out()).isEqualTo(log);
    assertThat(git(user, "for-each-ref")).isEqualTo(refs);
    assertThat(read(user.resolve("check.sh"))).isEqualTo("mine\n");
    git(user, "checkout", "-q", "check.sh");
    assertThat(terminal.longe("accept", terminal.task()).exit()).isZero();
  }

  @Test
  void branchOnly_leavesTheTargetAlone() {
    assertThat(run(agent(RIGHT)).exit()).isZero();
    String id = terminal.task();
    assertThat(terminal.longe("accept", id, "--branch-only").exit()).isZero();
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("0\n");
    assertThat(git(user, "show", "longe/" + id + ":answer.txt")).isEqualTo("42");
  }

  @Test
  @Tag("F12")
  void targetMoved_checksRunOnTheMergedResult() {
    assertThat(run(agent(RIGHT)).exit()).isZero();
    write(user.resolve("other.txt"), "x\n");
    git(user, "add", "-A");
    git(user, "commit", "-q", "-m", "meanwhile");
    Terminal.Said said = terminal.longe("accept", terminal.task());
    assertThat(said.exit()).isZero();
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("42\n");
    assertThat(user.resolve("other.txt")).exists();
  }

  @Test
  @Tag("F12")
  void mergedResultThatFails_doesNotLand() {
    assertThat(run(agent(RIGHT)).exit()).isZero();
    write(user.resolve("check.sh"), "exit 1\n");
    git(user, "commit", "-q", "-a", "-m", "stricter");
    Terminal.Said said = terminal.longe("accept", terminal.task());
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("do not pass");
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("0\n");
    assertThat(terminal.state().state().word()).isEqualTo("proposed");
  }

  @Test
  @Tag("I16")
  void explore_neverLands() {
    assertThat(run(agent(RIGHT), "--mode", "explore").exit()).isZero();
    Terminal.Said said = terminal.longe("accept", terminal.task());
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("has the mode explore");
  }

  @Test
  @Tag("F8")
  void vanishedRepository_isAFault_inOneSentence() {
    assertThat(
            terminal
                .longe("submit", "x", "--agent", agent(RIGHT), "--check", "bash check.sh")
                .exit())
        .isZero();
    World.shell(temp, "mv 'shop ä' moved");
    Terminal elsewhere = new Terminal(temp.resolve("home"), temp);
    assertThat(elsewhere.longe("serve", "--until-idle").exit()).isZero();
    JsonNode row = elsewhere.json("ls", "--json").get(0);
    assertThat(row.path("state").asString()).isEqualTo("stopped");
    assertThat(row.path("note").asString()).contains("does not exist any more");
    World.shell(temp, "mv moved 'shop ä'");
    assertThat(terminal.longe("resume", terminal.task()).exit()).isZero();
  }

  @Test
  void submittedTasks_areServed() {
    for (int i = 0; i < 6; i++) {
      assertThat(
              terminal
                  .longe("submit", "task " + i, "--agent", agent(RIGHT), "--check", "bash check.sh")
                  .exit())
          .isZero();
    }
    assertThat(terminal.longe("serve", "--until-idle").exit()).isZero();
    JsonNode rows = terminal.json("ls", "--json");
    assertThat(rows).hasSize(6).allMatch(r -> r.path("state").asString().equals("proposed"));
  }

  @Test
  @Tag("I13")
  void agentSeesItsOwnVariables_andNoOthers() {
    String[] own = {
      "LONGE_TASK", "LONGE_ATTEMPT", "LONGE_SESSION", "LONGE_PROMPT_FILE", "LONGE_ANSWER_FILE"
    };
    String[] inherited = Environment.BASIC.toArray(String[]::new);
    String[] shell = {"LONGE_OWNER", "LONGE_RUN", "PWD", "OLDPWD", "SHLVL", "_"};
    String names = "env | cut -d= -f1 | sort | " + mailbox.put("names") + "; ";
    assertThat(run(agent(names + RIGHT)).exit()).isZero();
    assertThat(mailbox.text("names").lines())
        .contains(own)
        .isSubsetOf(Stream.of(own, inherited, shell).flatMap(Stream::of).toList());
  }

  @Test
  @Tag("I7")
  void spentMoney_stopsTheTask() {
    String body =
        "echo $RANDOM > answer.txt; echo '{\"usage\":{\"input\":9,\"output\":9,\"usd\":0.7}}' >"
            + " \"$LONGE_ANSWER_FILE\"\n";
    assertThat(run(agent(body), "--money", "$1").exit()).isEqualTo(11);
    assertThat(terminal.state().attempts()).hasSize(2);
    assertThat(terminal.json("ls", "--json").get(0).path("cost").path("usd").asDouble())
        .isEqualTo(1.4);
  }

  @Test
  @Tag("I8")
  void nearALimit_theAgentIsToldOnce_thenStopped_andItsWorkIsKept() {
    String script =
        write(
                temp.resolve("slow.yaml"),
                "attempts: [[{write: {path: answer.txt, text: \"41\"}}, {sleep: 60s}]]")
            .toString();
    assertThat(run("script:" + script, "--time", "3s").exit()).isEqualTo(11);
    String log = terminal.longe("log", terminal.task()).out();
    assertThat(log.split("the agent was told to wrap up", -1)).hasSize(2);
    assertThat(terminal.state().candidate().orElseThrow().files()).containsExactly("answer.txt");
  }

  @Test
  void readingCommands_speakJson() {
    assertThat(run(agent(RIGHT)).exit()).isZero();
    String id = terminal.task();
    assertThat(terminal.json("replay", id, "--json").path("same").asBoolean()).isTrue();
    assertThat(terminal.json("diff", id, "--json").path("patch").asString()).contains("+42");
    assertThat(terminal.json("doctor", "--json").get(0).path("what").asString()).isEqualTo("git");
    write(user.resolve("l.md"), "---\nagent: claude\nchecks: x\n---\n{{task}}\n");
    assertThat(terminal.json("check-loop", "l.md", "--json").path("name").asString())
        .isEqualTo("l");
  }
}

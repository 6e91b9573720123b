package dev.longe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.Mailbox;
import dev.longe.testing.World;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a user meets in the first hour: wrong files, missing programs, and what to do next. */
@Timeout(180)
final class FirstStepsTest {
  private static final String CHECK = "grep -qx 42 answer.txt\n";

  @TempDir Path temp;
  @RegisterExtension final Mailbox mailbox = new Mailbox();
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("repo"), "answer.txt", "41\n", "package.json", "{}\n", "check.sh", CHECK);
    terminal = new Terminal(temp.resolve("home"), user);
  }

  private Terminal.Said task(String command, String... more) {
    String[] start = {
      command, "Fix answer.txt.", "--agent", "command:true", "--check", "grep -qx 42 answer.txt"
    };
    return terminal.longe(
        java.util.stream.Stream.of(start, more)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }

  @Test
  void wrongPriceFile_storesNoTask() {
    World.write(temp.resolve("home/prices.yaml"), "foo: bar\n");
    for (String command : new String[] {"run", "submit"}) {
      Terminal.Said said = task(command);
      assertThat(said.exit()).isEqualTo(2);
      assertThat(said.err()).contains("prices.yaml");
    }
    assertThat(terminal.json("ls", "--json")).isEmpty();
    Terminal.Said served = terminal.longe("serve", "--until-idle");
    assertThat(served.exit()).isEqualTo(2);
    assertThat(served.err()).contains("prices.yaml").doesNotContain("Longe works on");
  }

  @Test
  void doctor_readsTheSettings() {
    assertThat(terminal.longe("doctor").out()).contains("settings   no mistakes");
    World.write(temp.resolve("home/settings.yaml"), "day: much\ncolour: red\n");
    Terminal.Said said = terminal.longe("doctor");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).contains("settings.yaml").contains("colour");
  }

  @Test
  void init_ofANodeProject_usesTheLockFileIfThereIsOne() {
    assertThat(terminal.longe("init", "--agent", "command:true").out())
        .contains("setup: npm install\n");
    Path locked =
        World.repository(
            temp.resolve("locked"), "package.json", "{}\n", "package-lock.json", "{}\n");
    assertThat(
            new Terminal(temp.resolve("home"), locked)
                .longe("init", "--agent", "command:true")
                .out())
        .contains("setup: npm ci\n");
  }

  private void loop(String setup) {
    World.write(
        user.resolve(".longe/loops/mine.md"),
        "---\nagent: command:true\nsetup: "
            + setup
            + "\nchecks: [{run: false}]\nmoves: [ask]\n---\n{{task}}\n");
  }

  @Test
  void failedSetup_isAProblemOfTheUsersLoop() {
    loop("for i in $(seq 30); do echo line $i; done; echo no library; exit 3");
    Terminal.Said said = task("run", "--loop", "mine");
    String id = terminal.task();
    for (String text : List.of(said.out(), terminal.longe("show", id).out())) {
      assertThat(text)
          .contains("The setup of your loop failed: «for i in")
          .contains("ended with exit 3. It printed:\n")
          .containsPattern("line 1\n +line 2\n +line 3\n +…\n +line 29\n +line 30\n +no library\n")
          .contains("type «longe resume " + id + "»: the setup runs again")
          .contains("correct it in the loop's file mine.md and commit that")
          .contains("type «longe discard " + id + "», and submit the task again");
    }
    assertThat(said.out())
        .doesNotContain("its own work")
        .doesNotContain("once more")
        .contains("stopped    the setup of the loop failed · setup-failed");
    assertThat(said.exit()).isEqualTo(12);
    assertThat(said.err()).containsOnlyOnce("The setup runs: for i in");
    assertThat(terminal.longe("ls").out()).contains("setup-failed");
  }

  @Test
  void setup_runsAgain_whenTheTaskIsResumed() {
    loop(mailbox.ask("library"));
    assertThat(task("run", "--loop", "mine").out())
        .contains("ended with exit 1. It printed nothing");
    mailbox.allow("library");
    Terminal.Said said = terminal.longe("resume", terminal.task());
    assertThat(said.out()).contains("attempt 1").doesNotContain("The setup of your loop failed");
  }

  @Test
  void crashedAgent_isAskedAbout_withTheLineThatNamesItsError() {
    Path agent =
        World.script(
            temp.resolve("agent.sh"),
            "echo 'Error: Cannot find module foo' >&2; printf '  at a.js:1\\n\\nNode v20\\n' >&2;"
                + " exit 3\n");
    Terminal.Said said =
        terminal.longe(
            "run",
            "Fix answer.txt.",
            "--agent",
            "command:" + agent,
            "--check",
            "false",
            "--moves",
            "continue 1, ask");
    String shown = "crashed with exit 3: Error: Cannot find module foo … Node v20";
    assertThat(said.out()).contains("attempt " + shown);
    assertThat(terminal.state().note()).startsWith("The last attempt " + shown);
    assertThat(terminal.longe("show", terminal.task()).out())
        .containsPattern("Status\n +The last attempt " + shown);
  }

  @Test
  void checkThatMissesTheNetwork_isToldToTheHuman_withTheKeyOfTheLoop() {
    String hint = "set «network: {checks: true}» in the loop";
    String check = "echo 'curl: (6) Could not resolve host: a.example' >&2; exit 6";
    String[] options = {"--check", check, "--moves", "ask"};
    assertThat(task("run", options).out())
        .contains("may have failed because checks have no network", hint);
    String id = terminal.task();
    assertThat(terminal.state().note()).contains(hint);
    assertThat(terminal.longe("show", id).out())
        .containsSubsequence("Status", hint, "Checked", hint);
    assertThat(task("run", "--sandbox", "none", "--check", check, "--moves", "ask").out())
        .doesNotContain(hint);
  }

  @Test
  void serve_tellsTheStartAndTheEndOfEachTask_andItsOwn() {
    String id = task("submit", "--moves", "ask").out().strip();
    Terminal.Said said = terminal.longe("serve", "--until-idle");
    assertThat(said.err().lines().skip(1).filter(l -> !l.contains("not confined")))
        .containsExactly(
            id + "  work starts",
            id + "  work ends: asking (no-change)",
            "No task of the queue needs work; «longe serve» ends.");
  }

  @Test
  void receipt_isWhatTheCheckPrinted_andABadNumberIsOneSentence() {
    String check =
        "for i in $(seq 5000); do echo line $i; done; printf '\\033[31mred\\a\\n'; exit 4";
    String id = task("submit", "--check", check, "--moves", "ask").out().strip();
    assertThat(terminal.longe("show", id, "--receipt", "1-1").err())
        .contains("--receipt", "the task " + id + " has no receipt yet");
    assertThat(terminal.longe("resume", id).exit()).isEqualTo(10);
    assertThat(terminal.longe("show", id).out())
        .contains("receipt 1-2: exit 4", "longe show " + id + " --receipt 1-2");
    Terminal.Said said = terminal.longe("show", id, "--receipt", "1-2");
    assertThat(said.exit()).isZero();
    assertThat(said.out()).startsWith("line 1\nline 2\n").endsWith("line 5000\nred␇\n");
    for (String bad : List.of("9", "1", "1-2.gz", "../" + id + "/1-2", "")) {
      Terminal.Said refused = terminal.longe("show", id, "--receipt", bad);
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err())
          .contains("the task " + id + " has no receipt «" + bad + "»; it has 1-1, 1-2");
    }
    assertThat(terminal.longe("show", id, "--receipt", "1-2", "--json").err())
        .contains("leave out --json");
  }

  @Test
  void unknownValueOfTheVariable_isRefusedInOneSentence() {
    terminal = new Terminal(temp.resolve("home"), user, Map.of("LONGE_SANDBOX", "off"));
    Terminal.Said said = task("run", "--moves", "ask");
    assertThat(said.exit()).isNotZero();
    assertThat(said.out() + said.err())
        .contains("LONGE_SANDBOX is «off»; it must be auto, none, no-overlays or container:IMAGE");
  }

  @Test
  void outputAndTranscript_areReadByTheNamesOfTheTask() {
    String check = "echo checked $((40 + 2)); exit 4";
    String id = task("submit", "--check", check, "--moves", "ask").out().strip();
    assertThat(terminal.longe("output", id).err()).contains("no check ran on a candidate of " + id);
    assertThat(terminal.longe("transcript", id).err()).contains("no attempt of " + id);
    assertThat(terminal.longe("resume", id).exit()).isEqualTo(10);
    assertThat(terminal.longe("output", id).out())
        .containsSubsequence(check + ": failed, exit 4", "attempt 1, receipt 1-", "checked 42");
    assertThat(terminal.longe("output", id, "echo", "--attempt", "1").out()).contains("checked 42");
    assertThat(terminal.longe("output", id, "nothing").err())
        .contains("no check «nothing» ran; these did: ", check);
    assertThat(terminal.longe("output", id, "--attempt", "7").err())
        .contains("no check ran on a candidate of attempt 7");
    assertThat(terminal.longe("transcript", id).out()).contains("Fix answer.txt.");
    assertThat(terminal.longe("transcript", id, "--attempt", "7").err())
        .contains("no transcript of attempt 7");
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void tasksThatAreNotConfined_areToldOnceByEachProcess() {
    terminal = new Terminal(temp.resolve("home"), user, Map.of("LONGE_SANDBOX", "none"));
    String line = "are not confined, because LONGE_SANDBOX=none is set: they can read and write";
    assertThat(count(task("run", "--moves", "ask").err(), line)).isOne();
    for (int i = 0; i < 2; i++) {
      assertThat(count(task("submit", "--moves", "ask").err(), line)).isOne();
    }
    assertThat(count(terminal.longe("serve", "--until-idle").err(), line)).isOne();
  }

  @Test
  void loopThatConfinesNothing_isToldByRun_andByServe() {
    String line = "are not confined, because the loop has «sandbox: none»";
    assertThat(task("run", "--moves", "ask", "--sandbox", "none").err()).contains(line);
    assertThat(task("submit", "--moves", "ask", "--sandbox", "none").err()).contains(line);
    assertThat(count(terminal.longe("serve", "--until-idle").err(), "are not confined")).isOne();
    String bare = "git bash sh setsid grep find chmod rm cat";
    World.shell(temp, "mkdir bin; for p in " + bare + "; do ln -s $(command -v $p) bin/$p; done");
    terminal =
        new Terminal(
            temp.resolve("home"),
            user,
            Map.of("LONGE_SANDBOX", "auto", "PATH", temp.resolve("bin").toString()));
    assertThat(task("submit").err()).contains("this machine can't; install the package bubblewrap");
  }

  @Test
  void abandonedTask_isShownAsOneThatNothingWorksOn() {
    String id = task("submit", "--moves", "ask").out().strip();
    String hint = "Nothing works on this task now; «longe resume " + id + "» or «longe serve»";
    assertThat(terminal.longe("show", id).out()).contains(hint);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CompletableFuture<Integer> follower =
        CompletableFuture.supplyAsync(() -> terminal.printing(err, "log", "-f", id));
    World.until("the hint", () -> err.toString(StandardCharsets.UTF_8).contains(hint));
    assertThat(terminal.longe("resume", id).exit()).isEqualTo(10);
    assertThat(follower.join()).isZero();
    assertThat(terminal.longe("show", id).out()).doesNotContain("Nothing works");
  }

  @Test
  void interruptedRun_saysHowToContinue_andIsListedAsAbandoned() throws Exception {
    Path agent = World.script(temp.resolve("slow.sh"), "while :; do echo works; sleep 0.1; done\n");
    ProcessBuilder run =
        new ProcessBuilder(
            World.longe("run", "Fix it.", "--agent", "command:" + agent, "--check", "false"));
    run.environment().put("LONGE_HOME", temp.resolve("home").toString());
    Path err = temp.resolve("err");
    Process process =
        run.directory(user.toFile())
            .redirectOutput(temp.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    World.until(
        "the attempt runs",
        () -> {
          JsonNode all = terminal.json("ls", "--json");
          return !all.isEmpty() && all.get(0).path("state").asString().equals("attempting");
        });
    assertThat(terminal.longe("ls").out()).doesNotContain("nothing works");
    process.destroy();
    int _ = process.waitFor();
    String id = terminal.task();
    assertThat(World.read(err))
        .contains("Interrupted. The task " + id + " is kept; «longe resume " + id + "»");
    assertThat(terminal.longe("ls").out()).contains("[nothing works on it now]");
  }

  private String proposed() {
    Path agent = World.script(temp.resolve("fix.sh"), "echo 42 > answer.txt\n");
    Terminal.Said said =
        terminal.longe("run", "Fix it.", "--agent", "command:" + agent, "--check", "bash check.sh");
    assertThat(said.exit()).isZero();
    return terminal.task();
  }

  @Test
  void refusedAccept_saysTheTrueReason() {
    String id = proposed();
    assertThat(terminal.longe("reject", id, "--because", "no", "--detach").exit()).isZero();
    assertThat(terminal.longe("accept", id).err())
        .contains("You rejected the candidate of " + id)
        .contains("«longe resume " + id + "» or «longe serve» makes it.");
    assertThat(terminal.longe("stop", id).exit()).isZero();
    terminal.longe("resume", id);
    assertThat(terminal.longe("stop", id).exit()).isZero();
    assertThat(terminal.longe("accept", id).err())
        .contains(id + " is stopped, and a stopped task can't be accepted")
        .contains("longe resume " + id);
  }

  @Test
  void init_saysThatItsAgentIsNotInstalled() {
    Path programs = temp.resolve("programs");
    World.script(programs.resolve("git"), "exec /usr/bin/git \"$@\"\n");
    Terminal bare =
        new Terminal(temp.resolve("home"), user, Map.of("PATH", programs + ":/usr/bin:/bin"));
    assertThat(bare.longe("init").err())
        .contains("no agent that Longe knows is installed")
        .contains("names «claude»");
  }

  @Test
  void outcomes_haveAmounts() {
    String id = proposed();
    assertThat(terminal.longe("accept", id, "--waive", "a test").exit()).isZero();
    assertThat(terminal.longe("outcomes").out())
        .contains("$0.00 spent on all tasks")
        .contains("$0.00 for each kept change");
    World.git(user, "revert", "--no-edit", "HEAD");
    assertThat(terminal.longe("outcomes").out()).contains("– for each kept change");
  }

  @Test
  void fileThatCanNotBeWritten_hasItsCause() {
    Terminal.Said said = terminal.longe("understood", "--html", "/nonexistent/x.html");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err())
        .isEqualToIgnoringNewLines(
            "/nonexistent/x.html can't be written: the file or its directory does not exist");
  }

  @Test
  void unknownCommand_isNamed() {
    Terminal.Said said = terminal.longe("frobnicate");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("longe has no command «frobnicate».", "See «longe --help».");
  }

  @Test
  void relativeHome_isRefused() throws Exception {
    ProcessBuilder list = new ProcessBuilder(World.longe("ls"));
    list.environment().put("LONGE_HOME", "rel");
    Path err = temp.resolve("err");
    Process process = list.directory(user.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(World.read(err))
        .startsWith("environment variable: LONGE_HOME: is the relative path «rel»");
    assertThat(user.resolve("rel")).doesNotExist();
  }

  @Test
  void homeThatCanNotBeMade_isOneSentence() {
    Terminal.Said said = new Terminal(Path.of("/proc/nope"), user).longe("ls");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).contains("/proc/nope can't be made").doesNotContain("Exception");
  }

  @Test
  void directoryWithoutARepository_isAUsageError() {
    World.make(temp.resolve("plain"));
    Terminal.Said said =
        new Terminal(temp.resolve("home"), temp.resolve("plain"))
            .longe("submit", "x", "--agent", "command:true", "--check", "false");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("is not in a git repository");
  }

  @Test
  void taskWithoutABranch_saysWhereItLands() {
    World.git(user, "checkout", "-q", "--detach");
    assertThat(task("submit").err()).contains("no branch is checked out", "longe/TASK");
  }

  @Test
  void eachWord_saysWhatToDoNext() {
    String id = task("submit", "--moves", "ask").out().strip();
    assertThat(terminal.longe("resume", id).out())
        .contains("longe answer " + id + " \"…\"  the task continues with your answer");
    assertThat(terminal.longe("resume", id).err())
        .contains("is asking")
        .contains("Answer its question: longe answer " + id);
    assertThat(terminal.longe("stop", id).out()).contains("Continue it with: longe resume " + id);
    assertThat(terminal.longe("steer", id, "Faster.").out())
        .contains("goes into the next prompt; continue the task first: longe resume " + id);
  }

  @Test
  void lists_haveHeadingsOnATerminalOnly() {
    String id = proposed();
    assertThat(terminal.onScreen("ls").out())
        .containsSubsequence("task", "state", "reason", "attempts", "cost", "text", id);
    assertThat(terminal.longe("ls").out()).startsWith(id).doesNotContain("reason");
    assertThat(terminal.longe("accept", id, "--waive", "a test").exit()).isZero();
    assertThat(terminal.onScreen("outcomes").out())
        .containsSubsequence("task", "outcome", "landed", "review", "text", id);
    assertThat(terminal.longe("outcomes").out()).startsWith(id);
  }

  @Test
  void costBeforeTheFirstAttempt_isNotReported() {
    String id = task("submit").out().strip();
    assertThat(terminal.longe("show", id).out())
        .contains("nothing reported yet of $")
        .doesNotContain("$0.00");
  }
}

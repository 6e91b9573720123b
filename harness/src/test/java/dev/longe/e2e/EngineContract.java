package dev.longe.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.TaskState;
import dev.longe.testing.Mailbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user may rely on, whatever engine carries the tasks on: the same commands, the same words,
 * the same states. Tasks are submitted here and worked on elsewhere.
 */
@Timeout(120)
public abstract class EngineContract {
  private static final String RIGHT =
      "attempts: [[{write: {path: answer.txt, text: \"42\\n\"}}]]\n";

  private static final String CHECK =
      "grep -qx 42 answer.txt || { echo \"it says $(cat answer.txt), not 42\"; exit 1; }\n";

  @TempDir protected Path temp;
  @RegisterExtension final Mailbox mailbox = new Mailbox();

  private Path user;
  private Terminal terminal;
  private AutoCloseable working = () -> {};

  /** The variables by which commands find the engine. */
  protected abstract Map<String, String> variables();

  /** Works on everything that is submitted, until it is closed. */
  protected abstract AutoCloseable work(Path home);

  /** Sets what all tasks together may spend in a day, before work begins. */
  protected abstract void day(String dollars);

  /** Where accepted changes arrive. */
  protected abstract Path landedIn(Path user, Path shared);

  @BeforeEach
  final void repository() {
    Path shared = temp.resolve("shared.git");
    World.make(shared);
    World.git(shared, "init", "-q", "--bare", "-b", "main");
    user = World.repository(temp.resolve("user"), "answer.txt", "0\n", "check.sh", CHECK);
    World.git(user, "remote", "add", "origin", shared.toString());
    World.git(user, "push", "-q", "-u", "origin", "main");
    terminal = new Terminal(temp.resolve("home"), user, variables());
  }

  @AfterEach
  final void end() throws Exception {
    working.close();
    after();
  }

  /** What is left to be ended after the last worker. */
  protected void after() {}

  /** What a command said, in this user's terminal. */
  protected final String said(String... arguments) {
    Terminal.Said said = terminal.longe(arguments);
    return said.out() + said.err();
  }

  protected final String submit(String script, String... more) {
    World.write(temp.resolve("agent.yaml"), script);
    Stream<String> all =
        Stream.concat(
            Stream.of(
                "submit",
                "Make answer.txt say 42",
                "--agent",
                "script:" + temp.resolve("agent.yaml"),
                "--red-check",
                "bash check.sh"),
            Arrays.stream(more));
    Terminal.Said said = terminal.longe(all.toArray(String[]::new));
    assertThat(said.exit()).as(said.err()).isZero();
    return said.out().strip();
  }

  /**
   * Submits for a program that first puts its prompt where {@link #prompt} finds it.
   *
   * @param lines what it does then, by bash; {@code $LONGE_ATTEMPT} counts from 1
   */
  private String submitTo(String lines, String... more) {
    Path program =
        World.script(
            temp.resolve("agent.sh"),
            "cat | " + mailbox.put("prompt.$LONGE_ATTEMPT") + "\n" + lines);
    Stream<String> all =
        Stream.concat(
            Stream.of(
                "submit",
                "Make answer.txt say 42",
                "--agent",
                "command:" + program,
                "--red-check",
                "bash check.sh"),
            Arrays.stream(more));
    Terminal.Said said = terminal.longe(all.toArray(String[]::new));
    assertThat(said.exit()).as(said.err()).isZero();
    return said.out().strip();
  }

  /** What the agent was told in an attempt, all of it. */
  private String prompt(int attempt) {
    return mailbox.text("prompt." + attempt);
  }

  /** Lines of a program whose attempts do this one after the other. */
  private static String attempts(String... lines) {
    StringBuilder text = new StringBuilder("case $LONGE_ATTEMPT in\n");
    for (int i = 0; i < lines.length; i++) {
      text.append(i + 1 == lines.length ? "*" : Integer.toString(i + 1));
      text.append(") ").append(lines[i]).append(";;\n");
    }
    return text.append("esac\n").toString();
  }

  private static String answers(String text) {
    return "echo " + text + " > answer.txt";
  }

  protected final void work() {
    working = work(temp.resolve("home"));
  }

  protected final TaskState state(String task) {
    try (Terminal.Opened app = terminal.open()) {
      return app.state(task);
    }
  }

  protected final void until(String what, BooleanSupplier holds) {
    World.until(what, holds);
  }

  protected final void untilState(String task, String state) {
    until(task + " is " + state, () -> state(task).state().word().equals(state));
  }

  private int exit(String... arguments) {
    return terminal.longe(arguments).exit();
  }

  @Test
  @Tag("I2")
  @Tag("I4")
  void accepted_lands_once_andLeavesNothingBehind() {
    String task = submit(RIGHT);
    work();
    untilState(task, "proposed");
    assertThat(said("show", task))
        .contains("passed   bash check.sh")
        .contains("failed on the base");
    assertThat(said("diff", task)).contains("+42");
    assertThat(said("replay", task)).contains("all equal to the recorded ones");
    assertThat(exit("accept", task)).isZero();
    Path there = landedIn(user, temp.resolve("shared.git"));
    assertThat(World.git(there, "show", "main:answer.txt")).isEqualTo("42");
    assertThat(World.git(there, "log", "-1", "--format=%an %s", "main"))
        .isEqualTo("Tester Make answer.txt say 42");
    until("its refs are gone", () -> World.git(there, "for-each-ref", "refs/longe").isEmpty());
    assertThat(said("accept", task)).contains("a closed task can");
    assertThat(said("ls", "-a")).contains("landed");
    assertThat(terminal.json("ls", "--json").get(0).path("state").asString()).isEqualTo("landed");
    assertThat(said("outcomes")).contains("1");
  }

  @Test
  void refusals_leadTheLadder_andTheNextPromptCarriesTheEvidence() {
    String task =
        submitTo(
            attempts("echo done", answers("41"), answers("42")),
            "--moves",
            "continue 1, fresh 1, ask");
    work();
    untilState(task, "proposed");
    assertThat(state(task).attempts()).extracting(a -> a.session()).containsExactly(1, 1, 2);
    assertThat(prompt(1)).contains("Make answer.txt say 42").doesNotContain("Not done yet");
    assertThat(prompt(2))
        .contains("Not done yet", "Check «bash check.sh» failed", "it says 0, not 42")
        .doesNotContain("Make answer.txt say 42");
    assertThat(prompt(3))
        .contains("Make answer.txt say 42", "An earlier session worked on this", "answer.txt")
        .contains("it says 41, not 42", "Tried before, not enough");
    assertThat(said("log", task))
        .containsSubsequence("attempt 1", "failed", "attempt 2", "failed", "attempt 3", "proposed");
  }

  @Test
  void question_isAnswered_andTheSessionGoesOnWithTheAnswer() {
    String ask = "echo '{\"ask\": \"which?\"}' > $LONGE_ANSWER_FILE";
    String task = submitTo(attempts(ask, answers("42")));
    work();
    untilState(task, "asking");
    assertThat(said("show", task)).contains("which?");
    assertThat(said("answer", task, "the one")).doesNotContain("only a task that asks a question");
    untilState(task, "proposed");
    assertThat(state(task).attempts().get(1).session()).isEqualTo(1);
    assertThat(prompt(2)).contains("Your question was answered", "From the human:\nthe one");
    assertThat(said("answer", task, "again")).contains("only a task that asks a question");
  }

  @Test
  @Tag("I12")
  void stop_returnsWhenNothingRuns_andResumeGoesOn() {
    String mark = "mark-" + temp.getFileName();
    String task = submitTo(attempts("exec -a " + mark + " sleep 600", answers("42")));
    work();
    until("the agent runs", () -> !World.withArgument(mark).isEmpty());
    assertThat(exit("stop", task)).isZero();
    assertThat(World.withArgument(mark)).isEmpty();
    untilState(task, "stopped");
    assertThat(said("stop", task)).contains("already stopped");
    assertThat(exit("resume", task)).isZero();
    untilState(task, "proposed");
    assertThat(prompt(2)).contains("You were interrupted from outside");
  }

  /** Words need only the engine: nothing is fetched or pushed for them. */
  @Test
  @Tag("I12")
  void stop_andSteer_work_whileTheSharedRepositoryIsUnreachable() {
    String mark = "mark-" + temp.getFileName();
    String task = submitTo(attempts("exec -a " + mark + " sleep 600", answers("42")));
    work();
    until("the agent runs", () -> !World.withArgument(mark).isEmpty());
    Path shared = temp.resolve("shared.git");
    Path away = temp.resolve("away.git");
    World.move(shared, away);
    assertThat(terminal.longe("steer", task, "mind the gap"))
        .satisfies(said -> assertThat(said.exit()).as(said.toString()).isZero());
    assertThat(terminal.longe("stop", task))
        .satisfies(said -> assertThat(said.exit()).as(said.toString()).isZero());
    assertThat(World.withArgument(mark)).isEmpty();
    World.move(away, shared);
    untilState(task, "stopped");
    assertThat(exit("resume", task)).isZero();
    untilState(task, "proposed");
    assertThat(prompt(2)).contains("mind the gap");
  }

  @Test
  @Tag("I9")
  void landed_thenUndone_isAnOutcome() {
    String task = submit(RIGHT);
    work();
    untilState(task, "proposed");
    assertThat(exit("accept", task)).isZero();
    Path there = landedIn(user, temp.resolve("shared.git"));
    assertThat(World.git(there, "show", "main:answer.txt")).isEqualTo("42");
    Terminal.Said undone = terminal.longe("undo", task, "--because", "a mistake");
    assertThat(undone.exit()).as(undone.toString()).isZero();
    assertThat(World.git(there, "show", "main:answer.txt")).isEqualTo("0");
    assertThat(said("outcomes")).contains("1 landed", "1 reverted");
    assertThat(said("outcomes")).contains("1 landed", "1 reverted");
    assertThat(state(task).outcomes()).hasSize(1);
  }

  /** A check that runs until somebody kills its child. */
  private static String sleeps(String mark) {
    return "bash -c 'exec -a " + mark + " sleep 600' || true";
  }

  private static void wake(String mark) {
    World.withArgument(mark)
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  @Tag("I12")
  @Tag("D15")
  void stop_endsACheck_whichIsNoVerdict_andResumeRunsItAgain() {
    String mark = "mark-" + temp.getFileName();
    String task = submitTo(answers("42"), "--check", sleeps(mark));
    work();
    until("the check runs", () -> !World.withArgument(mark).isEmpty());
    assertThat(exit("stop", task)).isZero();
    assertThat(World.withArgument(mark)).isEmpty();
    untilState(task, "stopped");
    assertThat(state(task).last().orElseThrow().checked()).isEmpty();
    assertThat(state(task).faults()).isZero();
    assertThat(exit("resume", task)).isZero();
    until("the check runs again", () -> !World.withArgument(mark).isEmpty());
    wake(mark);
    untilState(task, "proposed");
    assertThat(state(task).attempts()).hasSize(1);
    assertThat(said("replay", task)).contains("all equal to the recorded ones");
  }

  @Test
  @Tag("I12")
  @Tag("D14")
  void pause_endsTheSetup_andResumeRunsItAgain() {
    String mark = "mark-" + temp.getFileName();
    World.write(
        user.resolve(".longe/loops/slow.md"),
        "---\nagent: command:true\nsetup: \"%s\"\nchecks: ['true']\n---\n{{task}}\n"
            .formatted(sleeps(mark)));
    World.git(user, "add", "-A");
    World.git(user, "commit", "-qm", "loop");
    World.git(user, "push", "-q");
    String task = submitTo(answers("42"), "--loop", "slow");
    work();
    until("the setup runs", () -> !World.withArgument(mark).isEmpty());
    assertThat(exit("pause", task)).isZero();
    assertThat(World.withArgument(mark)).isEmpty();
    untilState(task, "waiting");
    assertThat(state(task).baseTree()).isEmpty();
    assertThat(state(task).faults()).isZero();
    assertThat(exit("resume", task)).isZero();
    until(
        "it is proposed",
        () -> {
          wake(mark);
          return state(task).state().word().equals("proposed");
        });
  }

  @Test
  void pause_endsTheAttempt_andWaits() {
    String task = submitTo(attempts("sleep 600", answers("42")));
    work();
    until("it runs", () -> state(task).running().isPresent());
    assertThat(exit("pause", task)).isZero();
    untilState(task, "waiting");
    assertThat(said("accept", task)).contains("only if every check passed");
    assertThat(exit("resume", task)).isZero();
    untilState(task, "proposed");
    assertThat(prompt(2)).contains("You were interrupted from outside");
  }

  @Test
  void rejected_goesOnWithTheReason() {
    String task = submitTo(answers("42"));
    work();
    untilState(task, "proposed");
    assertThat(exit("reject", task, "--because", "too clever")).isZero();
    until(
        "a second proposal",
        () -> state(task).attempts().size() == 2 && state(task).state().word().equals("proposed"));
    assertThat(state(task).attempts().get(1).session()).isEqualTo(1);
    assertThat(prompt(2))
        .contains("A human read your change and sent it back", "From the human:\ntoo clever");
    assertThat(exit("discard", task)).isZero();
    untilState(task, "discarded");
  }

  @Test
  @Tag("I18")
  void decisionAboutAnotherCandidate_isRefused_untilThatOneIsShown() {
    String task =
        submit(
            "attempts: [[{write: {path: answer.txt, text: \"42\\n\"}}], [{write: {path: why.txt,"
                + " text: \"because\\n\"}}]]\n");
    work();
    untilState(task, "proposed");
    assertThat(said("show", task)).contains("answer.txt");
    assertThat(exit("reject", task, "--because", "say why")).isZero();
    until(
        "a second proposal",
        () -> state(task).attempts().size() == 2 && state(task).state().word().equals("proposed"));
    assertThat(said("accept", task)).contains("changed: you saw").contains("of attempt 2");
    assertThat(state(task).state().word()).isEqualTo("proposed");
    assertThat(said("show", task)).contains("why.txt");
    assertThat(exit("accept", task)).isZero();
    assertThat(state(task).accepted().flatMap(a -> a.candidate()))
        .isEqualTo(state(task).candidateCommit());
  }

  @Test
  @Tag("I7")
  void dayIsNeverPassed_byAllTasksTogether() {
    day("$1");
    String script =
        "attempts: [[{usage: {input: 10, output: 10, usd: 0.4}}, {write: {path: answer.txt, text:"
            + " \"42\\n\"}}]]\n";
    List<String> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(submit(script, "--money", "$0.5"));
    }
    work();
    until(
        "each is proposed or waits for money",
        () ->
            tasks.stream()
                .map(this::state)
                .allMatch(s ->
                    s.state().word().equals("proposed")
                        || s.reason().filter(r -> r.code().equals("budget")).isPresent()));
    long spent = tasks.stream().mapToLong(t -> state(t).spent().cost().known().micros()).sum();
    long step = 400_000; // what one attempt can cost before anybody sees it
    assertThat(spent).isBetween(step, 1_000_000L + step);
  }

  @Test
  @Tag("I15")
  void quota_holdsEveryTaskOfTheAccount() {
    String script = "attempts: [[rate-limit: 2h]]\n";
    String first = submit(script);
    work();
    untilState(first, "waiting");
    String second = submit(script);
    untilState(second, "waiting");
    assertThat(state(second).attempts()).isEmpty();
    assertThat(state(second).reason().map(r -> r.code())).contains("rate-limited");
  }

  @Test
  @Tag("I16")
  void exploration_neverLands() {
    String task = submit(RIGHT, "--mode", "explore");
    work();
    untilState(task, "proposed");
    assertThat(said("accept", task)).contains("it never lands");
  }

  @Test
  void steered_isCarriedByTheNextPrompt_onlyOnce() {
    String task = submitTo(attempts(mailbox.await("go"), answers("41"), answers("42")));
    work();
    until("it runs", () -> state(task).running().isPresent());
    assertThat(exit("steer", task, "think of the sum")).isZero();
    mailbox.allow("go");
    untilState(task, "proposed");
    assertThat(prompt(1)).doesNotContain("think of the sum");
    assertThat(prompt(2)).contains("From the human:\nthink of the sum");
    assertThat(prompt(3)).doesNotContain("think of the sum");
  }

  /** An agent that takes messages while it works is told at once, and not again. */
  @Test
  void steered_reachesAnAgentThatListens() {
    String task =
        submit(
            "attempts: [[run: '%s', sleep: 10m], [say: done]]\n"
                .formatted("true | " + mailbox.put("started").replace("'", "''")));
    work();
    until("the agent has started", () -> mailbox.has("started"));
    assertThat(exit("steer", task, "think of the sum")).isZero();
    assertThat(state(task).messages()).isEmpty();
    assertThat(exit("stop", task)).isZero();
    assertThat(said("log", task)).contains("think of the sum");
  }

  /** The part of the change is at hand for the machine that works on the rest. */
  @Test
  void split_makesTheRestATask_whoseCommitIsWhereTheEngineFindsIt() {
    String task =
        submit(
            "attempts: [[{write: {path: answer.txt, text: \"42\\n\"}}, {write: {path: more.txt,"
                + " text: \"x\\n\"}}]]\n");
    work();
    untilState(task, "proposed");
    TaskState whole = state(task);
    Terminal.Said said = terminal.typing("s answer.txt\n", "review", task);
    assertThat(said.out()).contains("The rest (more.txt) is now task ");
    String rest =
        said.out().split("The rest \\(more.txt\\) is now task ")[1].substring(0, task.length());
    untilState(rest, "proposed");
    assertThat(state(rest).submitted().text()).contains("split off from task " + task);
    Path there = landedIn(user, temp.resolve("shared.git"));
    assertThat(World.git(there, "rev-parse", "refs/longe/" + rest + "/split"))
        .isEqualTo(whole.candidateCommit().orElseThrow().id());
  }
}

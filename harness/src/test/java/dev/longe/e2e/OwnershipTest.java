package dev.longe.e2e;

import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Event;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.journal.JournalEntry;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.Mailbox;
import dev.longe.testing.World;
import java.nio.file.Files;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who owns a task, seen from other namespaces and from inside its own attempt. */
@Timeout(120)
final class OwnershipTest {
  private static final String PID = "unshare --pid --fork --kill-child --mount-proc";
  private static final String USER_AND_PID =
      "unshare --user --map-root-user --pid --fork --kill-child --mount-proc";

  @TempDir Path temp;
  @RegisterExtension final Mailbox mailbox = new Mailbox();
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("repo"), "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
    terminal = new Terminal(temp.resolve("home"), user);
  }

  /** Works until {@link #go}; its attempts are counted in {@code working} and the task's id. */
  private String slowAgent() {
    return agent(
        """
        echo "$LONGE_TASK $LONGE_ATTEMPT" | %s
        %s
        echo 42 > answer.txt
        """
            .formatted(mailbox.put("working.$LONGE_TASK"), mailbox.await("go")));
  }

  private String agent(String body) {
    return "command:'" + script(temp.resolve("agent.sh"), body) + "'";
  }

  /** A task that a real process works on; its id. */
  private String working(List<String> starter, List<RunningProcess> runs) {
    long before = tasks();
    runs.add(
        Launched.within(
            starter,
            temp,
            user,
            Map.of(),
            "run",
            "Make it right",
            "--agent",
            slowAgent(),
            "--check",
            "bash check.sh"));
    World.until("the task is there", () -> tasks() > before);
    String task = newest();
    World.until("its agent works", () -> mailbox.has("working." + task));
    return task;
  }

  private long tasks() {
    return Files.exists(temp.resolve("home/journal.db")) ? terminal.json("ls", "--json").size() : 0;
  }

  private String newest() {
    var all = terminal.json("ls", "--json");
    return all.get(all.size() - 1).path("id").asString();
  }

  private void go() {
    mailbox.allow("go");
  }

  private TaskState state(String task) {
    try (Terminal.Opened app = terminal.open()) {
      return app.state(task);
    }
  }

  private List<Event> events(String task) {
    try (Terminal.Opened app = terminal.open()) {
      return app.journal().entries(new TaskId(task)).stream().map(JournalEntry::event).toList();
    }
  }

  private List<Event> claims(String task) {
    return events(task).stream().filter(e -> e instanceof Event.Claimed).toList();
  }

  private int within(String starter, String... arguments) {
    return Launched.within(List.of(starter.split(" ")), temp, user, Map.of(), arguments)
        .await()
        .status();
  }

  @ParameterizedTest
  @ValueSource(strings = {PID, USER_AND_PID})
  @Tag("I11")
  void lease_staysWithItsProcess_whoeverAsksFromAnotherPidNamespace(String namespaces) {
    List<RunningProcess> runs = new ArrayList<>();
    String task = working(List.of(), runs);
    assertThat(within(namespaces, "ls")).isZero();
    assertThat(within(namespaces, "accept", task)).isEqualTo(2);
    assertThat(within(namespaces, "steer", task, "left")).isZero();
    assertThat(within(namespaces, "serve", "--until-idle")).isZero();
    go();
    assertThat(runs.getFirst().await().status()).isZero();
    assertThat(claims(task)).hasSize(1);
    assertThat(state(task).attempts()).hasSize(1);
    assertThat(mailbox.text("working." + task)).isEqualTo(task + " 1\n");
  }

  /** Own processes, mounts, host name; the home is shared, as by two containers. */
  private static List<String> container(String host) {
    String line =
        World.unshare("--pid --fork --kill-child --mount-proc --uts --ipc")
            + " bash -c 'hostname "
            + host
            + "; exec \"$@\"' box";
    return List.of("setpriv", "--pdeathsig", "KILL", "bash", "-c", line + " \"$@\"", "box");
  }

  @Test
  @Tag("I11")
  @Tag("F1")
  void twoContainers_leaveEachOthersTasks_andTakeThemOverWhenOneIsKilled() {
    List<RunningProcess> runs = new ArrayList<>();
    String one = working(container("box-a"), runs);
    List<Long> inFirst = World.withArgument(temp.resolve("agent.sh").toString());
    assertThat(inFirst).isNotEmpty();
    String two = working(container("box-b"), runs);
    for (String host : List.of("box-a", "box-b")) {
      RunningProcess third =
          Launched.within(container(host), temp, user, Map.of(), "serve", "--until-idle");
      assertThat(third.await().status()).isZero();
    }
    assertThat(claims(one)).hasSize(1);
    assertThat(claims(two)).hasSize(1);
    runs.getFirst().kill();
    World.until("box-a is empty", () -> inFirst.stream().noneMatch(World::alive));
    go();
    RunningProcess heir = Launched.within(container("box-b"), temp, user, Map.of(), "resume", one);
    assertThat(heir.await().status()).isZero();
    assertThat(runs.getLast().await().status()).isZero();
    assertThat(state(one).attempts().getFirst().stop()).contains(new Stop.Lost());
    assertThat(claims(one))
        .map(e -> ((Event.Claimed) e).machine())
        .containsExactly("box-a", "box-b");
    assertThat(claims(two)).hasSize(1);
    assertThat(state(two).attempts()).hasSize(1);
  }

  /** A file that runs {@code longe} on this test's home. */
  private Path program() {
    StringBuilder line = new StringBuilder("exec env LONGE_HOME='" + temp.resolve("home") + "'");
    World.longe().forEach(word -> line.append(" '").append(word).append('\''));
    return script(temp.resolve("longe"), line + " \"$@\"\n");
  }

  /** Not confined: a confined agent does not see Longe's home at all ({@code ConfinementIT}). */
  @Test
  @Tag("I18")
  @Tag("I11")
  @Tag("I9")
  void agent_canReadTasks_butNotSpeakForTheHuman_howeverItCallsLonge() {
    Path longe = program();
    String agent =
        agent(
            """
            say() { echo "$1 $?" >> %1$s/status; }
            %2$s ls > %1$s/ls; say ls
            %2$s show $LONGE_TASK > %1$s/show; say show
            %2$s log $LONGE_TASK > %1$s/log; say log
            %2$s accept $LONGE_TASK 2>> %1$s/refusals; say accept
            %2$s submit more --agent claude 2>> %1$s/refusals; say submit
            %2$s serve --until-idle 2>> %1$s/refusals; say serve
            env -i %2$s accept $LONGE_TASK 2>> %1$s/refusals; say cleared
            setsid --wait env -i bash -c '%2$s stop '$LONGE_TASK' 2>> %1$s/refusals'; say session
            (env -i bash -c 'while [ "$(cut -d" " -f4 /proc/$$/stat)" = '$BASHPID' ]; do sleep 0.01; done
              %2$s stop '$LONGE_TASK' 2>> %1$s/refusals; echo orphan $? >> %1$s/status' &)
            while ! grep -q orphan %1$s/status; do sleep 0.05; done
            echo 42 > answer.txt
            """
                .formatted(temp, longe));
    Terminal.Said said =
        terminal.longe(
            "run",
            "Make it right",
            "--agent",
            agent,
            "--check",
            "bash check.sh",
            "--sandbox",
            "none");
    assertThat(said.exit()).as(said.toString()).isZero();
    String task = terminal.task();
    assertThat(read(temp.resolve("status")).lines())
        .containsExactly(
            "ls 0",
            "show 0",
            "log 0",
            "accept 2",
            "submit 2",
            "serve 2",
            "cleared 2",
            "session 2",
            "orphan 2");
    assertThat(read(temp.resolve("refusals")).lines())
        .hasSize(6)
        .allMatch(l -> l.contains("belongs to an attempt or a check of Longe"));
    assertThat(read(temp.resolve("ls"))).contains(task).contains("attempting");
    assertThat(claims(task)).hasSize(1);
    assertThat(state(task).attempts()).hasSize(1);
    assertThat(terminal.json("ls", "--json")).hasSize(1);
    try (Terminal.Opened app = terminal.open()) {
      assertThat(app.journal().inbox().open(new TaskId(task))).isEmpty();
    }
  }

  /** The same user inside an attempt, and a task of theirs that is proposed. */
  private Terminal inside() {
    World.write(user.resolve("test.sh"), "true\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-q", "-m", "a test");
    Terminal.Said ran =
        terminal.longe(
            "run",
            "x",
            "--agent",
            agent("echo 42 > answer.txt; echo $LONGE_ATTEMPT > try.txt\n"),
            "--check",
            "true");
    assertThat(ran.exit()).isZero();
    return new Terminal(temp.resolve("home"), user, Map.of("LONGE_RUN", "x"));
  }

  private static final List<String> ACTING =
      List.of(
          "run x --agent command:true",
          "submit x --agent command:true",
          "serve --until-idle",
          "worker",
          "team",
          "move TASK",
          "migrate",
          "migrate --back TASK",
          "steer TASK x",
          "pause TASK",
          "resume TASK",
          "stop TASK",
          "answer TASK x",
          "review",
          "review TASK",
          "accept TASK",
          "reject TASK --because x",
          "discard TASK",
          "undo TASK",
          "promote TASK",
          "promote TASK --confirm",
          "outcomes",
          "drill",
          "demo");

  @Test
  @Tag("I18")
  void everyCommandThatActs_isRefusedInsideAnAttempt() {
    Terminal inside = inside();
    String task = terminal.task();
    List<Event> before = events(task);
    for (String command : ACTING) {
      Terminal.Said said = inside.longe(command.replace("TASK", task).split(" "));
      assertThat(said.exit()).as(command).isEqualTo(2);
      assertThat(said.err().lines())
          .as(command)
          .singleElement()
          .asString()
          .contains("belongs to an attempt or a check of Longe (it has the variable LONGE_RUN)");
      assertThat(inside.longe(command.split(" ")[0], "--help").exit()).as(command).isZero();
    }
    assertThat(events(task)).isEqualTo(before);
    assertThat(terminal.json("ls", "--json")).hasSize(1);
    assertThat(temp.resolve("home/owners")).isEmptyDirectory();
  }

  private static final List<String> READING =
      List.of(
          "ls",
          "ls --json --all",
          "show TASK",
          "log TASK",
          "diff TASK",
          "replay TASK",
          "invariants",
          "labels",
          "quality",
          "understood",
          "init",
          "check-loop .longe/loops/default.md",
          "agents",
          "doctor",
          "completion");

  @Test
  void everyCommandThatReads_worksInsideAnAttempt() {
    Terminal inside = inside();
    for (String command : READING) {
      Terminal.Said said = inside.longe(command.replace("TASK", terminal.task()).split(" "));
      assertThat(said.exit()).as(command + " " + said).isZero();
    }
    assertThat(temp.resolve("home/owners")).isEmptyDirectory();
  }

  /** Only what a human was shown counts: another candidate is not decided about unseen. */
  @Test
  @Tag("I18")
  void reading_insideAnAttempt_doesNotCountAsShown() {
    Terminal inside = inside();
    String task = terminal.task();
    assertThat(terminal.longe("show", task).exit()).isZero();
    assertThat(terminal.longe("reject", task, "--because", "again", "--detach").exit()).isZero();
    assertThat(terminal.longe("serve", "--until-idle").exit()).isZero();
    assertThat(terminal.state().attempts()).hasSize(2);
    Path shown = temp.resolve("home/shown").resolve(task);
    String seen = read(shown);
    for (String command : List.of("show", "diff")) {
      assertThat(inside.longe(command, task).exit()).isZero();
    }
    assertThat(read(shown)).isEqualTo(seen);
    assertThat(terminal.longe("accept", task).err()).contains("changed: you saw");
  }

  /** Not confined: a confined check does not see Longe's home at all ({@code ConfinementIT}). */
  @Test
  @Tag("I18")
  void check_canNotAcceptWhatItChecks() {
    World.write(
        user.resolve("check.sh"),
        program()
            + " accept $("
            + program()
            + " ls --json | grep -o '\"id\":\"[a-z]*\"' | cut -d'\"' -f4)\n"
            + "[ $? = 2 ] && grep -qx 42 answer.txt\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-q", "-m", "a check that says yes");
    Terminal.Said said =
        terminal.longe(
            "run",
            "x",
            "--agent",
            agent("echo 42 > answer.txt\n"),
            "--check",
            "bash check.sh",
            "--sandbox",
            "none");
    assertThat(said.exit()).as(said.toString()).isZero();
    assertThat(terminal.state().state().word()).isEqualTo("proposed");
    assertThat(terminal.state().accepted()).isEmpty();
  }
}

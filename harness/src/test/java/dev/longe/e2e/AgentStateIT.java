package dev.longe.e2e;

import static dev.longe.testing.World.read;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Attempt;
import dev.longe.core.TaskState;
import dev.longe.sandbox.RunningProcess;
import dev.longe.sandbox.Sandbox;
import dev.longe.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an agent's own state becomes when it runs confined. Needs Bubblewrap and overlay mounts. A
 * script speaks the protocol of Claude Code, keeps sessions as it does, and runs {@code act.sh} of
 * the repository.
 */
@Timeout(120)
final class AgentStateIT {
  private static final String AGENT =
      """
      while [ $# -gt 0 ]; do
        case $1 in
          --session-id) id=$2 ;;
          --resume) id=$2; resumed=yes ;;
          -p) print=yes ;;
        esac
        shift
      done
      session="$HOME/.claude/projects/here/$id.jsonl"
      if [ "$resumed" ]; then test -f "$session" || { echo no session >&2; exit 1; }; fi
      if [ -z "$print" ]; then test -z "$id" || echo opened >> opened.txt; exit; fi
      mkdir -p "$HOME/.claude/projects/here"
      echo line >> "$session"
      echo '{"type":"system","subtype":"init","session_id":"'$id'","model":"m"}'
      resumed=$resumed bash act.sh >&2
      echo '{"type":"result","is_error":false,"terminal_reason":"completed","result":"done"}'
      """;

  private static final String LOG_IN = logIn("A");

  private static String logIn(String token) {
    return "{\"claudeAiOauth\":{\"accessToken\":\"" + token + "\"}}";
  }

  /** Everything that an agent may want to leave for the user. */
  private static final String CHANGES =
      """
      cd "$HOME/.claude"
      ls projects todos > "$OLDPWD/saw.txt" 2>&1
      cat settings.json .credentials.json ../.claude.json >> "$OLDPWD/saw.txt"
      echo evil > settings.json
      mkdir hooks && echo evil > hooks/stop.sh
      rm CLAUDE.md
      echo evil > "$HOME/.claude.json"
      echo evil > projects/evil.jsonl
      cd "$OLDPWD"
      """;

  private static final String ANSWERS =
      "if [ \"$resumed\" ]; then echo 42 > answer.txt; else echo 41 > answer.txt; fi\n";

  @TempDir Path temp;
  private volatile Optional<ServerSocket> going = Optional.empty();
  private int port;
  private Path home;
  private Path user;
  private Path credentials;
  private String before;
  private Terminal terminal;

  @BeforeEach
  void files() {
    home = temp.resolve("person");
    write(home.resolve(".claude/settings.json"), "{\"own\":1}\n");
    write(home.resolve(".claude/CLAUDE.md"), "mine\n");
    write(home.resolve(".claude/projects/here/of-the-user.jsonl"), "secret talk\n");
    write(home.resolve(".claude.json"), "{\"userID\":\"u\"}\n");
    credentials = write(home.resolve(".claude/.credentials.json"), LOG_IN);
    World.shell(home, "chmod 640 .claude/.credentials.json");
    before = state();
    Path program = temp.resolve("agent/claude.sh");
    World.script(program, AGENT);
    write(temp.resolve("home/agents.yaml"), "claude: {driver: claude, command: " + program + "}\n");
    user = temp.resolve("user");
    terminal = terminal(Map.of());
  }

  private Terminal terminal(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("HOME", home.toString());
    variables.put("LONGE_SANDBOX", "auto");
    return new Terminal(temp.resolve("home"), user, variables);
  }

  private void repository(String act) {
    World.repository(
        user, "act.sh", act, ".gitignore", "saw.txt\ngo\nopened.txt\n", "answer.txt", "0\n");
  }

  private Terminal.Said run() {
    return terminal.longe(
        "run", "Write the answer", "--agent", "claude", "--check", "grep -q 42 answer*");
  }

  private void passes() {
    Terminal.Said said = run();
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
  }

  /** Every path below the home directory, with mode and content, except for the log-in. */
  private String state() {
    return World.shell(
        home,
        "find . -printf '%p %M %l\\n' | sort;"
            + " find . -type f ! -name .credentials.json -exec md5sum {} + | sort");
  }

  /** A shell line of the agent that waits for {@link #go}: the loopback interface is shared. */
  private String waits() {
    return "until (exec 3<>/dev/tcp/127.0.0.1/%d); do sleep 0.1; done 2>/dev/null\n"
        .formatted(port);
  }

  private void go() {
    try {
      going = Optional.of(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void reserve() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void close() throws IOException {
    if (going.isPresent()) {
      going.get().close();
    }
  }

  private Path clone(String task) {
    return temp.resolve("home/work").resolve(task).resolve("agent/upper");
  }

  private List<String> tasks() {
    List<String> all = new ArrayList<>();
    terminal.json("ls", "--json").forEach(t -> all.add(t.path("id").asString()));
    return all;
  }

  private static String writes(String logIn) {
    return "echo '" + logIn + "' > \"$HOME/.claude/.credentials.json\"\n";
  }

  @Test
  @Tag("I13")
  void stateOfTheUser_staysAsItIs_andTheTaskContinuesItsOwnSession() {
    repository(CHANGES + ANSWERS);
    passes();
    TaskState task = terminal.state();
    assertThat(task.attempts().stream().map(Attempt::session)).containsExactly(1, 1);
    assertThat(read(clone(tasks().getFirst()).resolve("saw.txt")))
        .as("the second attempt: its own session and settings, but the user's log-in and file")
        .contains("here", "evil", LOG_IN, "userID");
    assertThat(state()).isEqualTo(before);
    assertThat(read(credentials)).isEqualTo(LOG_IN);

    passes();
    assertThat(tasks()).hasSize(2);
    String other =
        tasks().stream().filter(t -> !t.equals(task.id().text())).findFirst().orElseThrow();
    assertThat(World.shell(clone(other), "ls " + temp + "/home/work/" + other + "/agents/claude"))
        .contains("layers", "sessions");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Tag("I13")
  void sessionsOfTheUserAndOfOtherTasks_areHidden() {
    repository("ls -R \"$HOME/.claude/projects\" > saw.txt\necho 42 > answer.txt\n");
    passes();
    passes();
    for (String task : tasks()) {
      assertThat(read(clone(task).resolve("saw.txt")).lines().filter(l -> l.endsWith(".jsonl")))
          .as("its own one")
          .hasSize(1)
          .doesNotContain("of-the-user.jsonl");
    }
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Tag("I13")
  void refreshedLogIn_reachesTheUser() {
    repository(writes(logIn("B")) + ANSWERS);
    passes();
    assertThat(read(credentials)).isEqualTo(logIn("B") + "\n");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void refreshedLogIn_reachesTheUser_alsoIfTheHarnessWasKilled() {
    repository(writes(logIn("B")) + "touch saw.txt\n" + waits() + "echo 42 > answer.txt\n");
    Map<String, String> variables = Map.of("HOME", home.toString(), "LONGE_SANDBOX", "auto");
    RunningProcess run =
        Launched.longe(
            temp,
            user,
            variables,
            "run",
            "Write the answer",
            "--agent",
            "claude",
            "--check",
            "grep -q 42 answer*");
    World.until("a task is there", () -> tasks().size() == 1);
    Path clone = clone(tasks().getFirst());
    World.until("the agent works", () -> Files.exists(clone.resolve("saw.txt")));
    run.kill();
    assertThat(read(credentials)).isEqualTo(LOG_IN);
    go();
    assertThat(terminal.longe("resume", terminal.task()).exit()).isZero();
    assertThat(read(credentials)).isEqualTo(logIn("B") + "\n");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void newLogInOfTheUser_isKept_andSeenByTheNextAttempt() {
    repository(
        "cat \"$HOME/.claude/.credentials.json\" >> saw.txt\n"
            + writes(logIn("B"))
            + waits()
            + ANSWERS);
    Thread logsIn =
        Thread.ofPlatform()
            .start(() -> {
              World.until("a task is there", () -> tasks().size() == 1);
              Path clone = clone(tasks().getFirst());
              World.until("the agent works", () -> Files.exists(clone.resolve("saw.txt")));
              write(credentials, logIn("C"));
              go();
            });
    Terminal.Said said = run();
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.out()).contains("yours has changed meanwhile");
    assertThat(logsIn.isAlive()).isFalse();
    assertThat(read(clone(tasks().getFirst()).resolve("saw.txt"))).isEqualTo(LOG_IN + logIn("C"));
    assertThat(read(credentials)).as("refreshed in the second attempt").contains("B");
  }

  @ParameterizedTest
  @Tag("I9")
  @Tag("I10")
  @ValueSource(
      strings = {
        "rm .credentials.json; ln -s ../.ssh/id .credentials.json",
        "rm .credentials.json; mkfifo .credentials.json",
        "rm .credentials.json; truncate -s 1G .credentials.json",
        "rm .credentials.json; mkdir -p .credentials.json/a/b; chmod 0 .credentials.json",
        "rm -r .credentials.json todos settings.json; echo no > projects/here/$id.jsonl",
        "echo no > .credentials.json; chmod 0 projects .; mv todos other",
        "rm -rf ../.claude ../.claude.json; ln -s /etc ../.claude",
      })
  void hostileState_harmsNeitherTheUserNorTheTask(String does) {
    write(home.resolve(".ssh/id"), logIn("KEY"));
    before = state();
    repository(
        "(cd \"$HOME/.claude\"; set +e; mkdir todos; "
            + does
            + "); true\n"
            + "if [ -e tried.txt ]; then echo 42 > answer.txt; fi; touch tried.txt\n");
    passes();
    assertThat(terminal.state().attempts().size()).isGreaterThan(1);
    assertThat(state()).isEqualTo(before);
    assertThat(read(credentials)).isEqualTo(LOG_IN);
  }

  /** A user other than root needs a user namespace, and can be locked out of what is their own. */
  @Test
  @Tag("I13")
  void ordinaryUser_hasTheSame() {
    repository(
        CHANGES
            + writes(logIn("B"))
            + "chmod 0 \"$HOME/.claude/projects/here\" \"$HOME/.claude/projects\""
            + " \"$HOME/.claude\"\n"
            + "if [ -e tried.txt ]; then echo 42 > answer.txt; fi; touch tried.txt\n");
    Sandbox.Outcome outcome =
        OrdinaryUser.longe(
            temp,
            user,
            home,
            "run",
            "Write the answer",
            "--agent",
            "claude",
            "--check",
            "grep -q 42 answer*");
    assertThat(outcome.exit().ok()).as(outcome.output() + outcome.error()).isTrue();
    OrdinaryUser.leave(temp);
    assertThat(read(credentials)).isEqualTo(logIn("B") + "\n");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void session_isOpenedForAHuman_whereTheAgentWorked() {
    repository(ANSWERS);
    passes();
    Path clone = clone(tasks().getFirst());
    try (Terminal.Opened opened = terminal.open()) {
      assertThat(opened.effects().session(terminal.state()).open()).isEmpty();
    }
    assertThat(read(clone.resolve("opened.txt"))).isEqualTo("opened\n");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void linksInTheHomeDirectory_areFollowed() {
    World.shell(home, "mkdir dots; mv .claude .claude.json dots; ln -s dots/.claude* .");
    before = state();
    repository(CHANGES + writes(logIn("B")) + ANSWERS);
    passes();
    assertThat(read(clone(tasks().getFirst()).resolve("saw.txt"))).contains("evil", "userID");
    assertThat(state()).isEqualTo(before);
    assertThat(read(home.resolve("dots/.claude/.credentials.json"))).contains("B");
  }

  @Test
  void withoutOverlays_theAgentWorksWithTheStateOfTheUser() {
    repository(writes(logIn("B")) + ANSWERS);
    Path bin = temp.resolve("bin");
    World.shell(
        temp,
        "mkdir bin; for p in git bash sh cat setpriv grep mkdir touch true unshare bwrap; do"
            + " ln -s \"$(type -P $p)\" bin/$p; done");
    terminal = terminal(Map.of("PATH", bin.toString()));
    passes();
    assertThat(read(credentials)).contains("B");
    assertThat(World.shell(home, "ls .claude/projects/here")).contains(".jsonl");
  }
}

package dev.longe.e2e;

import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.TestImage;
import dev.longe.testing.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks in containers. Needs Podman. The processes try each access and write down whether it
 * worked.
 */
@Timeout(120)
final class ContainerIT {
  private static final String TRY =
      """
      can() { if eval "$2" >/dev/null 2>&1; then echo "could $1" | tee -a "tried.$ROLE"; fi; }
      can start true
      can see-image 'test -e /image'
      can read-key 'grep -q key "$HOME/.ssh/id"'
      can see-home-of-user 'test -e "$HOME/.ssh"'
      can read-untracked 'grep -q password USER/.env'
      can read-git-config 'grep -q remote USER/.git/config'
      can read-journal 'test -e LONGE/journal.db'
      can see-temporary-files 'test -e TEMP/agent.yaml'
      can see-system-of-machine 'test -e /etc/passwd.of-machine || test -e /usr/bin/podman'
      can read-refs 'git -C USER for-each-ref | grep -q refs/longe'
      can write-own-branch 'git branch evil-$ROLE'
      can write-objects-of-user 'for f in $(sed 1q .git/objects/info/alternates); do touch $f/x; done'
      can write-image 'touch /image-changed'
      can remount 'mount -o remount,rw /'
      can use-capabilities '! grep -q "CapEff:.*0000000000000000" /proc/self/status'
      can get-privileges '! grep -q "NoNewPrivs:.*1" /proc/self/status'
      can change-kernel 'test -w /proc/sys/kernel/core_pattern'
      can find-sockets 'find /run /tmp -type s | grep -q .'
      can see-other-processes 'test $(ls -d /proc/[0-9]* | wc -l) -gt 30'
      can connect 'exec 3<>/dev/tcp/127.0.0.1/PORT'
      can write-tree 'touch here'
      can write-temporary-files 'touch /tmp/x'
      can write-own-home 'mkdir -p "$HOME/.cache/x"'
      can run-a-script 'printf "#!/bin/sh\\n" > /tmp/script; chmod +x /tmp/script; /tmp/script'
      can see-path-of-machine 'echo "$PATH" | grep -q MACHINE'
      can see-proxy 'test "$https_proxy" = http://127.0.0.1:1'
      can read-certificate 'grep -q certificate "$SSL_CERT_FILE"'
      can read-cache 'grep -q library "$HOME/.m2/repository/library"'
      can read-cache-of-setup 'test -e "$HOME/.m2/repository/setup" && test -e "$HOME/.npm/setup"'
      can read-cache-of-agent 'test -e "$HOME/.m2/repository/agent"'
      can read-cache-of-check 'test -e "$HOME/.m2/repository/check"'
      can read-tree-of-setup 'test -e left.setup'
      can read-tree-of-agent 'test -e left.agent'
      can read-tree-of-check 'test -e left.check'
      can read-carried 'grep -q data data/test && test -r data/test'
      can change-carried 'echo x > data/test'
      can leave 'touch left.$ROLE'
      can write-cache 'mkdir -p "$HOME/.npm"; touch "$HOME/.m2/repository/$ROLE" "$HOME/.npm/$ROLE"'
      """;

  private static final List<String> EVERYBODY =
      List.of(
          "start",
          "see-image",
          "write-tree",
          "write-own-branch",
          "write-temporary-files",
          "write-own-home",
          "run-a-script",
          "see-proxy",
          "read-certificate",
          "read-cache",
          "write-cache",
          "read-carried",
          "leave");

  @TempDir static Path once;
  private static Map<String, String> podman = Map.of();

  @TempDir Path temp;
  private final String mark = "48156" + System.nanoTime();
  private Path user;
  private Path home;
  private ServerSocket server;

  @BeforeAll
  static void image() {
    podman = TestImage.make(once);
  }

  @BeforeEach
  void files() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    home = temp.resolve("person");
    write(home.resolve(".ssh/id"), "key");
    write(home.resolve(".m2/repository/library"), "library");
    write(temp.resolve("certificate"), "certificate");
    user = temp.resolve("user");
    World.repository(
        user,
        ".gitignore",
        ".env\ndata\ntried.*\nleft.*\n",
        "try.sh",
        TRY.replace("USER", user.toString())
            .replace("LONGE", temp.resolve("home").toString())
            .replace("TEMP", temp.toString())
            .replace("MACHINE", temp.resolve("machine").toString())
            .replace("PORT", Integer.toString(server.getLocalPort())),
        "answer.txt",
        "0\n");
    World.git(user, "remote", "add", "origin", "https://token@example.org/x.git");
    write(user.resolve(".env"), "password");
    write(user.resolve("data/test"), "data\n");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    assertThat(containers()).isEmpty();
  }

  /** The containers of this test's home that exist. */
  private String containers() {
    return World.shell(
        temp,
        "podman ps -aq --filter label=longe.owner | xargs -r podman inspect --format"
            + " '{{index .Config.Labels \"longe.owner\"}}' | (grep "
            + temp
            + " || true)");
  }

  private void loop(String keys) {
    write(
        user.resolve(".longe/loops/boxed.md"),
        "---\nsandbox: container:" + TestImage.NAME + "\n" + keys + "---\n{{task}}\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-qm", "loop");
  }

  private String script(String steps) {
    return "agent: script:"
        + write(temp.resolve("agent.yaml"), "attempts: [" + steps + "]\n")
        + "\n";
  }

  private Map<String, String> variables() {
    Map<String, String> all = new HashMap<>(podman);
    all.put("HOME", home.toString());
    all.put("https_proxy", "http://127.0.0.1:1");
    all.put("SSL_CERT_FILE", temp.resolve("certificate").toString());
    all.put("PATH", System.getenv("PATH") + ":" + temp.resolve("machine"));
    return all;
  }

  private Terminal terminal(Map<String, String> more) {
    Map<String, String> all = variables();
    all.putAll(more);
    return new Terminal(temp.resolve("home"), user, all);
  }

  private Terminal.Said run(Map<String, String> more, String... options) {
    return terminal(more)
        .longe(
            Stream.concat(
                    Stream.of("run", "Write the answer", "--loop", "boxed"), Stream.of(options))
                .toArray(String[]::new));
  }

  private void passes() {
    Terminal.Said said = run(Map.of());
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
  }

  /** What the processes of a role could do, in the one task there is. */
  private List<String> could(String role) {
    String found =
        World.shell(
            temp.resolve("home"),
            role.equals("check")
                ? "zcat receipts/*/1-*.gz"
                : "find . -path '*/upper/tried.%1$s' | xargs cat".formatted(role));
    return found
        .lines()
        .filter(l -> l.startsWith("could "))
        .map(l -> l.substring("could ".length()))
        .toList();
  }

  @Test
  @Tag("I3")
  @Tag("I10")
  @Tag("I13")
  void processes_seeTheImageAndTheirOwnTreesAndNothingElse() {
    loop(
        script("[run: 'ROLE=agent bash try.sh; echo 42 > answer.txt']")
            + """
            setup: ROLE=setup bash try.sh
            carry: [data/]
            checks:
              - {name: first, run: "ROLE=check bash try.sh; grep -q 42 answer*"}
              - {name: second, run: "ROLE=check bash try.sh"}
            """);
    passes();
    assertThat(could("setup")).containsExactlyInAnyOrderElementsOf(with(EVERYBODY, "connect"));
    List<String> others = with(EVERYBODY, "read-cache-of-setup", "read-tree-of-setup");
    assertThat(could("agent")).containsExactlyInAnyOrderElementsOf(with(others, "connect"));
    assertThat(could("check"))
        .as("two runs without a network; the second does not see what the first wrote")
        .containsExactlyInAnyOrderElementsOf(twice(others));
    assertThat(World.shell(home, "find . -type f | sort"))
        .isEqualTo("./.m2/repository/library\n./.ssh/id");
    assertThat(World.git(user, "status", "--porcelain")).isEmpty();
    assertThat(World.git(user, "branch", "--list", "evil*")).isEmpty();
    assertThat(World.shell(user, "cat data/test")).isEqualTo("data");
  }

  private static List<String> twice(List<String> all) {
    return Stream.concat(all.stream(), all.stream()).toList();
  }

  private static List<String> with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  @Test
  void servicesAndCommandAgent_runInTheImage_andTheSetupRunsOnce() {
    Path agent =
        World.script(
            temp.resolve("tools/agent.sh"),
            "test -e /image && cat > prompt.txt && echo 42 > answer.txt\n");
    loop(
        "agent: command:"
            + agent
            + """

            setup: test -e /image && cat /proc/sys/kernel/random/uuid > left.setup
            services: [{name: app, run: 'test -e /image && exec sleep 77', ready: 'true'}]
            checks:
              - {name: first, run: "cat left.setup; grep -q 42 answer*"}
            """);
    passes();
    passes();
    assertThat(
            World.shell(
                temp.resolve("home"),
                "zcat receipts/*/*.gz | grep -E '^[0-9a-f]{8}-' | sort -u | wc -l"))
        .as("the setup of both tasks is the same")
        .isEqualTo("1");
  }

  @Test
  @Tag("I12")
  void stop_endsTheContainer() {
    loop(
        script("[run: 'sleep " + mark + "']") + "checks: [{name: c, run: 'grep -q 42 answer*'}]\n");
    RunningProcess run = Launched.longe(temp, user, variables(), "run", "x", "--loop", "boxed");
    World.until("the agent runs", () -> World.withArgument(mark).size() >= 1);
    Terminal terminal = terminal(Map.of());
    long began = System.nanoTime();
    assertThat(terminal.longe("stop", terminal.task()).exit()).isZero();
    assertThat(World.withArgument(mark)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    assertThat(run.await().status()).isEqualTo(13);
  }

  @Test
  @Tag("I12")
  void containerEnds_whenLongeIsKilled() {
    loop(
        script("[run: 'sleep " + mark + "']") + "checks: [{name: c, run: 'grep -q 42 answer*'}]\n");
    String text = "Sleep for " + mark;
    RunningProcess run = Launched.longe(temp, user, variables(), "run", text, "--loop", "boxed");
    World.until("the agent runs", () -> World.withArgument(mark).size() >= 1);
    kill(World.withArgument(text));
    World.until(
        "the container has ended",
        () -> run.ended() && World.withArgument(mark).isEmpty() && containers().isEmpty());
  }

  /** Also the process that would have removed the container. */
  @Test
  @Tag("I12")
  void containerOfADeadOwner_isRemovedAtTheNextStart() {
    loop(
        script("[run: 'sleep " + mark + "'], [run: 'echo 42 > answer.txt']")
            + "checks: [{name: c, run: 'grep -q 42 answer*'}]\n");
    String text = "Sleep for " + mark;
    RunningProcess run = Launched.longe(temp, user, variables(), "run", text, "--loop", "boxed");
    World.until("the agent runs", () -> World.withArgument(mark).size() >= 1);
    kill(World.withArgument("guard"));
    kill(World.withArgument(text));
    World.until("longe has ended", run::ended);
    Terminal terminal = terminal(Map.of());
    String task = terminal.task();
    assertThat(terminal.longe("stop", task).exit()).isZero();
    assertThat(World.withArgument(mark)).isEmpty();
    assertThat(containers()).isEmpty();
    assertThat(temp.resolve("home/containers")).isEmptyDirectory();
  }

  private static void kill(List<Long> pids) {
    pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  @Tag("F6")
  void imageThatIsMissing_isRefused() {
    loop("agent: command:true\nchecks: [{name: c, run: 'true'}]\n");
    Terminal.Said said = run(Map.of(), "--sandbox", "container:localhost/no-such-image:1");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains(
            "sandbox: is container:localhost/no-such-image:1, but the image"
                + " localhost/no-such-image:1 is not on this machine; build it, or run «podman"
                + " pull localhost/no-such-image:1»");
  }

  @Test
  @Tag("F6")
  void programThatTheImageLacks_isRefused() {
    loop("agent: claude\nchecks: [{name: c, run: no-such-check}]\n");
    Terminal.Said said = run(Map.of());
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains("the image " + TestImage.NAME + " has no program «claude»; install it")
        .contains("«no-such-check», which does not exist in the image " + TestImage.NAME);
  }

  @Test
  void machine_canChooseContainersForAllLoops() {
    write(
        user.resolve(".longe/loops/boxed.md"),
        "---\n"
            + script("[run: 'cat /image > answer.txt']")
            + "checks: [{name: c, run: 'grep -q image answer*'}]\n---\n{{task}}\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-qm", "loop");
    Map<String, String> chosen = Map.of("LONGE_SANDBOX", "container:" + TestImage.NAME);
    Terminal.Said said = run(chosen);
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
    assertThat(terminal(chosen).longe("doctor").out())
        .contains("works, in containers of the image " + TestImage.NAME + ", by podman");
    assertThat(terminal(chosen).longe("doctor", "--loop", "boxed").out())
        .contains("yes: in containers of the image " + TestImage.NAME)
        .doesNotContain("PATH=");
  }
}

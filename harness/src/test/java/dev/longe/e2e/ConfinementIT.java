package dev.longe.e2e;

import static dev.longe.testing.World.read;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Sandbox;
import dev.longe.testing.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What setup, agent and checks can access when they are confined. Needs Bubblewrap. The processes
 * try each access and write down whether it worked.
 */
@Timeout(120)
final class ConfinementIT {
  private static final String TRY =
      """
      can() { if eval "$2" >/dev/null 2>&1; then echo "could $1" | tee -a "tried.$ROLE"; fi; }
      can start true
      can read-key 'grep -q key "$HOME/.ssh/id"'
      can read-credentials 'grep -rq password "$HOME/.gradle" "$HOME/.gem" "$HOME/.npmrc"'
      can read-untracked 'grep -q password USER/.env'
      can read-git-config 'grep -q remote USER/.git/config'
      can read-journal 'test -e LONGE/journal.db'
      can read-temporary-files 'test -e TEMP/agent.yaml'
      can write-home-of-user 'test -e "$HOME/.ssh"'
      can read-refs 'git -C USER for-each-ref | grep -q refs/longe'
      can write-own-branch 'git branch evil-$ROLE'
      can write-system 'test -w /usr/local'
      can remount 'mount -o remount,rw /'
      can use-capabilities '! grep -q "CapEff:.*0000000000000000" /proc/self/status'
      can change-kernel 'test -w /proc/sys/kernel/core_pattern'
      can find-sockets 'find /run /tmp -type s | grep -q .'
      can connect 'exec 3<>/dev/tcp/127.0.0.1/PORT'
      can write-tree 'touch here'
      can write-temporary-files 'touch /tmp/x'
      can read-cache 'grep -q library "$HOME/.m2/repository/library"'
      can read-cache-of-setup 'test -e "$HOME/.m2/repository/setup" && test -e "$HOME/.npm/setup"'
      can read-cache-of-agent 'test -e "$HOME/.m2/repository/agent"'
      can read-cache-of-check 'test -e "$HOME/.m2/repository/check"'
      can read-tree-of-setup 'test -e left.setup'
      can read-tree-of-agent 'test -e left.agent'
      can read-tree-of-check 'test -e left.check'
      can leave 'touch left.$ROLE'
      can write-cache 'mkdir -p "$HOME/.m2/repository" "$HOME/.npm"; touch "$HOME/.m2/repository/$ROLE" "$HOME/.npm/$ROLE"'
      """;

  /** For processes that are not confined: it changes nothing. */
  private static final String READ =
      """
      if test -e "$HOME/.ssh"; then echo could read-key; fi | tee -a "tried.$ROLE"
      """;

  private static final List<String> EVERYBODY =
      List.of(
          "start",
          "write-tree",
          "write-own-branch",
          "write-temporary-files",
          "read-cache",
          "leave");

  @TempDir Path temp;
  private Path user;
  private Path home;
  private ServerSocket server;

  @BeforeEach
  void files() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    home = temp.resolve("person");
    write(home.resolve(".ssh/id"), "key");
    write(home.resolve(".m2/repository/library"), "library");
    write(home.resolve(".gradle/gradle.properties"), "password");
    write(home.resolve(".gradle/caches/a"), "a");
    write(home.resolve(".gem/credentials"), "password");
    write(home.resolve(".npmrc"), "password");
    user = temp.resolve("user");
    String attempt =
        TRY.replace("USER", user.toString())
            .replace("LONGE", temp.resolve("home").toString())
            .replace("TEMP", temp.toString())
            .replace("PORT", Integer.toString(server.getLocalPort()));
    World.repository(
        user,
        ".gitignore",
        ".env\ntried.*\nleft.*\n",
        "try.sh",
        attempt,
        "answer.txt",
        "0\n",
        ".longe/loops/confined.md",
        loop(""));
    World.git(user, "remote", "add", "origin", "https://token@example.org/x.git");
    write(user.resolve(".env"), "password");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private String loop(String more) {
    write(
        temp.resolve("agent.yaml"),
        "attempts: [[run: 'ROLE=agent bash try.sh; echo 42 > answer.txt']]\n");
    return """
    ---
    agent: script:%s
    setup: ROLE=setup bash try.sh
    checks:
      - {name: first, run: "ROLE=check bash try.sh; grep -q 42 answer*"}
      - {name: second, run: "ROLE=check bash try.sh"}
    %s---
    {{task}}
    """
        .formatted(temp.resolve("agent.yaml"), more);
  }

  private Terminal.Said run(Map<String, String> more, String... options) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("HOME", home.toString());
    variables.putIfAbsent("LONGE_SANDBOX", "auto");
    List<String> words = new ArrayList<>(List.of("run", "Write the answer", "--loop", "confined"));
    words.addAll(List.of(options));
    return new Terminal(temp.resolve("home"), user, variables).longe(words.toArray(String[]::new));
  }

  private void passes(Map<String, String> variables, String... options) {
    Terminal.Said said = run(variables, options);
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
  }

  /** What the processes of a role could do, in the one task there is. */
  private List<String> could(String role) {
    String found =
        World.shell(
            temp.resolve("home"),
            role.equals("check")
                ? "zcat receipts/*/1-*.gz"
                : "find . -path '*/upper/tried.%1$s' -o -path '*/clone/tried.%1$s' | xargs cat"
                    .formatted(role));
    return found
        .lines()
        .filter(l -> l.startsWith("could "))
        .map(l -> l.substring("could ".length()))
        .toList();
  }

  @Test
  @Tag("I10")
  @Tag("I13")
  void processes_accessTheirOwnTreesAndNothingElse() {
    passes(Map.of());
    confined();
  }

  /** The same for a user other than root, who needs user namespaces; a real process of its own. */
  @Test
  @Tag("I10")
  @Tag("I13")
  void ordinaryUser_isConfinedInTheSameWay() {
    Sandbox.Outcome outcome =
        OrdinaryUser.longe(temp, user, home, "run", "Write the answer", "--loop", "confined");
    assertThat(outcome.exit().ok()).as(outcome.output() + outcome.error()).isTrue();
    assertThat(World.shell(user, "stat -c %u .git/refs/longe")).isEqualTo(OrdinaryUser.ID);
    OrdinaryUser.leave(temp);
    confined();
  }

  private void confined() {
    // Where overlays do not work, caches can only be read.
    boolean overlays = World.SANDBOX.overlays(new Confinement.Means.Namespaces(), temp);
    List<String> setup = overlays ? with(EVERYBODY, "write-cache") : EVERYBODY;
    List<String> others =
        with(overlays ? with(setup, "read-cache-of-setup") : EVERYBODY, "read-tree-of-setup");
    assertThat(could("setup")).containsExactlyInAnyOrderElementsOf(with(setup, "connect"));
    assertThat(could("agent")).containsExactlyInAnyOrderElementsOf(with(others, "connect"));
    assertThat(could("check"))
        .as("two runs; the second does not see what the first wrote to caches and to its tree")
        .containsExactlyInAnyOrderElementsOf(twice(others));
    assertThat(World.shell(home, "find . -type f | sort"))
        .isEqualTo(
            "./.gem/credentials\n./.gradle/caches/a\n./.gradle/gradle.properties\n"
                + "./.m2/repository/library\n./.npmrc\n./.ssh/id");
    assertThat(World.git(user, "status", "--porcelain")).isEmpty();
    assertThat(World.git(user, "branch", "--list", "evil*")).isEmpty();
  }

  private static List<String> twice(List<String> all) {
    return Stream.concat(all.stream(), all.stream()).toList();
  }

  private static List<String> with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  @Test
  void network_isAsTheLoopSays() {
    write(
        user.resolve(".longe/loops/confined.md"),
        loop("network: {agent: false, setup: false, checks: true}\n"));
    World.git(user, "commit", "-qam", "network");
    passes(Map.of());
    assertThat(could("setup")).doesNotContain("connect");
    assertThat(could("agent")).doesNotContain("connect");
    assertThat(could("check")).contains("connect");
  }

  /** Carried files: of the user's untracked files these alone, and nobody can change them. */
  private static final String CARRIED =
      """
      {
        cat .env.test data/deep/b; cat .env || true
        for f in .env.test data/deep/b data/new; do
          if echo evil > $f; then echo changed $f; fi
        done
        if rm -rf data; then echo removed; fi
      } 2>&1 | sed 's/^/could /' | tee -a "tried.$ROLE"
      """;

  private void carrying(String more) {
    write(user.resolve(".env.test"), "test secret\n");
    write(user.resolve("data/deep/b"), "data\n");
    write(user.resolve("try.sh"), CARRIED);
    write(user.resolve(".longe/loops/confined.md"), loop("carry: [.env.test, data/]\n" + more));
    World.git(user, "commit", "-qam", "carry");
  }

  @Test
  @Tag("I13")
  void carriedFiles_areReadInEveryTree_andChangedInNone() {
    carrying("");
    passes(Map.of());
    for (String role : List.of("setup", "agent", "check")) {
      assertThat(could(role))
          .contains("test secret", "data")
          .noneMatch(l -> l.contains("password") || l.startsWith("changed") || l.equals("removed"));
    }
    assertThat(World.shell(user, "cat .env.test; find data -type f -exec cat {} +"))
        .isEqualTo("test secret\ndata");
    assertThat(candidate()).isEqualTo("answer.txt");
  }

  @Test
  void carriedFiles_areCopiesWhereNothingIsConfined() {
    carrying("");
    passes(Map.of("LONGE_SANDBOX", "none"));
    assertThat(could("check")).contains("test secret", "data", "changed .env.test", "removed");
    assertThat(World.shell(user, "cat .env.test; find data -type f -exec cat {} +"))
        .isEqualTo("test secret\ndata");
    assertThat(candidate()).isEqualTo("answer.txt");
  }

  private String candidate() {
    return World.git(
        user,
        "diff",
        "--name-only",
        "HEAD",
        World.git(user, "for-each-ref", "--format=%(refname)", "refs/longe/*/1"));
  }

  @Test
  void pathThatCanNotBeCarried_isRefused() {
    carrying("");
    World.shell(user, "rm .env.test; git add -f data; git commit -qm data");
    Terminal.Said said = run(Map.of());
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains("carry: «.env.test» does not exist in " + user)
        .contains("carry: «data» is, contains or is below a file that git tracks");
  }

  /** The harness writes prompts into a directory that the agent can write. */
  @Test
  @Tag("I10")
  void linksInTheDirectoryOfPrompts_areNotFollowed() {
    write(home.resolve("victim"), "mine\n");
    write(
        user.resolve("try.sh"),
        "if [ $ROLE = agent ]; then for n in 1 2 3; do ln -sf $HOME/victim"
            + " \"$(dirname \"$LONGE_ANSWER_FILE\")/prompt-$n.md\"; done; fi\n");
    write(
        user.resolve(".longe/loops/confined.md"),
        loop("")
            .replace(
                "script:" + temp.resolve("agent.yaml"),
                "\"command:sh -c 'ROLE=agent bash try.sh; echo x >> out; test $(wc -l < out) -lt 2"
                    + " || echo 42 > answer.txt'\""));
    World.git(user, "commit", "-qam", "links");
    passes(Map.of());
    assertThat(read(home.resolve("victim"))).isEqualTo("mine\n");
  }

  private void onlyRead() {
    write(user.resolve("try.sh"), READ);
    World.git(user, "commit", "-qam", "read only");
  }

  @Test
  void machineWhoseUserTurnsItOff_doesNotConfine() {
    onlyRead();
    passes(Map.of("LONGE_SANDBOX", "none"));
    assertThat(could("check")).contains("read-key");
  }

  @Test
  void requiredConfinement_isRefusedWhereItDoesNotWork() {
    onlyRead();
    Map<String, String> path = path("unshare", "mount");
    Terminal.Said said = run(path, "--sandbox", "required");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("install the package bubblewrap");
    Terminal.Said told = run(path);
    assertThat(told.exit()).isZero();
    assertThat(told.err()).contains("are not confined");
    assertThat(could("check")).contains("read-key");
  }

  /** Overlays can't be mounted: the setup runs nevertheless, and caches can only be read. */
  @Test
  void withoutOverlays_cachesCanBeRead() {
    passes(path("unshare", "bwrap"));
    assertThat(could("setup")).contains("read-cache").doesNotContain("write-cache", "read-key");
    assertThat(could("check")).contains("read-cache").doesNotContain("write-cache", "read-key");
    assertThat(World.shell(temp.resolve("home"), "find . -name 'overlay-*'")).isEmpty();
  }

  /** A path with the programs that every task needs, and these. */
  private Map<String, String> path(String... more) {
    Path bin = temp.resolve("bin");
    String programs =
        Stream.concat(
                Stream.of(
                    "git", "bash", "sh", "cat", "setpriv", "grep", "find", "touch", "mkdir", "true",
                    "cp", "rm", "tee"),
                Stream.of(more))
            .map(p -> "ln -s \"$(type -P " + p + ")\" " + bin + "/" + p)
            .collect(Collectors.joining("\n"));
    World.shell(temp, "mkdir " + bin + "\n" + programs);
    return Map.of("PATH", bin.toString());
  }
}

package dev.longe.e2e;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static dev.longe.testing.World.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Nothing that the harness gives to a process that is not confined names the user's repository. */
@Timeout(120)
final class UnnamedRepositoryTest {
  /** Prints each place that names the repository, and asks git in each way that may tell it. */
  private static final String LOOK =
      """
      look() {
        sought=$1; prompt=$2
        tr '\\0' '\\n' < /proc/self/environ | grep -F -- "$sought" && echo "the environment"
        case $prompt in *"$sought"*) echo "the prompt";; esac
        grep -rlaF -- "$sought" .git ../exchange $(cat .git/objects/info/alternates)/..
        find . $(cat .git/objects/info/alternates) -type l
        git config --list --show-origin | grep -F -- "$sought"
        git rev-parse --git-common-dir --show-toplevel --git-path objects | grep -F -- "$sought"
        git remote -v; git worktree list | grep -F -- "$sought"; git stash list
        git for-each-ref | grep -v refs/heads/longe/
        git reflog --all | grep -v longe
        readlink /proc/self/cwd /proc/$PPID/cwd | grep -Fx -- "$sought"
        true
      }
      """;

  @TempDir Path temp;
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    user = World.repository(temp.resolve("mine"), "answer.txt", "0\n");
    git(user, "remote", "add", "origin", user.toString());
    git(user, "fetch", "-q");
    git(user, "branch", "private");
    String own = user.toString();
    terminal =
        new Terminal(
            temp.resolve("home"),
            user,
            Map.of(
                "LONGE_SANDBOX",
                "none",
                "PWD",
                own,
                "OLDPWD",
                own,
                "GIT_DIR",
                own + "/.git",
                "VIRTUAL_ENV",
                own + "/.venv",
                "INIT_CWD",
                own));
  }

  private Path look(String name, String then) {
    return script(
        temp.resolve(name),
        LOOK
            + """
            look '%s' "$(timeout 5 cat)" >> '%s' 2>&1
            echo looked >> '%s'
            """
                .formatted(user, temp.resolve("found"), temp.resolve("looked"))
            + then);
  }

  private void run() {
    Terminal.Said said =
        terminal.longe(
            "run",
            "Make it 42",
            "--agent",
            "command:" + look("agent.sh", "echo 4$LONGE_ATTEMPT > answer.txt\n"),
            "--check",
            "bash " + look("check.sh", "git fsck --connectivity-only && grep -qx 42 answer.txt\n"));
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
  }

  @Test
  @Tag("I10")
  void hostileAgentAndCheck_findNothing() {
    run();
    assertThat(read(temp.resolve("looked")).lines().count()).as("agent and checks").isEqualTo(4);
    assertThat(read(temp.resolve("found"))).isEmpty();
  }

  /** What the hostile agent does would find the repository if something named it. */
  @Test
  void theSearch_findsWhatNamesTheRepository() {
    run();
    Path tree = temp.resolve("home/work").resolve(terminal.task()).resolve("clone");
    shell(tree, "git remote add x '%s'".formatted(user));
    String found =
        shell(tree, "set +e; " + LOOK + "look '%s' '%s' 2>&1".formatted(user, "see " + user));
    assertThat(found.lines()).contains("the prompt", ".git/config");
  }

  @Test
  void store_isKeptForAnOpenTask_collectedAfterwards_andReported() {
    run();
    JsonNode kept = terminal.json("gc", "--all", "--json").path("kept");
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).path("kind").asString()).isEqualTo("objects");
    assertThat(terminal.longe("gc").out())
        .contains("in use")
        .contains("0 prepared bases and 1 store of objects kept");
    assertThat(terminal.longe("doctor").out()).contains("1 store here");
    assertThat(terminal.longe("accept", terminal.task(), "--waive", "a test").exit()).isZero();
    assertThat(terminal.longe("gc").out()).contains("1 store of objects kept");
    assertThat(terminal.json("gc", "--all", "--json").path("deleted")).hasSize(1);
    assertThat(shell(temp.resolve("home/stores"), "find . -mindepth 1 -type d")).isEmpty();
    git(user, "fsck");
  }
}

package dev.longe.e2e;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.TaskId;
import dev.longe.tasks.LocalTasks;
import dev.longe.testing.Mailbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Explorations, specs and invariants: what comes before the work. */
@Timeout(120)
final class ExploreTest {
  @TempDir Path temp;
  @RegisterExtension final Mailbox mailbox = new Mailbox();
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("shop"), "src/a.py", "x = 1\n", "check.sh", "grep -q 2 src/a.py\n");
    terminal = new Terminal(temp.resolve("home"), user);
  }

  private String agent(String body) {
    return "command:'" + script(temp.resolve("agent.sh"), body) + "'";
  }

  private String explored() {
    Terminal.Said said =
        terminal.longe(
            "run",
            "Where does x come from?",
            "--mode",
            "explore",
            "--agent",
            agent(
                "cat | %s; echo 'It is set in src/a.py.' > FINDINGS.md; echo 'x = 9' > src/a.py\n"
                    .formatted(mailbox.put("prompt"))));
    assertThat(said.exit()).isZero();
    return terminal.task();
  }

  @Test
  @Tag("I16")
  void findings_becomeADraft_thatAHumanEditsAndConfirms_neverItsCode() {
    String id = explored();
    assertThat(mailbox.text("prompt")).contains("FINDINGS.md");
    assertThat(terminal.longe("accept", id).err()).contains("never lands");
    assertThat(terminal.longe("promote", id, "--confirm").err()).contains("no draft yet");
    assertThat(terminal.longe("promote", id).out()).contains("Wrote the draft");
    Path draft = temp.resolve("home/drafts/" + id + ".md");
    assertThat(read(draft)).contains("It is set in src/a.py.").doesNotContain("x = 9");
    assertThat(terminal.longe("promote", id).err()).contains("already exists");
    assertThat(terminal.longe("promote", id, "--confirm").err()).contains("line 1 of the draft");
    write(draft, "In src/a.py x should be 2.");
    Terminal.Said said =
        terminal.longe(
            "promote", id, "--confirm", "--agent", agent("true\n"), "--red-check", "bash check.sh");
    assertThat(said.exit()).as(said.err()).isZero();
    JsonNode made = terminal.json("ls", "--json").get(1);
    assertThat(made.path("mode").asString()).isEqualTo("execute");
    assertThat(made.path("title").asString()).isEqualTo("In src/a.py x should be 2.");
    assertThat(git(user, "show", "HEAD:src/a.py")).isEqualTo("x = 1");
  }

  @Test
  void promoteOfAnExecuteTask_isRefused() {
    terminal.longe(
        "run",
        "Set x to 2",
        "--agent",
        agent("echo 'x = 2' > src/a.py\n"),
        "--check",
        "bash check.sh");
    assertThat(terminal.longe("promote", terminal.task()).err())
        .contains("does not have the mode explore");
  }

  @Test
  void explorations_expire() {
    String id = explored();
    try (Terminal.Opened app = terminal.open()) {
      LocalTasks tasks = (LocalTasks) app.tasks();
      tasks.expire(app.now().plus(Duration.ofDays(14)).minus(Duration.ofHours(1)));
      assertThat(app.journal().inbox().open(new TaskId(id))).isEmpty();
      tasks.expire(app.now().plus(Duration.ofDays(14)).plus(Duration.ofHours(1)));
      assertThat(app.journal().inbox().open(new TaskId(id))).hasSize(1);
    }
    terminal.longe("serve", "--until-idle");
    assertThat(terminal.json("ls", "--json").get(0).path("state").asString())
        .isEqualTo("discarded");
    assertThat(git(user, "for-each-ref", "refs/longe")).isEmpty();
  }

  @Test
  void openQuestions_areTold_orHeldAgainstTheTask() {
    List<String> vague =
        List.of(
            "run",
            "Make it nice",
            "--agent",
            agent("echo 'x = 2' > src/a.py\n"),
            "--check",
            "bash check.sh");
    assertThat(terminal.longe(vague.toArray(String[]::new)).err())
        .contains("Open question: Which check fails now")
        .contains("Open question: Which part")
        .contains("Open question: What will be different");
    write(
        user.resolve(".longe/loops/default.md"),
        "---\nagent: command:true\nchecks: [bash check.sh]\nreadiness: gate\n---\n{{task}}\n");
    git(user, "add", "-A");
    git(user, "commit", "-qm", "loop");
    Terminal.Said refused = terminal.longe("submit", "Make it nice");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err().lines().filter(l -> !l.startsWith("Note:")))
        .hasSize(3)
        .allMatch(l -> l.contains("readiness"));
    assertThat(
            terminal
                .longe(
                    "submit", "In src/a.py x should be 2", "--red-check", "bash -c 'bash check.sh'")
                .exit())
        .isZero();
  }

  @Test
  void invariants_showWhatHasNoCheck_whatBearsNothing_andWhoseCodeNobodyClaims() {
    write(
        user.resolve(".longe/invariants.md"),
        """
        # What always holds

        ## one-x: There is one x.
        paths: src/**
        check: `bash check.sh`
        owner: ada

        ## lost: Nothing is lost.
        paths: gone/**
        """);
    write(user.resolve("other/b.py"), "y = 1\n");
    String text = terminal.longe("invariants").out();
    assertThat(text)
        .contains("one-x  There is one x.")
        .contains("1 files: src/**")
        .contains("no file matches: gone/**")
        .contains("none: no check would show that it is broken")
        .contains("1 files  other");
    assertThat(terminal.json("invariants", "--json").path("invariants")).hasSize(2);
    write(user.resolve(".longe/invariants.md"), "## no colon\n\n## a: b\n## a: c\npaths: x\n");
    assertThat(terminal.longe("invariants").err().lines()).hasSize(3);
  }

  @Test
  @Tag("D41")
  void unreviewedWork_holdsNewWorkBack_butNotExploring() {
    write(temp.resolve("home/settings.yaml"), "review: {minutes: 1, lines-an-hour: 60}\n");
    String agent =
        agent("seq $RANDOM $((RANDOM + 40000)) | head -50 > src/b.txt; echo 2 >> src/a.py\n");
    terminal.longe("run", "Make x 2 in src/a.py", "--agent", agent, "--check", "bash check.sh");
    assertThat(
            terminal
                .longe("submit", "And more", "--agent", agent, "--check", "bash check.sh")
                .exit())
        .isZero();
    terminal.longe("serve", "--until-idle");
    JsonNode waiting = terminal.json("ls", "--json").get(1);
    assertThat(waiting.path("state").asString()).isEqualTo("waiting");
    assertThat(waiting.path("reason").asString()).isEqualTo("review-capacity");
    assertThat(waiting.path("note").asString()).contains("lines wait for review");
    assertThat(terminal.longe("ls").out()).contains("review-capacity");
    assertThat(terminal.longe("run", "Why?", "--mode", "explore", "--agent", agent).exit())
        .isZero();
  }
}

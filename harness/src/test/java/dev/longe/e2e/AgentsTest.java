package dev.longe.e2e;

import static dev.longe.testing.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Attempt;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Opinion;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.testing.ModelServer;
import dev.longe.testing.ModelServer.Turn;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Agents as a user sets them up and works with them, with Longe's own over a scripted model. */
@Timeout(120)
final class AgentsTest {
  @TempDir Path temp;
  private Path user;
  private ModelServer model;
  private Terminal terminal;

  @BeforeEach
  void world() throws IOException {
    model = new ModelServer();
    user =
        World.repository(
            temp.resolve("shop"), "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
    terminal =
        new Terminal(
            temp.resolve("home"),
            user,
            Map.of(
                "ANTHROPIC_API_KEY",
                "scripted-key",
                "ANTHROPIC_BASE_URL",
                model.url(),
                "OPENAI_API_KEY",
                "scripted-key",
                "HOME",
                temp.toString()));
  }

  @AfterEach
  void end() {
    model.close();
  }

  private Path agentsFile(String text) {
    return World.write(temp.resolve("home/agents.yaml"), text);
  }

  private static Turn writes() {
    return new Turn.Calls("write", Map.of("path", "answer.txt", "content", "42\n"));
  }

  private static Turn finishes() {
    return new Turn.Calls("finish", Map.of("summary", "It is 42."));
  }

  @Test
  @Tag("I7")
  void ownAgent_goesOnAfterARefusal_andItsCostIsComputed() {
    model.plays(finishes(), writes(), finishes());
    Terminal.Said said =
        terminal.longe(
            "run",
            "Make it 42",
            "--agent",
            "model:anthropic/claude-opus-4-5",
            "--check",
            "bash check.sh");
    assertThat(said.err().lines())
        .allMatch(l -> l.startsWith("Open question: ") || l.contains("not confined"));
    assertThat(said.out()).contains("proposed");
    TaskState task = terminal.state();
    assertThat(task.attempts().stream().map(Attempt::session)).containsExactly(1, 1);
    assertThat(model.requests.getLast().toString()).contains("Make it 42").contains("Not done yet");
    assertThat(task.spent().tokens()).isEqualTo(model.told());
    assertThat(task.spent().cost()).isInstanceOf(Cost.Computed.class);
    assertThat(task.spent().cost().known().micros()).isEqualTo(3L * 12_925);
  }

  @Test
  @Tag("I7")
  void money_isALimitWhileItWorks() {
    model.plays(writes(), writes(), writes(), writes(), writes(), writes(), finishes());
    Terminal.Said said =
        terminal.longe(
            "run",
            "Make it 42",
            "--agent",
            "model:anthropic/claude-opus-4-5",
            "--check",
            "false",
            "--money",
            "$0.03");
    assertThat(said.exit()).isEqualTo(11);
    assertThat(terminal.state().reason().orElseThrow().code()).isEqualTo("limit-money");
  }

  @Test
  @Tag("D9")
  void ownAgent_saysThatItCannot() {
    model.plays(new Turn.Calls("cannot", Map.of("why", "42 is forbidden")));
    assertThat(
            terminal
                .longe("run", "x", "--agent", "model:anthropic/claude-opus-4-5", "--check", "false")
                .exit())
        .isEqualTo(10);
    assertThat(terminal.state().last().orElseThrow().stop())
        .contains(new Stop.Cannot("42 is forbidden"));
  }

  @Test
  void nearlyFullContext_isToldOnce_thenHandedOver() {
    agentsFile("tiny: {driver: model, model: anthropic/claude-opus-4-5, context: 5600}\n");
    model.plays(writes(), writes(), finishes());
    Terminal.Said said =
        terminal.longe("run", "Make it 42", "--agent", "tiny", "--check", "bash check.sh");
    assertThat(said.out()).contains("proposed");
    assertThat(model.requests.get(1).toString()).contains("Your context is nearly full");
    agentsFile("tiny: {driver: model, model: anthropic/claude-opus-4-5, context: 5000}\n");
    model.plays(new Turn.Calls("read", Map.of("path", "answer.txt")), writes(), finishes());
    assertThat(
            terminal
                .longe("run", "Make it 42 again", "--agent", "tiny", "--check", "bash check.sh")
                .out())
        .contains("context full");
  }

  private void judgedLoop() {
    World.write(
        user.resolve(".longe/loops/judged.md"),
        """
        ---
        agent: model:anthropic/claude-opus-4-5
        checks:
          - run: bash check.sh
          - judge: [The answer is explained., Nothing else changed.]
            agent: model:anthropic/claude-haiku-4-5
        ---
        {{task}}
        """);
    World.git(user, "add", "-A");
    World.git(user, "commit", "-q", "-m", "loop");
  }

  private static Turn opinions(String first, String second) {
    return new Turn.Calls(
        "opinions",
        Map.of(
            "opinions",
            List.of(
                Map.of("criterion", 1, "answer", first, "evidence", "answer.txt:1 only a number"),
                Map.of("criterion", 2, "answer", second, "evidence", "answer.txt:1"))));
  }

  @Test
  @Tag("D38")
  @Tag("I1")
  void judge_seesTaskDiffAndReceipts_neverTheAgentsWords() {
    judgedLoop();
    model.plays(
        writes(),
        new Turn.Calls("finish", Map.of("summary", "Perfect, I swear.")),
        opinions("not met", "met"),
        new Turn.Calls("write", Map.of("path", "why.txt", "content", "because\n")),
        finishes(),
        opinions("met", "met"));
    Terminal.Said said = terminal.longe("run", "Make it 42 and say why", "--loop", "judged");
    assertThat(said.out()).contains("proposed").contains("not met: The answer is explained.");
    String asked = model.requests.get(2).toString();
    assertThat(asked)
        .contains("Make it 42 and say why")
        .contains("+42")
        .contains("bash check.sh")
        .contains("The answer is explained.")
        .doesNotContain("I swear");
    assertThat(model.requests.get(3).toString()).contains("not met: The answer is explained.");
    TaskState task = terminal.state();
    assertThat(task.spent().tokens()).isEqualTo(model.told());
    List<Event> judged = events("Judged");
    assertThat(((Event.Judged) judged.getFirst()).opinions())
        .contains(
            new Opinion(
                "The answer is explained.", Opinion.Answer.NOT_MET, "answer.txt:1 only a number"));
  }

  private List<Event> events(String type) {
    try (Terminal.Opened app = terminal.open()) {
      return app.journal().entries(new TaskId(terminal.task())).stream()
          .map(e -> e.event())
          .filter(e -> e.getClass().getSimpleName().equals(type))
          .toList();
    }
  }

  @Test
  @Tag("D38")
  void judgeThatCannotTell_asksTheHuman_whoseWordIsKeptBesideIt() {
    judgedLoop();
    model.plays(writes(), finishes(), opinions("cannot tell", "met"));
    assertThat(terminal.longe("run", "Make it 42", "--loop", "judged").exit()).isEqualTo(10);
    assertThat(terminal.state().note()).contains("The answer is explained.");
    assertThat(terminal.longe("accept", terminal.task()).exit()).isZero();
    assertThat(read(user.resolve("answer.txt"))).isEqualTo("42\n");
    JsonNode labels = terminal.json("labels", "--json");
    assertThat(labels.get(0).path("answer").asString()).isEqualTo("cannot tell");
    assertThat(labels.get(0).path("human").asString()).isEqualTo("accepted");
  }

  @Test
  void judgeWithoutAnAnswer_isBroken_andSaysWhy() {
    judgedLoop();
    model.plays(writes(), finishes(), new Turn.Fails(401, Map.of()));
    assertThat(terminal.longe("run", "Make it 42", "--loop", "judged").exit()).isEqualTo(10);
    assertThat(terminal.state().reason().orElseThrow().code()).isEqualTo("verifier-broken");
    assertThat(terminal.state().note()).contains("the judge gave no opinions: refused");
  }

  @Test
  @Tag("D37")
  @Tag("I15")
  void usedUpQuota_anotherAgentTakesOver_alsoForTheNextTask() {
    World.write(
        user.resolve(".longe/loops/two.md"),
        """
        ---
        agent: [model:anthropic/claude-opus-4-5, "command:bash agent.sh"]
        checks: [bash check.sh]
        ---
        {{task}}
        """);
    World.script(user.resolve("agent.sh"), "echo 42 > answer.txt\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-q", "-m", "loop");
    model.plays(new Turn.Fails(429, Map.of("retry-after", "3600")));
    assertThat(terminal.longe("run", "Make it 42", "--loop", "two").out()).contains("proposed");
    TaskState first = terminal.state();
    assertThat(first.attempts().stream().map(Attempt::agent)).containsExactly(0, 1);
    assertThat(first.attemptsCounted()).isEqualTo(1);
    int asked = model.requests.size();
    assertThat(terminal.longe("run", "Make it 42 too", "--loop", "two").out()).contains("proposed");
    assertThat(model.requests).hasSize(asked);
  }

  @Test
  @Tag("D37")
  @Tag("I15")
  void agentsOfOneAccount_shareItsQuota() {
    agentsFile(
        """
        big: {driver: model, model: anthropic/claude-opus-4-5, account: team}
        small: {driver: model, model: anthropic/claude-haiku-4-5, account: team}
        """);
    World.write(
        user.resolve(".longe/loops/three.md"),
        """
        ---
        agent: [big, small, "command:bash agent.sh"]
        checks: [bash check.sh]
        ---
        {{task}}
        """);
    World.script(user.resolve("agent.sh"), "echo 42 > answer.txt\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-q", "-m", "loop");
    model.plays(new Turn.Fails(429, Map.of("retry-after", "3600")));
    assertThat(terminal.longe("run", "Make it 42", "--loop", "three").out()).contains("proposed");
    assertThat(model.requests).hasSize(1);
    assertThat(terminal.state().attempts().stream().map(Attempt::agent)).containsExactly(0, 2);
  }

  @Test
  @Tag("F17")
  void missingOrOldProgram_isToldAtTheDoor() {
    Path old = World.script(temp.resolve("bin/codex"), "echo codex-cli 0.12.0\n");
    agentsFile("codex: {command: " + old + "}\ngemini: {command: /no/such/gemini}\n");
    Terminal.Said said = terminal.longe("run", "x", "--agent", "codex", "--check", "false");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains("has the version codex-cli 0.12.0, and Longe needs 0.140.0 or newer")
        .contains("npm install -g @openai/codex");
    Terminal.Said missing = terminal.longe("run", "x", "--agent", "gemini", "--check", "false");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err()).contains("is not installed: npm install -g @google/gemini-cli");
    agentsFile("mine: {driver: acp, command: /no/such/agent}\n");
    assertThat(terminal.longe("run", "x", "--agent", "mine", "--check", "false").err())
        .contains("«/no/such/agent» is not installed: agents.yaml names it");
    Terminal.Said nowhere =
        terminal.longe("run", "x", "--agent", "model:someone/m", "--check", "false");
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err()).contains("has no provider: write anthropic/NAME");
  }

  @Test
  @Tag("F18")
  void programThatSpeaksNoProtocol_isNamedInTheReason() {
    Path chatty =
        World.script(
            temp.resolve("bin/codex"),
            "[ \"$1\" = --version ] && echo codex-cli 0.169.0 || echo Good morning\n");
    agentsFile("codex: {command: " + chatty + "}\n");
    Terminal.Said said =
        terminal.longe(
            "run",
            "x",
            "--agent",
            "codex",
            "--check",
            "false",
            "--moves",
            "ask",
            "--attempts",
            "1");
    assertThat(said.out()).contains("did not use the protocol that Longe expects");
    assertThat(said.out()).contains("Good morning");
  }

  @Test
  void agents_areListed_withWhatTheyCan() {
    agentsFile(
        "local: {driver: model, api: openai, endpoint: \"http://127.0.0.1:1/v1\", model: m}\n");
    Terminal.Said said = terminal.longe("agents");
    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains("local").contains("driver model").contains("model m");
    JsonNode rows = terminal.json("agents", "--json");
    assertThat(rows.findValuesAsString("name")).contains("claude", "codex", "pi", "local");
    assertThat(terminal.longe("doctor").out()).contains("copilot").contains("opencode");
  }

  @Test
  void brokenAgentsFile_isOneAnswerWithEverything() {
    agentsFile("claude: {colour: red, slots: 0}\n");
    Terminal.Said said = terminal.longe("agents");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("agents.yaml:1").contains("colour").contains("slots");
  }
}

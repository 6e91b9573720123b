package dev.longe.agent.acp;

import static dev.longe.testing.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.agent.registry.Agents;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.intake.AgentEntry;
import dev.longe.intake.AgentsFile;
import dev.longe.sandbox.Confinement;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent that asks its client for things, as a script; what it was answered is in a file. */
@Timeout(60)
final class AcpTest {
  @TempDir Path temp;
  private Path work;
  private Path exchange;

  @BeforeEach
  void world() {
    work = temp.resolve("work");
    exchange = temp.resolve("exchange");
    World.make(work);
    World.make(exchange);
  }

  private AgentRun.Ending run(Set<String> deny, String... asked) {
    StringBuilder script = new StringBuilder();
    script.append("answer() { IFS= read -r line; printf '%s\\n' \"$line\" >> ../answers; }\n");
    script.append("IFS= read -r line\n");
    say(script, "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":1}}");
    script.append("IFS= read -r line\n");
    say(script, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"sessionId\":\"s\"}}");
    script.append("IFS= read -r line\n");
    for (String one : asked) {
      say(script, one);
      script.append("answer\n");
    }
    say(script, "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"stopReason\":\"end_turn\"}}");
    Path program = World.script(temp.resolve("agent.sh"), script.toString());
    AgentEntry entry =
        new AgentEntry(
            "mine",
            "acp",
            Optional.of(program.toString()),
            List.of(),
            List.of(),
            "mine",
            Optional.empty(),
            Optional.empty(),
            deny,
            AgentEntry.Endpoint.DEFAULT);
    Agents agents =
        new Agents(
            World.SANDBOX,
            World.ENVIRONMENT,
            InstantSource.system(),
            new AgentsFile(Map.of("mine", entry)));
    Assignment a =
        new Assignment(
            new TaskId("abcde"),
            1,
            1,
            Optional.empty(),
            List.of(),
            work,
            List.of(),
            exchange,
            "Mend it.",
            World.ENVIRONMENT.basic(),
            new Confinement.Open(),
            Duration.ofSeconds(50),
            1 << 20);
    return agents.named("mine").start(a, _ -> {}).await();
  }

  private static void say(StringBuilder script, String json) {
    script.append("printf '%s\\n' '").append(json).append("'\n");
  }

  private List<String> answers() {
    return read(temp.resolve("answers")).lines().toList();
  }

  private static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  private static String permission(String kind, String path) {
    return request(
        "session/request_permission",
        "{\"toolCall\":{\"kind\":\""
            + kind
            + "\",\"locations\":[{\"path\":\""
            + path
            + "\"}]},\"options\":[{\"optionId\":\"yes\",\"kind\":\"allow_once\"},{\"optionId\":\"no\",\"kind\":\"reject_once\"}]}");
  }

  @Test
  void permission_isGivenByPolicy() {
    AgentRun.Ending ending =
        run(
            Set.of("fetch"),
            permission("edit", "a.txt"),
            permission("fetch", "a.txt"),
            permission("edit", "/etc/passwd"),
            permission("edit", "../stray"),
            permission("edit", exchange.resolve("answer.json").toString()));
    assertThat(ending.stop()).isEqualTo(new Stop.Ended());
    assertThat(answers().get(0)).contains("\"optionId\":\"yes\"");
    assertThat(answers().subList(1, 4)).allMatch(l -> l.contains("\"optionId\":\"no\""));
    assertThat(answers().get(4)).contains("\"optionId\":\"yes\"");
  }

  @Test
  @Tag("I10")
  void files_areThoseOfTheWorkspace() throws java.io.IOException {
    World.write(temp.resolve("secret"), "secret\n");
    Files.createSymbolicLink(work.resolve("link"), temp.resolve("secret"));
    Files.createSymbolicLink(work.resolve("out"), temp);
    AgentRun.Ending ending =
        run(
            Set.of(),
            request("fs/write_text_file", "{\"path\":\"d/a.txt\",\"content\":\"one\\ntwo\\n\"}"),
            request("fs/read_text_file", "{\"path\":\"d/a.txt\",\"line\":2,\"limit\":1}"),
            request("fs/read_text_file", "{\"path\":\"link\"}"),
            request("fs/write_text_file", "{\"path\":\"out/x\",\"content\":\"x\"}"),
            request("fs/read_text_file", "{\"path\":\"/etc/passwd\"}"),
            request("no/such", "{}"));
    assertThat(ending.stop()).isEqualTo(new Stop.Ended());
    assertThat(read(work.resolve("d/a.txt"))).isEqualTo("one\ntwo\n");
    assertThat(answers().get(1)).contains("\"content\":\"two\\n\"");
    assertThat(answers().subList(2, 6)).allMatch(l -> l.contains("\"error\""));
    assertThat(answers().get(4)).contains("outside the workspace: /etc/passwd");
    assertThat(temp.resolve("x")).doesNotExist();
  }

  @Test
  @Tag("I12")
  void terminals_runInTheWorkspace_andDieWithTheAttempt() {
    String mark = "88" + System.nanoTime();
    AgentRun.Ending ending =
        run(
            Set.of(),
            request("terminal/create", "{\"command\":\"bash\",\"args\":[\"-c\",\"pwd; exit 3\"]}"),
            request("terminal/wait_for_exit", "{\"terminalId\":\"terminal-1\"}"),
            request("terminal/output", "{\"terminalId\":\"terminal-1\"}"),
            request("terminal/create", "{\"command\":\"sleep\",\"args\":[\"" + mark + "\"]}"),
            request("terminal/create", "{\"command\":\"true\",\"cwd\":\"/\"}"),
            request("terminal/kill", "{\"terminalId\":\"terminal-7\"}"));
    assertThat(ending.stop()).isEqualTo(new Stop.Ended());
    assertThat(answers().get(1)).contains("\"exitCode\":3");
    assertThat(answers().get(2)).contains(work.toString());
    assertThat(answers().subList(4, 6)).allMatch(l -> l.contains("\"error\""));
    assertThat(World.withArgument(mark)).isEmpty();
  }
}

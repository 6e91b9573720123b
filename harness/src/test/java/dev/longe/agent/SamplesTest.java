package dev.longe.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.agent.acp.AcpClient;
import dev.longe.agent.acp.AcpProtocol;
import dev.longe.agent.codex.CodexProtocol;
import dev.longe.agent.copilot.CopilotProtocol;
import dev.longe.agent.copilot.CopilotUsage;
import dev.longe.agent.gemini.GeminiProtocol;
import dev.longe.agent.opencode.OpenCodeProtocol;
import dev.longe.agent.pi.PiProtocol;
import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.TaskId;
import dev.longe.core.Tokens;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Exit;
import dev.longe.testing.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the real agents printed, read by their protocols. */
final class SamplesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final Program PROGRAM = new Program("agent", "", "1.0", "install it");

  @TempDir Path temp;
  private final List<AgentEvent> events = new ArrayList<>();

  private Assignment assignment() {
    return new Assignment(
        new TaskId("abcde"),
        1,
        1,
        Optional.empty(),
        List.of(),
        temp,
        List.of(),
        temp,
        "Mend it.",
        Map.of(),
        new Confinement.Open(),
        Duration.ofMinutes(1),
        1 << 20);
  }

  private Protocol protocol(String agent) {
    InstantSource clock = InstantSource.fixed(NOW);
    return switch (agent) {
      case "codex" -> new CodexProtocol(events::add, clock, assignment(), Optional.empty());
      case "pi" -> new PiProtocol(events::add, clock, "Mend it.");
      case "gemini" -> new GeminiProtocol(events::add, clock);
      case "copilot" -> new CopilotProtocol(events::add, clock, "s", new CopilotUsage(temp));
      case "opencode" ->
          new OpenCodeProtocol(events::add, clock, assignment(), Optional.empty(), "p");
      case "acp" ->
          new AcpProtocol(
              events::add,
              clock,
              assignment(),
              new AcpClient(World.SANDBOX, assignment(), Set.of()));
      default -> throw new AssertionError(agent);
    };
  }

  private static List<String> sample(String file) {
    try (InputStream in = SamplesTest.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Exit exit(int status) {
    return new Exit(status, Exit.Ending.EXITED, Duration.ZERO);
  }

  private Protocol fed(String file) {
    Protocol protocol = protocol(file.substring(0, file.indexOf('/')));
    sample(file).forEach(protocol::line);
    return protocol;
  }

  private static Stop stop(Protocol protocol, int status) {
    return protocol.stop(exit(status), false, PROGRAM, Login.unknown(""));
  }

  @ParameterizedTest
  @CsvSource({
    "codex/hello.txt, 3800, 84",
    "pi/hello.jsonl, 10300, 84",
    "gemini/hello.jsonl, 10300, 98",
    "acp/claude-agent-acp.txt, 10300, 84",
    "acp/opencode-acp.txt, 5400, 42",
  })
  void goodRun_ends_andItsUseIsRead(String file, long input, long output) {
    Protocol protocol = fed(file);
    assertThat(stop(protocol, 0)).isEqualTo(new Stop.Ended());
    Tokens t = protocol.usage().tokens();
    if (!file.startsWith("codex")) {
      assertThat(t.input() + t.cacheRead() + t.cacheWrite()).isEqualTo(input);
    }
    assertThat(t.output()).isEqualTo(output);
    assertThat(events).anyMatch(e -> e instanceof AgentEvent.Said);
    assertThat(events).anyMatch(e -> e instanceof AgentEvent.ToolCalled);
  }

  @Test
  void codex_usageWithoutTheCached() {
    assertThat(fed("codex/hello.txt").usage().tokens()).isEqualTo(new Tokens(2400, 84, 6500, 1400));
  }

  @Test
  void pi_tellsItsCost() {
    assertThat(fed("pi/hello.jsonl").usage().cost())
        .isEqualTo(new Cost.Reported(new Money(15_660)));
  }

  @Test
  void copilot_endedWell_withoutAnError() {
    assertThat(stop(fed("copilot/hello.jsonl"), 0)).isEqualTo(new Stop.Ended());
  }

  @ParameterizedTest
  @CsvSource({
    "codex/failed-httpConnectionFailed-401.txt, 0, Refused",
    "codex/failed-responseTooManyFailedAttempts-429.txt, 0, RateLimited",
    "codex/failed-internalServerError.txt, 0, ProviderDown",
    "codex/failed-contextWindowExceeded.txt, 0, ContextFull",
    "pi/err-t-401.jsonl, 0, Refused",
    "pi/err-t-429.jsonl, 0, RateLimited",
    "pi/err-t-500.jsonl, 0, ProviderDown",
    "pi/err-refused.jsonl, 0, ProviderDown",
    "pi/err-t-overflow.jsonl, 0, ContextFull",
    "pi/err-t-maxtok.jsonl, 0, Crashed",
    "gemini/err-t-401.jsonl, 145, Refused",
    "gemini/err-t-403.jsonl, 147, Refused",
    "gemini/err-t-429.jsonl, 173, RateLimited",
    "gemini/err-t-500.jsonl, 244, ProviderDown",
    "gemini/err-refused.jsonl, 1, ProviderDown",
    "gemini/err-t-overflow.jsonl, 144, ContextFull",
    "gemini/hello.jsonl, 1, Crashed",
    "copilot/err-t-401.jsonl, 1, Refused",
    "copilot/err-t-429.jsonl, 1, RateLimited",
    "copilot/err-t-500.jsonl, 1, ProviderDown",
    "copilot/err-t-reset.jsonl, 1, ProviderDown",
    "copilot/err-t-overflow.jsonl, 1, ContextFull",
    "copilot/sig-native-sigterm-pid-text.jsonl, 0, Crashed",
    "opencode/error-messageabortederror.jsonl, 143, Crashed",
  })
  void failures_areToldApart(String file, int status, String kind) {
    assertThat(stop(fed(file), status).getClass().getSimpleName()).isEqualTo(kind);
  }

  /** A stream that breaks off anywhere never counts as a good end. */
  @ParameterizedTest
  @Tag("F2")
  @CsvSource({
    "codex/hello.txt",
    "pi/hello.jsonl",
    "gemini/hello.jsonl",
    "copilot/hello.jsonl",
    "acp/claude-agent-acp.txt"
  })
  void cutAnywhere_isNoGoodEnd(String file) {
    List<String> lines = sample(file);
    for (int n = 0; n < lines.size() - 1; n++) {
      Protocol protocol = protocol(file.substring(0, file.indexOf('/')));
      lines.subList(0, n).forEach(protocol::line);
      protocol.line(lines.get(n).substring(0, lines.get(n).length() / 2));
      assertThat(stop(protocol, 0)).as(file + " cut at " + n).isInstanceOf(Stop.Crashed.class);
    }
  }

  @ParameterizedTest
  @Tag("F2")
  @Tag("I1")
  @CsvSource({"codex", "pi", "gemini", "copilot", "opencode", "acp"})
  void garbage_decidesNothing(String agent) {
    Protocol protocol = protocol(agent);
    for (String line :
        List.of(
            "",
            "hello",
            "[]",
            "7",
            "{}",
            "{\"type\":7}",
            "{\"type\":\"result\"}",
            "{\"id\":\"x\",\"result\":7}",
            "{\"method\":\"turn/completed\"}",
            "{\"method\":\"session/update\",\"params\":[]}",
            "{\"type\":\"message_end\",\"message\":{\"role\":\"assistant\",\"usage\":\"much\"}}",
            "{\"type\":\"session.idle\",\"properties\":{}}",
            "{\"type\":\"session.error\",\"data\":null}")) {
      protocol.line(line);
    }
    assertThat(stop(protocol, 0)).isNotInstanceOf(Stop.Ended.class);
    assertThat(protocol.usage().tokens().counted()).isZero();
  }

  @Test
  @Tag("F18")
  void proseInsteadOfAProtocol_saysWhatToDo() {
    Protocol protocol = protocol("codex");
    protocol.line("Welcome to the new agent! Please log in.");
    assertThat(stop(protocol, 0))
        .isEqualTo(
            new Stop.Crashed(
                0,
                "agent did not use the protocol that Longe expects (its output: Welcome to the new"
                    + " agent! Please log in.); «longe doctor» shows the installed version, 1.0 is"
                    + " the tested version"));
  }

  @Test
  @Tag("F18")
  void silenceWithoutCredentials_isARefusal() {
    Protocol protocol = protocol("gemini");
    protocol.errorLine("Please set an Auth method");
    assertThat(protocol.stop(exit(41), false, PROGRAM, Login.no("log in once")))
        .isEqualTo(
            new Stop.Refused(
                "no credentials for agent were found: log in once (its output: Please set an Auth"
                    + " method)"));
  }

  @Test
  @Tag("F19")
  void anotherVersionOfTheProtocol_isSaid() {
    Protocol protocol = protocol("acp");
    protocol.line("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":2}}");
    assertThat(stop(protocol, 0).shown())
        .contains("version 2 of the Agent Client Protocol")
        .contains("Longe uses version 1");
  }
}

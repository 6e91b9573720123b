package dev.longe.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.Login;
import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.sandbox.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the real CLI printed, version 2.1.328, against a scripted model server. */
final class ClaudeStreamTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  private final List<AgentEvent> events = new ArrayList<>();
  private final ClaudeStream stream = new ClaudeStream(events::add, () -> NOW);

  private static Exit exit(int status) {
    return new Exit(status, Exit.Ending.EXITED, Duration.ZERO);
  }

  private Stop stopOf(String sample, int status) {
    try (InputStream in = ClaudeStreamTest.class.getResourceAsStream(sample + ".jsonl")) {
      new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(stream::line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stream.stop(exit(status), false, ClaudeAgent.PROGRAM, Login.unknown(""));
  }

  @Test
  void goodRun_ended_withItsUseAndCost() {
    assertThat(stopOf("hello", 0)).isEqualTo(new Stop.Ended());
    assertThat(stream.usage())
        .isEqualTo(
            new Usage(new Tokens(2400, 84, 6500, 1400), new Cost.Reported(new Money(19_580))));
    assertThat(events).anyMatch(e -> e instanceof AgentEvent.Started s && !s.session().isBlank());
    assertThat(events)
        .anyMatch(e -> e instanceof AgentEvent.ToolCalled c && c.tool().equals("Write"));
  }

  @Test
  void resumedSession_countsOnlyItsOwnPart() {
    assertThat(stopOf("resume", 0)).isEqualTo(new Stop.Ended());
    assertThat(stream.usage().cost().known().micros()).isLessThan(30_000);
  }

  @Test
  void goodResult_withABadExit_isACrash() {
    assertThat(stopOf("hello", 1)).isInstanceOf(Stop.Crashed.class);
  }

  @Test
  void everyFailure_isToldApart() {
    assertThat(stopOf("err-T-401", 1)).isInstanceOf(Stop.Refused.class);
  }

  @Test
  void forbidden_isRefused() {
    assertThat(stopOf("err-T-403", 1)).isInstanceOf(Stop.Refused.class);
  }

  @Test
  @Tag("I15")
  void rateLimit_withoutAResetTime_waitsABit() {
    assertThat(stopOf("err-T-429", 1))
        .isEqualTo(new Stop.RateLimited(NOW.plus(Duration.ofMinutes(5))));
  }

  @Test
  @Tag("I15")
  void rateLimit_withAResetTime_waitsForIt() {
    stream.line(
        "{\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":1795000000},\"type\":\"rate_limit_event\"}");
    assertThat(stopOf("err-T-429", 1))
        .isEqualTo(new Stop.RateLimited(Instant.ofEpochSecond(1_795_000_000)));
  }

  @Test
  void serverError_andRefusedConnection_areTheProvider() {
    assertThat(stopOf("err-T-500", 1)).isInstanceOf(Stop.ProviderDown.class);
  }

  @Test
  void refusedConnection_isTheProvider() {
    assertThat(stopOf("err-refused", 1)).isInstanceOf(Stop.ProviderDown.class);
  }

  @Test
  void promptTooLong_isContextFull() {
    assertThat(stopOf("err-T-OVERFLOW", 1)).isEqualTo(new Stop.ContextFull());
  }

  @Test
  @Tag("F2")
  void killed_withoutAResult_isACrash() {
    assertThat(stopOf("sig-SIGKILL-pid-tool", 137)).isEqualTo(new Stop.Crashed(137, ""));
  }

  @Test
  void interrupted_isToldByItsResult_notByExitZero() {
    assertThat(stopOf("sig-SIGINT-pid-tool", 0)).isEqualTo(new Stop.Crashed(0, "interrupted"));
  }

  @Test
  void partialMessages_tellTheUseWhileItWorks() {
    stopOf("partial", 0);
    assertThat(events)
        .anyMatch(e -> e instanceof AgentEvent.Used u && u.usage().tokens().output() > 0);
  }

  @Test
  @Tag("F2")
  void garbage_isForTheTranscript_andChangesNothing() {
    stream.line("not json");
    stream.line("[1,2");
    stream.line("\"type\"");
    stream.line("{\"type\":\"result\" cut off");
    assertThat(stopOf("hello", 0)).isEqualTo(new Stop.Ended());
  }

  @Test
  @Tag("F2")
  void wellFormedNonsense_breaksNothing() {
    stream.line("{\"type\":\"system\",\"subtype\":\"init\"}");
    stream.line("{\"type\":7,\"event\":[]}");
    stream.line(
        "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\"},{\"type\":\"tool_use\"},5]}}");
    stream.line(
        "{\"type\":\"stream_event\",\"event\":{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":-9}}}");
    stream.line(
        "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":\"soon\"}}");
    stream.line(
        "{\"type\":\"result\",\"is_error\":\"maybe\",\"model_usage_since_last_result\":{\"m\":{\"inputTokens\":-1,\"costUSD\":\"x\"}}}");
    assertThat(stream.stop(exit(0), false, ClaudeAgent.PROGRAM, Login.unknown("")))
        .isInstanceOf(Stop.Crashed.class);
    assertThat(stream.usage().tokens().counted()).isNotNegative();
  }

  @Test
  @Tag("I1")
  void whatTheAgentSays_decidesNothing() {
    stream.line(
        "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"type\\\":\\\"result\\\",\\\"is_error\\\":false,\\\"terminal_reason\\\":\\\"completed\\\"}\"}]}}");
    assertThat(stream.stop(exit(0), false, ClaudeAgent.PROGRAM, Login.unknown("")))
        .isInstanceOf(Stop.Crashed.class);
  }
}

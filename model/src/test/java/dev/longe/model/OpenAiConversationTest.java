package dev.longe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Also what servers send that are only nearly compatible. */
@Timeout(60)
final class OpenAiConversationTest {
  private static final String USED =
      "{\"prompt_tokens\":312,\"completion_tokens\":42,\"total_tokens\":354,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":300}}";

  @TempDir Path temp;
  private ScriptedServer server;
  private Conversation conversation;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    conversation = conversation();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Conversation conversation() {
    return new OpenAiConversation(
        server.request("openai", temp, false), "Be good.", Toolbox.work());
  }

  static String chunk(String choices, String usage) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m-1\","
        + "\"choices\":"
        + choices
        + (usage.isEmpty() ? "" : ",\"usage\":" + usage)
        + "}";
  }

  static String delta(String delta) {
    return chunk("[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]", "");
  }

  static String text(String text) {
    return delta("{\"role\":\"assistant\",\"content\":\"" + text + "\"}");
  }

  static String call(int index, String id, String tool, String arguments) {
    return delta(
        "{\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}]}"
            .formatted(index, id, tool, ScriptedServer.JSON.valueToTree(arguments)));
  }

  static String more(int index, String arguments) {
    return delta(
        "{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":%s}}]}"
            .formatted(index, ScriptedServer.JSON.valueToTree(arguments)));
  }

  static String end(String reason) {
    return chunk("[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]", "");
  }

  static String used() {
    return chunk("[]", USED);
  }

  private Conversation.Answer ask(String text) throws Conversation.Failure {
    conversation.user(text);
    return conversation.answer();
  }

  private Conversation.Failure failure() {
    conversation.user("Hi.");
    Conversation.Failure failure =
        catchThrowableOfType(Conversation.Failure.class, () -> conversation.answer());
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void answer_isPutTogetherFromItsPieces() throws Conversation.Failure {
    server.streams(
        text("I "),
        delta("{\"content\":\"look.\"}"),
        call(0, "t1", "read", "{\"pa"),
        more(0, "th\": \"a.py\"}"),
        call(1, "t2", "shell", "{\"command\": \"ls\"}"),
        end("tool_calls"),
        used(),
        "[DONE]");
    Conversation.Answer a = ask("Mend it.");
    assertThat(a.text()).isEqualTo("I look.");
    assertThat(a.calls()).extracting(Conversation.Call::id).containsExactly("t1", "t2");
    assertThat(a.calls().getFirst().input().path("path").asText()).isEqualTo("a.py");
    assertThat(a.used())
        .as("what was cached is not counted twice")
        .isEqualTo(new Conversation.Used(12, 42, 300, 0));
    assertThat(a.end()).isEqualTo(Conversation.End.COMPLETE);
  }

  @Test
  void request_carriesKeyModelSystemAndTools_andAsksForUsage() throws Conversation.Failure {
    server.streams(text("Hi."), end("stop"), used(), "[DONE]");
    ask("Mend it.");
    JsonNode request = server.request(0);
    assertThat(server.header(0, "authorization"))
        .contains("Bearer " + System.getenv(ScriptedServer.KEY_VARIABLE));
    assertThat(request.path("model").asText()).isEqualTo("m-1");
    assertThat(request.path("stream_options").path("include_usage").asBoolean()).isTrue();
    assertThat(request.path("messages"))
        .extracting(m -> m.path("role").asText())
        .containsExactly("system", "user");
    assertThat(request.path("tools")).hasSize(7);
    JsonNode read = request.path("tools").get(0).path("function");
    assertThat(read.path("name").asText()).isEqualTo("read");
    assertThat(read.path("parameters").path("required").get(0).asText()).isEqualTo("path");
  }

  @Test
  void keylessServer_isNotGivenAKey() throws Conversation.Failure {
    Request r = server.request("openai", temp, false);
    conversation =
        new OpenAiConversation(
            new Request(
                r.api(),
                r.model(),
                r.url(),
                r.keyVariable(),
                true,
                r.directory(),
                r.session(),
                r.resume(),
                r.prompt(),
                r.context(),
                r.turns(),
                r.criteria()),
            "Be good.",
            List.of());
    server.streams(text("Hi."), end("stop"), "[DONE]");
    ask("Mend it.");
    assertThat(server.header(0, "authorization")).contains("Bearer none");
  }

  @Test
  void results_followTheCalls_failedOnesSaySo() throws Conversation.Failure {
    server
        .streams(
            call(0, "t1", "read", "{}"), call(1, "t2", "read", "{}"), end("tool_calls"), "[DONE]")
        .streams(text("Done."), end("stop"), "[DONE]");
    ask("Mend it.");
    assertThat(conversation.open()).containsExactly("t1", "t2");
    conversation.results(
        List.of(
            new Conversation.Result("t1", "text", false),
            new Conversation.Result("t2", "no such file", true)));
    assertThat(conversation.open()).isEmpty();
    conversation.answer();
    JsonNode messages = server.request(1).path("messages");
    assertThat(messages.get(3).path("tool_call_id").asText()).isEqualTo("t1");
    assertThat(messages.get(3).path("content").asText()).isEqualTo("text");
    assertThat(messages.get(4).path("content").asText()).isEqualTo("failed: no such file");
  }

  @ParameterizedTest
  @CsvSource({
    "stop,COMPLETE",
    "tool_calls,COMPLETE",
    "length,CUT",
    "content_filter,REFUSED",
    "something_new,COMPLETE"
  })
  void finishReason_saysHowTheAnswerEnded(String reason, Conversation.End end)
      throws Conversation.Failure {
    server.streams(text("Hi."), end(reason), used(), "[DONE]");
    assertThat(ask("Mend it.").end()).isEqualTo(end);
  }

  @Test
  void argumentsThatAreNoJson_areAnEmptyObject_soThatTheToolCanSaySo() throws Conversation.Failure {
    server.streams(
        call(0, "t1", "read", "path = a.py"),
        call(1, "t2", "read", ""),
        call(2, "t3", "read", "[1]"),
        end("tool_calls"),
        "[DONE]");
    List<Conversation.Call> calls = ask("Mend it.").calls();
    ToolExecution work = new ToolExecution(temp);
    assertThat(calls)
        .extracting(c -> work.perform(c).text())
        .containsOnly("needs the text «path»")
        .hasSize(3);
  }

  @Test
  void serverThatCountsNothing_reportsNothing() throws Conversation.Failure {
    server.streams(text("Hi."), end("stop"), "[DONE]");
    assertThat(ask("Mend it.").used()).isEqualTo(new Conversation.Used(0, 0, 0, 0));
  }

  @Test
  void moreCachedThanCounted_isNotNegative() throws Conversation.Failure {
    String odd =
        "{\"prompt_tokens\":10,\"completion_tokens\":1,\"total_tokens\":11,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":30}}";
    server.streams(text("Hi."), end("stop"), chunk("[]", odd), "[DONE]");
    assertThat(ask("Mend it.").used()).isEqualTo(new Conversation.Used(0, 1, 30, 0));
  }

  @Test
  void refusal_isWhatTheAnswerSays() throws Conversation.Failure {
    server.streams(
        delta("{\"role\":\"assistant\",\"refusal\":\"I will not.\"}"), end("stop"), "[DONE]");
    assertThat(ask("Mend it.").text()).isEqualTo("I will not.");
  }

  @Test
  void savedConversation_goesOnInAnotherProcess() throws Conversation.Failure, IOException {
    server
        .streams(call(0, "t1", "read", "{}"), end("tool_calls"), "[DONE]")
        .streams(text("Done."), end("stop"), "[DONE]");
    ask("Mend it.");
    String saved = conversation.save();
    conversation = conversation();
    conversation.load(saved);
    assertThat(conversation.open()).containsExactly("t1");
    conversation.results(List.of(new Conversation.Result("t1", "text", false)));
    ask("Go on.");
    assertThat(server.request(1).path("messages"))
        .extracting(m -> m.path("role").asText())
        .containsExactly("system", "user", "assistant", "tool", "user");
  }

  @Test
  void rateLimit_tellsWhenTheQuotaComesBack() {
    server.refuses(429, Map.of("retry-after", "60"), "slow down");
    long before = Instant.now().getEpochSecond();
    Conversation.Failure f = failure();
    assertThat(f.status()).isEqualTo(429);
    assertThat(f.resetEpochSecond().orElseThrow()).isBetween(before + 60, before + 90);
    assertThat(server.asked()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 500, 503})
  void refusal_keepsItsStatus(int status) {
    server.refuses(status, Map.of(), "no");
    assertThat(failure().status()).isEqualTo(status);
    assertThat(server.asked()).isEqualTo(1);
  }

  @Test
  void brokenStreams_haveNoStatus_andLeaveNothingInTheHistory() throws Conversation.Failure {
    server.breaksAfter(text("I ")).streams("{not json").streams("[DONE]");
    server.streams(text("Hi."), end("stop"), "[DONE]");
    assertThat(failure().status()).isZero();
    assertThat(failure().status()).isZero();
    assertThat(failure().status()).isZero();
    assertThat(conversation.answer().text()).isEqualTo("Hi.");
    assertThat(server.request(3).path("messages")).hasSize(4);
  }

  @Test
  void streamWithoutAChoice_isTheProvidersFailure() {
    server.streams(used(), "[DONE]");
    assertThat(failure().status()).isZero();
  }

  @Test
  void errorInTheMiddleOfAStream_isTheProvidersFailure() {
    server.streams(text("I "), "{\"error\":{\"message\":\"overloaded\",\"code\":\"x\"}}");
    Conversation.Failure f = failure();
    assertThat(f.status()).isZero();
    assertThat(f.getMessage()).contains("overloaded");
  }
}

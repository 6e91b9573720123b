package dev.longe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class AnthropicConversationTest {
  private static final String TEXT = "{\"type\":\"text\",\"text\":\"\"}";

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
    return new AnthropicConversation(
        server.request("anthropic", temp, false), "Be good.", Toolbox.work());
  }

  static String begin() {
    return "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":"
        + "\"assistant\",\"model\":\"m-1\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":"
        + "null,\"usage\":{\"input_tokens\":12,\"cache_read_input_tokens\":300,"
        + "\"cache_creation_input_tokens\":70,\"output_tokens\":1}}}";
  }

  static List<String> block(int index, String start, String kind, String... pieces) {
    List<String> all = new ArrayList<>();
    all.add(
        "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
            .formatted(index, start));
    for (String piece : pieces) {
      String key = kind.equals("text_delta") ? "text" : "partial_json";
      all.add(
          "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{\"type\":\"%s\",\"%s\":%s}}"
              .formatted(index, kind, key, ScriptedServer.JSON.valueToTree(piece)));
    }
    all.add("{\"type\":\"content_block_stop\",\"index\":" + index + "}");
    return all;
  }

  static List<String> text(int index, String... pieces) {
    return block(index, TEXT, "text_delta", pieces);
  }

  static List<String> call(int index, String id, String tool, String... pieces) {
    String start =
        "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}".formatted(id, tool);
    return block(index, start, "input_json_delta", pieces);
  }

  static List<String> end(String reason) {
    return List.of(
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":42}}"
            .formatted(reason),
        "{\"type\":\"message_stop\"}");
  }

  @SafeVarargs
  static String[] answer(String reason, List<String>... blocks) {
    List<String> all = new ArrayList<>(List.of(begin()));
    for (List<String> block : blocks) {
      all.addAll(block);
    }
    all.addAll(end(reason));
    return all.toArray(String[]::new);
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
        answer(
            "tool_use",
            text(0, "I ", "look."),
            call(1, "t1", "read", "{\"pa", "th\": \"a.py\"}"),
            call(2, "t2", "shell", "{\"command\": \"ls\"}")));
    Conversation.Answer a = ask("Mend it.");
    assertThat(a.text()).isEqualTo("I look.");
    assertThat(a.calls()).extracting(Conversation.Call::id).containsExactly("t1", "t2");
    assertThat(a.calls().getFirst().tool()).isEqualTo("read");
    assertThat(a.calls().getFirst().input().path("path").asText()).isEqualTo("a.py");
    assertThat(a.used()).isEqualTo(new Conversation.Used(12, 42, 300, 70));
    assertThat(a.end()).isEqualTo(Conversation.End.COMPLETE);
  }

  @Test
  void request_carriesKeyModelSystemToolsAndTheMarkForTheCache() throws Conversation.Failure {
    server.streams(answer("end_turn", text(0, "Hi.")));
    ask("Mend it.");
    JsonNode request = server.request(0);
    assertThat(server.header(0, "x-api-key").or(() -> server.header(0, "authorization")))
        .hasValueSatisfying(
            h -> assertThat(h).endsWith(System.getenv(ScriptedServer.KEY_VARIABLE)));
    assertThat(request.path("model").asText()).isEqualTo("m-1");
    assertThat(request.path("system").asText()).isEqualTo("Be good.");
    assertThat(request.path("stream").asBoolean()).isTrue();
    assertThat(request.path("cache_control").path("type").asText()).isEqualTo("ephemeral");
    assertThat(request.path("tools")).hasSize(7);
    JsonNode read = request.path("tools").get(0);
    assertThat(read.path("input_schema").path("required").get(0).asText()).isEqualTo("path");
    assertThat(read.path("input_schema").path("properties").has("from")).isTrue();
  }

  @Test
  void historyGrows_withTheResultsOfEachCall() throws Conversation.Failure {
    server
        .streams(answer("tool_use", call(0, "t1", "read", "{\"path\": \"a\"}")))
        .streams(answer("end_turn", text(0, "Done.")));
    ask("Mend it.");
    assertThat(conversation.open()).containsExactly("t1");
    conversation.results(List.of(new Conversation.Result("t1", "no such file", true)));
    assertThat(conversation.open()).isEmpty();
    conversation.answer();
    JsonNode messages = server.request(1).path("messages");
    assertThat(messages)
        .extracting(m -> m.path("role").asText())
        .containsExactly("user", "assistant", "user");
    JsonNode result = messages.get(2).path("content").get(0);
    assertThat(result.path("tool_use_id").asText()).isEqualTo("t1");
    assertThat(result.path("is_error").asBoolean()).isTrue();
    assertThat(messages.get(1).path("content").get(0).path("input").path("path").asText())
        .isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn,COMPLETE",
    "tool_use,COMPLETE",
    "max_tokens,CUT",
    "refusal,REFUSED",
    "model_context_window_exceeded,FULL",
    "something_new,COMPLETE"
  })
  void stopReason_saysHowTheAnswerEnded(String reason, Conversation.End end)
      throws Conversation.Failure {
    server.streams(answer(reason, text(0, "Hi.")));
    assertThat(ask("Mend it.").end()).isEqualTo(end);
  }

  @Test
  void callThatIsCutOff_isACutAnswer_notAProviderThatFails() throws Conversation.Failure {
    server.streams(
        answer(
            "max_tokens", text(0, "Hi."), call(1, "t1", "write", "{\"path\": \"a.py\", \"cont")));
    Conversation.Answer a = ask("Mend it.");
    assertThat(a.end()).isEqualTo(Conversation.End.CUT);
    assertThat(a.calls()).hasSize(1);
    assertThat(a.calls().getFirst().input().path("content").isTextual()).isFalse();
  }

  @Test
  void savedConversation_goesOnInAnotherProcess() throws Conversation.Failure, IOException {
    server
        .streams(answer("tool_use", text(0, "I look."), call(1, "t1", "read", "{}")))
        .streams(answer("end_turn", text(0, "Done.")));
    ask("Mend it.");
    String saved = conversation.save();
    conversation = conversation();
    conversation.load(saved);
    assertThat(conversation.open()).containsExactly("t1");
    conversation.results(List.of(new Conversation.Result("t1", "text", false)));
    ask("Go on.");
    JsonNode messages = server.request(1).path("messages");
    assertThat(messages).hasSize(4);
    assertThat(messages.get(0).path("content").asText()).isEqualTo("Mend it.");
    assertThat(messages.get(1).path("content").get(1).path("id").asText()).isEqualTo("t1");
  }

  @Test
  void rateLimit_tellsWhenTheQuotaComesBack() {
    server.refuses(429, Map.of("retry-after", "60"), "slow down");
    long before = Instant.now().getEpochSecond();
    Conversation.Failure f = failure();
    assertThat(f.status()).isEqualTo(429);
    assertThat(f.getMessage()).contains("slow down");
    assertThat(f.resetEpochSecond().orElseThrow()).isBetween(before + 60, before + 90);
    assertThat(server.asked()).as("the harness waits, not the SDK").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 500, 529})
  void refusal_keepsItsStatus(int status) {
    server.refuses(status, Map.of(), "no");
    assertThat(failure().status()).isEqualTo(status);
    assertThat(server.asked()).isEqualTo(1);
  }

  @Test
  void failedAnswer_leavesNothingInTheHistory() throws Conversation.Failure {
    server.refuses(500, Map.of(), "no").streams(answer("end_turn", text(0, "Hi.")));
    assertThat(failure().status()).isEqualTo(500);
    assertThat(conversation.answer().text()).isEqualTo("Hi.");
    assertThat(server.request(1).path("messages")).hasSize(1);
  }

  @Test
  void overloadInTheMiddleOfAStream_isTheProvidersFailure_thatMayPass() {
    server.streams(
        begin(),
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");
    Conversation.Failure f = failure();
    assertThat(f.status()).isZero();
    assertThat(f.getMessage()).contains("Overloaded");
  }

  @Test
  void brokenStreams_andNobodyThere_haveNoStatus() {
    server.breaksAfter(begin()).streams("{not json").streams();
    assertThat(failure().status()).isZero();
    assertThat(failure().status()).isZero();
    assertThat(failure().status()).isZero();
    String url = server.url();
    server.close();
    conversation =
        new AnthropicConversation(
            ScriptedServer.request("anthropic", Optional.of(url), temp, false),
            "Be good.",
            Toolbox.work());
    Conversation.Failure gone = failure();
    assertThat(gone.status()).isZero();
    assertThat(gone.getMessage()).doesNotContain("\n").isNotBlank();
    assertThat(gone.resetEpochSecond()).isEmpty();
  }
}

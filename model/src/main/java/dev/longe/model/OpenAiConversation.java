package dev.longe.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionSystemMessageParam;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.ChatCompletionUserMessageParam;
import com.openai.models.completions.CompletionUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conversation over OpenAI's Chat Completions API, which compatible servers support. */
final class OpenAiConversation implements Conversation {
  private final OpenAIClient client;
  private final String model;
  private final String system;
  private final List<Toolbox.Tool> tools;
  private List<ChatCompletionMessageParam> history = new ArrayList<>();

  OpenAiConversation(Request request, String system, List<Toolbox.Tool> tools) {
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder()
            .apiKey(request.keyless() ? "none" : request.key())
            .maxRetries(0) // the client would sleep as long as a quota says
            .timeout(Main.TIMEOUT);
    request.url().ifPresent(builder::baseUrl);
    this.client = builder.build();
    this.model = request.model();
    this.system = system;
    this.tools = tools;
  }

  @Override
  public void user(String text) {
    history.add(
        ChatCompletionMessageParam.ofUser(
            ChatCompletionUserMessageParam.builder().content(text).build()));
  }

  @Override
  public void results(List<Result> results) {
    for (Result r : results) {
      history.add(
          ChatCompletionMessageParam.ofTool(
              ChatCompletionToolMessageParam.builder()
                  .toolCallId(r.id())
                  .content(r.failed() ? "failed: " + r.text() : r.text())
                  .build()));
    }
  }

  @Override
  public List<String> open() {
    return history.isEmpty()
        ? List.of()
        : history.getLast().assistant().flatMap(a -> a.toolCalls()).orElse(List.of()).stream()
            .flatMap(c -> c.function().stream())
            .map(ChatCompletionMessageFunctionToolCall::id)
            .toList();
  }

  private ChatCompletionCreateParams params() {
    ChatCompletionCreateParams.Builder builder =
        ChatCompletionCreateParams.builder()
            .model(model)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .addMessage(
                ChatCompletionMessageParam.ofSystem(
                    ChatCompletionSystemMessageParam.builder().content(system).build()));
    history.forEach(builder::addMessage);
    for (Toolbox.Tool t : tools) {
      FunctionParameters.Builder parameters = FunctionParameters.builder();
      t.schema().forEach((k, v) -> parameters.putAdditionalProperty(k, JsonValue.from(v)));
      builder.addTool(
          ChatCompletionFunctionTool.builder()
              .function(
                  FunctionDefinition.builder()
                      .name(t.name())
                      .description(t.does())
                      .parameters(parameters.build())
                      .build())
              .build());
    }
    return builder.build();
  }

  @Override
  public Answer answer() throws Failure {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params())) {
      stream.stream().forEach(whole::accumulate);
      return read(whole.chatCompletion());
    } catch (OpenAIServiceException e) {
      throw Failure.told(e.statusCode(), Resets.of(name -> e.headers().values(name)), e);
    } catch (OpenAIException | IllegalStateException e) {
      throw new Failure(0, Main.oneLine(e), Optional.empty(), e);
    }
  }

  private Answer read(ChatCompletion completion) {
    ChatCompletion.Choice choice = completion.choices().getFirst();
    history.add(ChatCompletionMessageParam.ofAssistant(choice.message().toParam()));
    List<Call> calls = new ArrayList<>();
    for (ChatCompletionMessageToolCall c : choice.message().toolCalls().orElse(List.of())) {
      if (c.function().isPresent()) {
        calls.add(call(c.function().get()));
      }
    }
    String text = choice.message().content().or(choice.message()::refusal).orElse("");
    return new Answer(text, calls, used(completion.usage()), end(choice));
  }

  /** A tool call; if a small model writes arguments that are not JSON, the tool reports that. */
  private static Call call(ChatCompletionMessageFunctionToolCall c) {
    try {
      JsonNode input = ObjectMappers.jsonMapper().readTree(c.function().arguments());
      return new Call(c.id(), c.function().name(), input);
    } catch (JsonProcessingException e) {
      return new Call(c.id(), c.function().name(), ObjectMappers.jsonMapper().createObjectNode());
    }
  }

  /** Input tokens include those that were read from the cache; some servers report no usage. */
  private static Used used(Optional<CompletionUsage> usage) {
    long input = usage.map(CompletionUsage::promptTokens).orElse(0L);
    long cached =
        usage
            .flatMap(CompletionUsage::promptTokensDetails)
            .flatMap(CompletionUsage.PromptTokensDetails::cachedTokens)
            .orElse(0L);
    return new Used(
        Math.max(0, input - cached),
        usage.map(CompletionUsage::completionTokens).orElse(0L),
        cached,
        0);
  }

  private static End end(ChatCompletion.Choice choice) {
    ChatCompletion.Choice.FinishReason reason = choice.finishReason();
    if (reason.equals(ChatCompletion.Choice.FinishReason.LENGTH)) {
      return End.CUT;
    }
    return reason.equals(ChatCompletion.Choice.FinishReason.CONTENT_FILTER)
        ? End.REFUSED
        : End.COMPLETE;
  }

  @Override
  public String save() throws IOException {
    return ObjectMappers.jsonMapper().writeValueAsString(history);
  }

  @Override
  public void load(String json) throws IOException {
    history =
        new ArrayList<>(
            ObjectMappers.jsonMapper()
                .readValue(json, new TypeReference<List<ChatCompletionMessageParam>>() {}));
  }
}

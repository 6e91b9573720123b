package dev.longe.model;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.ObjectMappers;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlock;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.Usage;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A conversation over Anthropic's Messages API. */
final class AnthropicConversation implements Conversation {
  private static final long OUTPUT_TOKENS_MAX = 16_000;

  private final AnthropicClient client;
  private final String model;
  private final String system;
  private final List<Toolbox.Tool> tools;
  private List<MessageParam> history = new ArrayList<>();

  AnthropicConversation(Request request, String system, List<Toolbox.Tool> tools) {
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder()
            .apiKey(request.key())
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
    history.add(MessageParam.ofUser(text));
  }

  @Override
  public void results(List<Result> results) {
    List<ContentBlockParam> blocks =
        results.stream()
            .map(r ->
                ContentBlockParam.ofToolResult(
                    ToolResultBlockParam.builder()
                        .toolUseId(r.id())
                        .content(r.text())
                        .isError(r.failed())
                        .build()))
            .toList();
    history.add(MessageParam.ofUserOfContentBlockParams(blocks));
  }

  @Override
  public List<String> open() {
    return history.isEmpty()
        ? List.of()
        : history.getLast().content().contentBlockParams().orElse(List.of()).stream()
            .flatMap(b -> b.toolUse().stream())
            .map(t -> t.id())
            .toList();
  }

  private MessageCreateParams params() {
    MessageCreateParams.Builder builder =
        MessageCreateParams.builder()
            .model(model)
            .maxTokens(OUTPUT_TOKENS_MAX)
            .system(system)
            .cacheControl(CacheControlEphemeral.builder().build())
            .messages(history);
    for (Toolbox.Tool t : tools) {
      builder.addTool(
          Tool.builder()
              .name(t.name())
              .description(t.does())
              .inputSchema(
                  ObjectMappers.jsonMapper().convertValue(t.schema(), Tool.InputSchema.class))
              .build());
    }
    return builder.build();
  }

  @Override
  public Answer answer() throws Failure {
    MessageAccumulator whole = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(params())) {
      stream.stream().forEach(whole::accumulate);
      return read(whole.message());
    } catch (AnthropicServiceException e) {
      throw Failure.told(e.statusCode(), Resets.of(name -> e.headers().values(name)), e);
    } catch (AnthropicException | IllegalStateException e) {
      throw new Failure(0, Main.oneLine(e), Optional.empty(), e);
    }
  }

  private Answer read(Message message) {
    history.add(message.toParam());
    String text =
        message.content().stream()
            .flatMap(b -> b.text().stream())
            .map(TextBlock::text)
            .collect(Collectors.joining("\n"));
    List<Call> calls =
        message.content().stream()
            .map(ContentBlock::toolUse)
            .flatMap(Optional::stream)
            .map(AnthropicConversation::call)
            .toList();
    return new Answer(text, calls, used(message.usage()), end(message.stopReason()));
  }

  private static Call call(ToolUseBlock block) {
    return new Call(
        block.id(), block.name(), ObjectMappers.jsonMapper().valueToTree(block._input()));
  }

  private static Used used(Usage u) {
    return new Used(
        u.inputTokens(),
        u.outputTokens(),
        u.cacheReadInputTokens().orElse(0L),
        u.cacheCreationInputTokens().orElse(0L));
  }

  private static End end(Optional<StopReason> reason) {
    if (reason.isEmpty()) {
      return End.CUT;
    }
    StopReason r = reason.get();
    if (r.equals(StopReason.MODEL_CONTEXT_WINDOW_EXCEEDED)) {
      return End.FULL;
    }
    if (r.equals(StopReason.REFUSAL)) {
      return End.REFUSED;
    }
    return r.equals(StopReason.MAX_TOKENS) ? End.CUT : End.COMPLETE;
  }

  @Override
  public String save() throws IOException {
    return ObjectMappers.jsonMapper().writeValueAsString(history);
  }

  @Override
  public void load(String json) throws IOException {
    history =
        new ArrayList<>(
            ObjectMappers.jsonMapper().readValue(json, new TypeReference<List<MessageParam>>() {}));
  }
}

package dev.longe.agent.copilot;

import dev.longe.agent.Json;
import dev.longe.agent.SessionCopies;
import dev.longe.core.Fault;
import dev.longe.core.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a session used: told nowhere but in its own event file. */
public record CopilotUsage(Path session) {
  /** Of all its attempts so far; nothing while there is no file. */
  Tokens total() {
    Path file = session.resolve("events.jsonl");
    if (!SessionCopies.regular(file)) {
      return Tokens.ZERO;
    }
    Tokens sum = Tokens.ZERO;
    for (String line : lines(file)) {
      sum = Json.object(line).map(CopilotUsage::of).map(sum::plus).orElse(sum);
    }
    return sum;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new Fault("Copilot's session file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Input tokens include those that were read from the cache. */
  private static Tokens of(JsonNode event) {
    if (!Json.text(event, "type").equals("session.usage_record")) {
      return Tokens.ZERO;
    }
    JsonNode usage = event.path("data").path("usage");
    long read = Json.count(usage, "cacheReadTokens");
    long written = Json.count(usage, "cacheWriteTokens");
    return new Tokens(
        Math.max(0, Json.count(usage, "inputTokens") - read - written),
        Json.count(usage, "outputTokens"),
        read,
        written);
  }
}

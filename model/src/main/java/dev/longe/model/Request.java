package dev.longe.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The harness's request.
 *
 * @param api {@code anthropic} or {@code openai}
 * @param url empty for the provider's own
 * @param keyVariable the variable that holds the key
 * @param keyless whether the endpoint needs no key
 * @param session the file that holds the conversation
 * @param resume whether to continue the conversation in that file
 * @param context the context size of the model, in tokens
 * @param turns the maximum number of answers of the model
 * @param criteria how many criteria a judge answers; 0 for work
 */
record Request(
    String api,
    String model,
    Optional<String> url,
    String keyVariable,
    boolean keyless,
    Path directory,
    Path session,
    boolean resume,
    String prompt,
    long context,
    int turns,
    int criteria) {

  static Request of(JsonNode n) {
    return new Request(
        n.required("api").asText(),
        n.required("model").asText(),
        Optional.of(n.required("url").asText()).filter(u -> !u.isEmpty()),
        n.required("key").asText(),
        n.required("keyless").asBoolean(),
        Path.of(n.required("directory").asText()),
        Path.of(n.required("session").asText()),
        n.required("resume").asBoolean(),
        n.required("prompt").asText(),
        n.required("context").asLong(),
        n.required("turns").asInt(),
        n.required("criteria").asInt());
  }

  String sessionName() {
    return String.valueOf(session.getFileName()).replaceFirst("\\.json$", "");
  }

  boolean judges() {
    return criteria > 0;
  }

  /** The key; empty if none is needed or none is set. */
  String key() {
    return Optional.ofNullable(System.getenv(keyVariable)).orElse("");
  }
}

package dev.longe.agent;

import dev.longe.core.Text;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lenient reading of JSON that another program printed. */
public final class Json {
  public static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final int DETAIL_CHARS = 300;

  private Json() {}

  /** Parses a JSON object; empty for any other text. */
  public static Optional<JsonNode> object(String line) {
    try {
      return Optional.of(MAPPER.readTree(line)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  public static String line(Object value) {
    return MAPPER.writeValueAsString(value) + "\n";
  }

  /** The text of a field; empty if the field is missing. */
  public static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /** A count from another program's output; never negative. */
  public static long count(JsonNode node, String field) {
    return Math.max(0, node.path(field).asLong(0));
  }

  /** The text of a node, shortened to a display length. */
  public static String detail(JsonNode node) {
    return detail(node.isString() ? node.asString() : node.toString());
  }

  public static String detail(String text) {
    return Text.clip(text.strip(), DETAIL_CHARS);
  }
}

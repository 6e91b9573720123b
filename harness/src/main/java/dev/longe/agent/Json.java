package dev.longe.agent;

import dev.longe.core.Text;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reading what another program printed: nothing about its form is certain. */
public final class Json {
  public static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final int DETAIL_CHARS = 300;

  private Json() {}

  /** A whole object; empty for everything else. */
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

  /** The text of a field; the empty text where there is none. */
  public static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /** A number that another program printed: whatever it is, a count is not negative. */
  public static long count(JsonNode node, String field) {
    return Math.max(0, node.path(field).asLong(0));
  }

  /** At most a line's worth of something. */
  public static String detail(JsonNode node) {
    return detail(node.isString() ? node.asString() : node.toString());
  }

  public static String detail(String text) {
    return Text.clip(text.strip(), DETAIL_CHARS);
  }
}

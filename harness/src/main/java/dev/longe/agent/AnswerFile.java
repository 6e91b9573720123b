package dev.longe.agent;

import dev.longe.core.Cost;
import dev.longe.core.Fault;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The structured answer that an agent can leave in the file that the harness names.
 *
 * @param stop a stop that the agent asked for: a question, or that it cannot do the task
 * @param usage the usage that the agent reported
 * @param problem why the file could not be read; empty if it could be read or does not exist
 */
public record AnswerFile(Optional<Stop> stop, Optional<Usage> usage, String problem) {
  private static final long BYTES_MAX = 1 << 20;
  private static final int TEXT_CHARS_MAX = 4_000;
  private static final Set<String> KEYS = Set.of("cannot", "ask", "usage");
  private static final Set<String> USAGE_KEYS =
      Set.of("input", "output", "cacheRead", "cacheWrite", "usd");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  static final AnswerFile NONE = new AnswerFile(Optional.empty(), Optional.empty(), "");

  public static void clear(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Fault("The answer file " + file + " can't be deleted: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the file. Its content is not trusted: a read or parse error becomes the {@code problem}.
   */
  public static AnswerFile read(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return NONE;
    }
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > BYTES_MAX) {
        return unreadable("it is not a file of at most " + BYTES_MAX + " bytes");
      }
      return parse(JSON.readTree(Files.readAllBytes(file)));
    } catch (IOException | JacksonException | IllegalArgumentException | ArithmeticException e) {
      return unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static AnswerFile unreadable(String why) {
    return new AnswerFile(
        Optional.empty(), Optional.empty(), "the answer file can't be read: " + why);
  }

  private static AnswerFile parse(JsonNode node) {
    allow(node, KEYS);
    Optional<Stop> cannot = text(node, "cannot").map(Stop.Cannot::new);
    Optional<Stop> ask = text(node, "ask").map(Stop.Asked::new);
    Optional<Usage> usage = Optional.ofNullable(node.get("usage")).map(AnswerFile::usage);
    return new AnswerFile(cannot.or(() -> ask), usage, "");
  }

  private static void allow(JsonNode node, Set<String> keys) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("not a JSON object");
    }
    for (String key : node.propertyNames()) {
      if (!keys.contains(key)) {
        throw new IllegalArgumentException("unknown key " + key);
      }
    }
  }

  private static Optional<String> text(JsonNode node, String key) {
    return Optional.ofNullable(node.get(key))
        .map(JsonNode::stringValue)
        .filter(t -> !t.isBlank())
        .map(t -> t.length() <= TEXT_CHARS_MAX ? t : t.substring(0, TEXT_CHARS_MAX));
  }

  private static Usage usage(JsonNode node) {
    allow(node, USAGE_KEYS);
    Tokens tokens =
        new Tokens(
            count(node, "input"),
            count(node, "output"),
            count(node, "cacheRead"),
            count(node, "cacheWrite"));
    JsonNode usd = node.get("usd");
    if (usd == null || usd.isNull()) {
      return new Usage(tokens, new Cost.Unknown(Money.ZERO));
    }
    BigDecimal dollars = usd.decimalValue();
    return new Usage(tokens, new Cost.Reported(Money.ofDollars(dollars)));
  }

  private static long count(JsonNode node, String key) {
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? 0 : value.longValue();
  }
}

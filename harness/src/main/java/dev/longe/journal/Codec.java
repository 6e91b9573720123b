package dev.longe.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Verdict;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events to JSON and back. The golden journals hold the form still; a change of it is a new
 * version.
 */
final class Codec {
  /** The version of every event type so far. */
  static final int VERSION = 1;

  private static final Map<String, Class<?>> TYPES =
      Arrays.stream(Event.class.getPermittedSubclasses())
          .collect(Collectors.toMap(Class::getSimpleName, c -> c));

  static String type(Event event) {
    return event.getClass().getSimpleName();
  }

  String write(Event event) {
    return Mapper.JSON.writeValueAsString(event);
  }

  Event read(String type, int version, String body) {
    Class<?> known = TYPES.get(type);
    if (known == null || version != VERSION) {
      throw new IllegalStateException("event " + type + " version " + version + " is not known");
    }
    return (Event) Mapper.JSON.readValue(body, known);
  }

  String text(Object value) {
    return Mapper.JSON.writeValueAsString(value);
  }

  /** Made when the first event is read or written: a list of tasks needs none of it. */
  private static final class Mapper {
    static final JsonMapper JSON =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addMixIn(Verdict.class, ByKind.class)
            .addMixIn(Stop.class, ByKind.class)
            .addMixIn(Command.class, ByKind.class)
            .addMixIn(CheckSpec.class, ByKind.class)
            .addMixIn(Cost.class, ByKind.class)
            .addMixIn(CheckName.class, AsText.class)
            .addMixIn(Commit.class, AsId.class)
            .addMixIn(Money.class, AsMicros.class)
            .build();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  private interface ByKind {}

  private abstract static class AsText {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    AsText(String unusedText) {}

    @JsonValue
    abstract String text();
  }

  private abstract static class AsId {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    AsId(String unusedId) {}

    @JsonValue
    abstract String id();
  }

  private abstract static class AsMicros {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    AsMicros(long unusedMicros) {}

    @JsonValue
    abstract long micros();
  }
}

package dev.longe.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Cost;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Verdict;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Defines the JSON form of the core's values, in the journal and between machines. */
public final class JsonForms {
  private JsonForms() {}

  /** A builder of a mapper for the core's values. */
  public static JsonMapper.Builder builder() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .annotationIntrospector(new Absent())
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .addMixIn(Verdict.class, ByKind.class)
        .addMixIn(Stop.class, ByKind.class)
        .addMixIn(Command.class, ByKind.class)
        .addMixIn(CheckSpec.class, ByKind.class)
        .addMixIn(Cost.class, ByKind.class)
        .addMixIn(CheckName.class, AsText.class)
        .addMixIn(Commit.class, AsId.class)
        .addMixIn(Money.class, AsMicros.class);
  }

  /**
   * A builder of a mapper for messages, which may contain events. Each event has its type in {@code
   * kind} and its version in {@code version}, which is omitted if it is 1.
   */
  public static JsonMapper.Builder messages() {
    return builder()
        .disable(DeserializationFeature.WRAP_EXCEPTIONS)
        .addModule(new WireEvents(Upcasters.ALL).module());
  }

  /** Mix-in for types with several kinds: the JSON object names its kind in {@code kind}. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  public interface ByKind {}

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

package dev.longe.journal;

import dev.longe.core.Event;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
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
    static final JsonMapper JSON = JsonForms.builder().build();
  }
}

package dev.longe.journal;

import dev.longe.core.Event;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts events to JSON and back. Journals of all released versions are readable (I19):
 *
 * <ul>
 *   <li>Each event type has a version of its own; {@link Upcasters} convert older forms into the
 *       present one.
 *   <li>A component that may be empty (an {@code Optional}, a collection, a map), a new constant or
 *       a new kind of a value may be added to an event, or to a value inside it, without a new
 *       version: what is missing in an older journal is read as empty.
 *   <li>Every other change (a component removed, renamed, or of another type or meaning, or a new
 *       one that is never empty) requires a new version with an upcaster.
 *   <li>An unknown property, constant, kind, type or version is refused: a newer Longe wrote it,
 *       and a decision taken without it could differ.
 *   <li>The checks of a constructor never become stricter: an older journal may contain the value.
 *   <li>A value inside an event, including another event, belongs to the version of the outer
 *       event.
 * </ul>
 */
final class Codec {
  private final Upcasters upcasters;

  Codec() {
    this(Upcasters.ALL);
  }

  Codec(Upcasters upcasters) {
    this.upcasters = upcasters;
  }

  /** The version in which an event is written. */
  int version(Event event) {
    return upcasters.present(EventTypes.name(event));
  }

  /** As {@link Upcasters#storedAs}, as a JSON array. */
  String storedAs(Set<String> types) {
    return text(upcasters.storedAs(types));
  }

  String write(Event event) {
    return Mapper.JSON.writeValueAsString(event);
  }

  /**
   * Reads a stored event.
   *
   * @param place the place of the event, as the beginning of a sentence
   * @throws dev.longe.core.Fault if a newer Longe wrote it, or it is damaged
   */
  Event read(String place, String type, int version, String body) {
    try {
      if (upcasters.isPresent(type, version)) {
        return Mapper.JSON.readValue(body, EventTypes.ALL.get(type));
      }
      ObjectNode properties = Mapper.JSON.readValue(body, ObjectNode.class);
      Written newest = upcasters.newest(new Written(type, version, properties));
      if (!upcasters.isPresent(newest.type(), newest.version())) {
        throw UnreadableEvent.newer(place, type, version);
      }
      return Mapper.JSON.treeToValue(newest.properties(), EventTypes.ALL.get(newest.type()));
    } catch (JacksonException e) {
      throw UnreadableEvent.of(place, type, version, e);
    }
  }

  String text(Object value) {
    return Mapper.JSON.writeValueAsString(value);
  }

  /**
   * Holder of the mapper, which is created when the first event is read or written. A list of tasks
   * does not need it.
   */
  private static final class Mapper {
    static final JsonMapper JSON = JsonForms.builder().build();
  }
}

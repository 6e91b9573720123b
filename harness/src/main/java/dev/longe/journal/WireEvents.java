package dev.longe.journal;

import dev.longe.core.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Defines the form of events in messages: as in the journal, with the type in {@code kind} and the
 * version in {@code version}, which is omitted if it is 1. An event inside an event has a kind, but
 * no version.
 */
final class WireEvents {
  private static final String KIND = "kind";
  private static final String VERSION = "version";
  private static final String PLACE = "An event in a message";

  private static final JsonMapper JSON =
      JsonForms.builder().addMixIn(Event.class, JsonForms.ByKind.class).build();

  private final Upcasters upcasters;

  WireEvents(Upcasters upcasters) {
    this.upcasters = upcasters;
  }

  SimpleModule module() {
    SimpleModule module = new SimpleModule("events");
    module.addSerializer(new Writer());
    module.setDeserializers(new Readers());
    return module;
  }

  private final class Writer extends StdSerializer<Event> {
    Writer() {
      super(Event.class);
    }

    @Override
    public void serialize(Event event, JsonGenerator out, SerializationContext context) {
      ObjectNode properties = JSON.valueToTree(event);
      int version = upcasters.present(EventTypes.name(event));
      if (version > 1) {
        properties.put(VERSION, version);
      }
      context.writeValue(out, properties);
    }
  }

  /**
   * Provides a deserializer for each subtype of {@link dev.longe.core.Event} that a message
   * declares.
   */
  private final class Readers extends SimpleDeserializers {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
      return type.isTypeOrSubTypeOf(Event.class)
          ? new Reader(type)
          : super.findBeanDeserializer(type, config, description);
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
      return Event.class.isAssignableFrom(type);
    }
  }

  private final class Reader extends StdDeserializer<Event> {
    Reader(JavaType type) {
      super(type);
    }

    @Override
    public Event deserialize(JsonParser in, DeserializationContext context) {
      ObjectNode properties = context.readValue(in, ObjectNode.class);
      String type = properties.path(KIND).asString();
      int version = properties.path(VERSION).asInt(1);
      properties.remove(VERSION);
      Written newest = upcasters.newest(new Written(type, version, properties));
      if (!upcasters.isPresent(newest.type(), newest.version())) {
        throw UnreadableEvent.newer(PLACE, type, version);
      }
      try {
        return JSON.treeToValue(
            newest.properties().put(KIND, newest.type()), EventTypes.ALL.get(newest.type()));
      } catch (JacksonException e) {
        throw UnreadableEvent.of(PLACE, type, version, e);
      }
    }
  }
}

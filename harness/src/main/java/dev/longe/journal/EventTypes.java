package dev.longe.journal;

import dev.longe.core.Event;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The event types of this release, by the names under which they are stored. */
final class EventTypes {
  /** The class of each name. */
  static final Map<String, Class<? extends Event>> ALL =
      leaves(Event.class).collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private EventTypes() {}

  static String name(Event event) {
    return event.getClass().getSimpleName();
  }

  private static Stream<Class<? extends Event>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypes::leaves)
        : Stream.of(type.asSubclass(Event.class));
  }
}

package dev.longe.intake;

import dev.longe.core.Sandboxing;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which processes reach the network. */
final class NetworkField {
  private NetworkField() {}

  /**
   * @param otherwise for those that the field does not name
   */
  static Sandboxing.Network read(Field field, Sandboxing.Network otherwise) {
    Map<String, Field> f = field.map(Set.of("agent", "setup", "checks"));
    return new Sandboxing.Network(
        truth(f, "agent").orElse(otherwise.agent()),
        truth(f, "setup").orElse(otherwise.setup()),
        truth(f, "checks").orElse(otherwise.checks()));
  }

  private static Optional<Boolean> truth(Map<String, Field> fields, String key) {
    return Optional.ofNullable(fields.get(key)).flatMap(Field::truth);
  }
}

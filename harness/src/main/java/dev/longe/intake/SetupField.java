package dev.longe.intake;

import dev.longe.core.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the setup: a command alone, or with the files that it depends on. */
final class SetupField {
  static final Set<String> KEYS = Set.of("run", "key");

  private SetupField() {}

  /**
   * A setup.
   *
   * @param key globs of the files that it depends on; empty if they are not named
   */
  record Setup(Optional<Command> command, List<String> key) {
    static final Setup NONE = new Setup(Optional.empty(), List.of());
  }

  static Setup read(Field field, Function<Field, Optional<Command>> command) {
    if (!field.isMap()) {
      return new Setup(command.apply(field), List.of());
    }
    Map<String, Field> f = field.map(KEYS);
    if (!f.containsKey("run")) {
      field.problem("needs the key run, the command");
      return Setup.NONE;
    }
    Optional<Field> key = Optional.ofNullable(f.get("key"));
    List<String> globs = key.map(Field::texts).orElse(List.of());
    if (globs.isEmpty()) {
      key.ifPresent(k ->
          k.problem(
              "must name the files that the setup depends on; without the key, it runs for"
                  + " each commit"));
    }
    return new Setup(command.apply(f.get("run")), globs);
  }
}

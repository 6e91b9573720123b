package dev.longe.intake;

import dev.longe.core.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the key {@code limits} of a loop file. */
final class LimitsField {
  static final Set<String> KEYS =
      Set.of("attempts", "money", "tokens", "time", "silence", "output", "diff", "day");

  private LimitsField() {}

  static Limits read(Field field) {
    Map<String, Field> f = field.map(KEYS);
    Limits d = Limits.DEFAULT;
    return new Limits(
        get(f, "attempts").flatMap(x -> x.parsed(Quantity::small)).orElse(d.attempts()),
        get(f, "money").flatMap(x -> x.parsed(Quantity::money)).orElse(d.money()),
        get(f, "tokens").flatMap(x -> x.parsed(Quantity::count)).orElse(d.tokens()),
        get(f, "time").flatMap(x -> x.parsed(Quantity::duration)).orElse(d.time()),
        get(f, "silence").flatMap(x -> x.parsed(Quantity::duration)).orElse(d.silence()),
        get(f, "output").flatMap(x -> x.parsed(Quantity::bytes)).orElse(d.outputBytes()),
        get(f, "diff").flatMap(x -> x.parsed(Quantity::lines)).orElse(d.diffLines()),
        get(f, "day").flatMap(x -> x.parsed(Quantity::money)));
  }

  private static Optional<Field> get(Map<String, Field> fields, String key) {
    return Optional.ofNullable(fields.get(key));
  }
}

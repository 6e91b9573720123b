package dev.longe.cost;

import dev.longe.core.Cost;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.intake.Field;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import dev.longe.intake.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Prices by model name.
 *
 * @param dated when the prices were read from their sources
 * @param models prices by model
 */
public record PriceTable(String dated, Map<String, Price> models) {
  private static final String SHIPPED = "prices.yaml";
  private static final Pattern DATE = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2})$");
  private static final Set<String> KEYS = Set.of("dated", "sources", "models");
  private static final Set<String> KINDS = Set.of("input", "output", "cache-read", "cache-write");

  public PriceTable {
    models = Map.copyOf(models);
  }

  /** The table that ships with Longe. */
  public static PriceTable shipped() {
    try (InputStream in = PriceTable.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is not in the jar");
      }
      return parse(SHIPPED, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Parses a table.
   *
   * @throws InvalidInput with all errors in the text
   */
  public static PriceTable parse(String file, String text) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Field> fields =
        Yaml.read(file, text, 0, problems).map(f -> f.map(KEYS)).orElse(Map.of());
    Map<String, Price> models = new HashMap<>();
    Optional.ofNullable(fields.get("models"))
        .map(Field::anyMap)
        .orElse(Map.of())
        .forEach((name, field) -> price(field).ifPresent(p -> models.put(name, p)));
    String dated = Optional.ofNullable(fields.get("dated")).flatMap(Field::text).orElse("");
    if (dated.isEmpty()) {
      problems.add(new Problem(file, 1, "dated", "is missing; give the date of the prices"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new PriceTable(dated, models);
  }

  private static Optional<Price> price(Field field) {
    Map<String, Field> kinds = field.map(KINDS);
    Optional<BigDecimal> input = dollars(kinds, "input");
    Optional<BigDecimal> output = dollars(kinds, "output");
    Optional<BigDecimal> read = dollars(kinds, "cache-read");
    Optional<BigDecimal> write = dollars(kinds, "cache-write");
    if (input.isEmpty() || output.isEmpty() || read.isEmpty() || write.isEmpty()) {
      field.problem("needs input, output, cache-read and cache-write, each a price");
      return Optional.empty();
    }
    return Optional.of(new Price(input.get(), output.get(), read.get(), write.get()));
  }

  private static Optional<BigDecimal> dollars(Map<String, Field> kinds, String kind) {
    return Optional.ofNullable(kinds.get(kind)).flatMap(f -> f.parsed(PriceTable::dollars));
  }

  private static BigDecimal dollars(String text) {
    try {
      BigDecimal d = new BigDecimal(text);
      if (d.signum() >= 0) {
        return d;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be US dollars for a million tokens", e);
    }
    throw new IllegalArgumentException("must not be negative");
  }

  /**
   * This table with the rows of {@code own} added; on equal names, {@code own} takes precedence.
   */
  public PriceTable under(PriceTable own) {
    Map<String, Price> all = new HashMap<>(models);
    all.putAll(own.models);
    return new PriceTable(dated + " and your own of " + own.dated, all);
  }

  /**
   * The price of a model. A provider prefix and a date suffix of the name are ignored if needed.
   */
  public Optional<Price> of(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1);
    return Optional.ofNullable(models.get(name))
        .or(() -> Optional.ofNullable(models.get(DATE.matcher(name).replaceFirst(""))));
  }

  /** The usage with a computed cost, if its cost is unknown and the model's price is known. */
  public Usage price(Usage usage, Optional<String> model) {
    return switch (usage.cost()) {
      case Cost.Reported _, Cost.Computed _ -> usage;
      case Cost.Unknown _ ->
          model
              .filter(_ ->
                  !usage.tokens().equals(Tokens.ZERO)) // no reported tokens does not mean no usage
              .flatMap(this::of)
              .map(p -> new Usage(usage.tokens(), new Cost.Computed(p.of(usage.tokens()), dated)))
              .orElse(usage);
    };
  }
}

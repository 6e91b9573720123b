package dev.longe.agent.script;

import dev.longe.core.Fault;
import dev.longe.core.Tokens;
import dev.longe.intake.Field;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import dev.longe.intake.Quantity;
import dev.longe.intake.Yaml;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A deterministic agent's plan: for each attempt its steps; the last attempt's steps stand for all
 * after it.
 *
 * <pre>
 * script  = attempts: [steps, …]
 * step    = write: {path, text} | edit: {path, find, replace} | delete: PATH | run: LINE | say: TEXT
 *         | ask: TEXT | cannot: TEXT | usage: {input, output, cacheRead, cacheWrite, usd} | sleep: TIME
 *         | crash: STATUS | hang: true | fork: true | flood: SIZE | rate-limit: TIME | outage: TEXT | refuse: TEXT
 *         | context-full: true
 * </pre>
 */
record Script(List<List<Script.Step>> attempts) {

  sealed interface Step {
    record Write(String path, String text) implements Step {}

    record Edit(String path, String find, String replace) implements Step {}

    record Delete(String path) implements Step {}

    record Run(String line) implements Step {}

    record Say(String text) implements Step {}

    record Ask(String question) implements Step {}

    record Cannot(String why) implements Step {}

    record Use(Tokens tokens, Optional<BigDecimal> usd) implements Step {}

    record Sleep(Duration time) implements Step {}

    record Crash(int status) implements Step {}

    record Hang() implements Step {}

    record Fork() implements Step {}

    record Flood(long bytes) implements Step {}

    record RateLimit(Duration until) implements Step {}

    record Outage(String detail) implements Step {}

    record Refuse(String detail) implements Step {}

    record ContextFull() implements Step {}
  }

  private static final Set<String> STEPS =
      Set.of(
          "write",
          "edit",
          "delete",
          "run",
          "say",
          "ask",
          "cannot",
          "usage",
          "sleep",
          "crash",
          "hang",
          "fork",
          "flood",
          "rate-limit",
          "outage",
          "refuse",
          "context-full");

  /** The steps of an attempt, counted from 1. */
  List<Step> attempt(int number) {
    return attempts.get(Math.min(number, attempts.size()) - 1);
  }

  static Script read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new Fault("The script " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Parses a script, or throws {@link InvalidInput} with everything that is wrong. */
  static Script parse(String file, String text) {
    List<Problem> problems = new ArrayList<>();
    List<List<Step>> attempts = new ArrayList<>();
    Yaml.read(file, text, 0, problems)
        .ifPresent(top -> {
          Field list = top.map(Set.of("attempts")).get("attempts");
          if (list == null || !list.isList()) {
            top.problem("must have a list of attempts, each a list of steps");
            return;
          }
          for (Field attempt : list.items()) {
            attempts.add(
                attempt.items().stream().flatMap(s -> step(s).<Step>map(x -> x).stream()).toList());
          }
        });
    if (problems.isEmpty() && attempts.isEmpty()) {
      problems.add(new Problem(file, 0, "attempts", "must not be empty"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new Script(List.copyOf(attempts));
  }

  private static Optional<? extends Step> step(Field field) {
    Map<String, Field> one = field.map(STEPS);
    if (one.size() != 1) {
      field.problem("must be one step, a map with one key");
      return Optional.empty();
    }
    String key = one.keySet().iterator().next();
    Field value = one.values().iterator().next();
    return switch (key) {
      case "write" ->
          Parts.of(value, "path", "text").map(p -> new Step.Write(p.get("path"), p.get("text")));
      case "edit" ->
          Parts.of(value, "path", "find", "replace")
              .map(p -> new Step.Edit(p.get("path"), p.get("find"), p.get("replace")));
      case "delete" -> value.text().map(Step.Delete::new);
      case "run" -> value.text().map(Step.Run::new);
      case "say" -> value.text().map(Step.Say::new);
      case "ask" -> value.text().map(Step.Ask::new);
      case "cannot" -> value.text().map(Step.Cannot::new);
      case "usage" -> use(value);
      case "sleep" -> value.parsed(Quantity::duration).map(Step.Sleep::new);
      case "crash" -> value.parsed(Integer::parseInt).map(Step.Crash::new);
      case "flood" -> value.parsed(Quantity::bytes).map(Step.Flood::new);
      case "rate-limit" -> value.parsed(Quantity::duration).map(Step.RateLimit::new);
      case "outage" -> value.text().map(Step.Outage::new);
      case "refuse" -> value.text().map(Step.Refuse::new);
      case "hang" -> value.truth().map(_ -> new Step.Hang());
      case "fork" -> value.truth().map(_ -> new Step.Fork());
      case "context-full" -> value.truth().map(_ -> new Step.ContextFull());
      default -> throw new IllegalStateException(key);
    };
  }

  private static Optional<Step> use(Field value) {
    Map<String, Field> f = value.map(Set.of("input", "output", "cacheRead", "cacheWrite", "usd"));
    Tokens tokens =
        new Tokens(
            count(f, "input"), count(f, "output"), count(f, "cacheRead"), count(f, "cacheWrite"));
    return Optional.of(
        new Step.Use(
            tokens, Optional.ofNullable(f.get("usd")).flatMap(x -> x.parsed(BigDecimal::new))));
  }

  private static long count(Map<String, Field> fields, String key) {
    return Optional.ofNullable(fields.get(key)).flatMap(x -> x.parsed(Quantity::count)).orElse(0L);
  }

  /** A map whose keys are all needed. */
  private record Parts(Map<String, String> values) {
    static Optional<Parts> of(Field field, String... keys) {
      Map<String, Field> fields = field.map(Set.of(keys));
      Map<String, String> values = new java.util.HashMap<>();
      for (String key : keys) {
        Field part = fields.get(key);
        if (part == null) {
          field.problem("needs " + key);
        } else {
          part.raw().ifPresent(t -> values.put(key, t));
        }
      }
      return values.size() == keys.length ? Optional.of(new Parts(values)) : Optional.empty();
    }

    String get(String key) {
      String value = values.get(key);
      if (value == null) {
        throw new IllegalStateException(key);
      }
      return value;
    }
  }
}

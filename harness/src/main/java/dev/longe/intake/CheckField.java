package dev.longe.intake;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one item of {@code checks} that is a map. */
final class CheckField {
  private static final Set<String> ALL =
      Stream.of(
              LoopFile.RUN_KEYS,
              LoopFile.METRIC_KEYS,
              LoopFile.HUMAN_KEYS,
              LoopFile.JUDGE_KEYS,
              LoopFile.GUARD_KEYS)
          .flatMap(Set::stream)
          .collect(Collectors.toSet());

  private final Field item;
  private final Function<Field, Optional<Command>> command;
  private final AgentField agent;
  private Map<String, Field> fields = Map.of();

  CheckField(Field item, Function<Field, Optional<Command>> command, AgentField agent) {
    this.item = item;
    this.command = command;
    this.agent = agent;
  }

  Optional<CheckSpec> read() {
    fields = item.map(ALL);
    if (fields.containsKey("run")) {
      only(LoopFile.RUN_KEYS);
      return get("run").flatMap(command).map(this::run);
    }
    if (fields.containsKey("metric")) {
      only(LoopFile.METRIC_KEYS);
      return get("metric").flatMap(command).flatMap(this::metric);
    }
    if (fields.containsKey("human")) {
      only(LoopFile.HUMAN_KEYS);
      return get("human").flatMap(Field::text).map(this::human);
    }
    if (fields.containsKey("judge")) {
      only(LoopFile.JUDGE_KEYS);
      return judge(fields.get("judge"));
    }
    if (fields.containsKey("guard")) {
      only(LoopFile.GUARD_KEYS);
      return get("guard")
          .flatMap(x -> x.parsed(CheckField::guard))
          .map(_ -> new CheckSpec.Slop(name("slop")));
    }
    item.problem("must have one of the keys run, metric, human, judge, guard");
    return Optional.empty();
  }

  /** Notes a problem for each key that belongs to another kind of check. */
  private void only(Set<String> keys) {
    fields.forEach((key, field) -> {
      if (!keys.contains(key)) {
        field.problem("is not allowed for this kind of check");
      }
    });
  }

  private CheckSpec run(Command c) {
    return new CheckSpec.Run(
        name(c.shown()),
        c,
        get("report").flatMap(Field::text),
        timeout(),
        truth("red"),
        truth("hidden"),
        cases());
  }

  private OptionalInt cases() {
    return get("cases").flatMap(x -> x.parsed(CheckField::cases)).orElse(OptionalInt.empty());
  }

  private static OptionalInt cases(String text) {
    double n = number(text);
    if (n != (int) n) {
      throw new IllegalArgumentException("must be a whole number, was " + text);
    }
    return OptionalInt.of((int) n);
  }

  private Optional<CheckSpec> metric(Command c) {
    if (!fields.containsKey("goal")) {
      item.problem("a metric needs a goal, for example goal: >= 90");
    }
    double noise = get("noise").flatMap(x -> x.parsed(CheckField::number)).orElse(0.0);
    return get("goal")
        .flatMap(x -> x.parsed(Quantity::goal))
        .map(g -> new CheckSpec.Metric(name(c.shown()), c, g, noise, timeout(), truth("hidden")));
  }

  private static String guard(String text) {
    if (!text.equals("slop")) {
      throw new IllegalArgumentException("must be slop, was " + text);
    }
    return text;
  }

  private static double number(String text) {
    try {
      double n = Double.parseDouble(text);
      if (n >= 0 && Double.isFinite(n)) {
        return n;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number, was " + text, e);
    }
    throw new IllegalArgumentException("must not be negative, was " + text);
  }

  private CheckSpec human(String question) {
    return new CheckSpec.Human(name(question), question);
  }

  private Optional<CheckSpec> judge(Field field) {
    List<String> rubric = field.texts();
    if (rubric.isEmpty()) {
      field.problem("must name at least one criterion");
    }
    if (!fields.containsKey("agent")) {
      item.problem("a judge needs an agent: agent: model:anthropic/claude-opus-5-5");
    }
    return get("agent")
        .flatMap(agent::read)
        .filter(a -> judges(a) && !rubric.isEmpty())
        .map(a -> new CheckSpec.Judge(name("judge"), a, rubric, timeout()));
  }

  private boolean judges(AgentSpec spec) {
    boolean model = agent.agents().entry(spec.driver()).driver().equals("model");
    if (!model) {
      item.problem("the agent of a judge must have the driver model, was " + spec.driver());
    }
    return model;
  }

  private CheckName name(String otherwise) {
    return get("name")
        .flatMap(Field::text)
        .map(CheckName::new)
        .orElseGet(() -> Checks.name(otherwise));
  }

  private Duration timeout() {
    return get("timeout")
        .flatMap(x -> x.parsed(Quantity::duration))
        .orElse(LoopFile.DEFAULT_TIMEOUT);
  }

  private boolean truth(String key) {
    return get(key).flatMap(Field::truth).orElse(false);
  }

  private Optional<Field> get(String key) {
    return Optional.ofNullable(fields.get(key));
  }
}

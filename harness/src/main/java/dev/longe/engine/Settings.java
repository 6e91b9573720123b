package dev.longe.engine;

import dev.longe.core.Money;
import dev.longe.cost.PriceTable;
import dev.longe.intake.AgentsFile;
import dev.longe.intake.Field;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import dev.longe.intake.Quantity;
import dev.longe.intake.Yaml;
import dev.longe.journal.Slots;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A user's settings for a whole machine, from {@code $LONGE_HOME/settings.yaml}.
 *
 * @param machine the machine's name in the journal
 * @param slots how many tasks run at once
 * @param day US dollars that all tasks together may spend in a day
 * @param review how much time reviewers have
 * @param zone the time zone in which a day begins
 * @param agents from {@code agents.yaml}
 * @param prices the shipped prices, overridden by the user's own
 */
public record Settings(
    String machine,
    Slots slots,
    Money day,
    Reviewing review,
    ZoneId zone,
    AgentsFile agents,
    PriceTable prices) {
  /**
   * How much time reviewers have.
   *
   * @param minutes minutes a week of each reviewer
   * @param linesAnHour lines an hour of each reviewer, until enough of their reviews are known
   */
  public record Reviewing(int minutes, int linesAnHour) {
    /**
     * Five hours a week: own choice, an hour a day. 300 lines an hour: the middle of the
     * recommended range (200–400, SmartBear).
     */
    public static final Reviewing DEFAULT = new Reviewing(300, 300);
  }

  /**
   * Four tasks at once: own choice, agents mostly wait for their model. $50 a day: the default of
   * gh-aw for a workflow.
   */
  public static Settings defaults(
      String machine, ZoneId zone, AgentsFile agents, PriceTable prices) {
    Map<String, Integer> byAgent = new HashMap<>();
    Map<String, String> accountOf = new HashMap<>();
    agents
        .entries()
        .forEach((name, e) -> {
          e.slots().ifPresent(n -> byAgent.put(name, n));
          accountOf.put(name, e.quotaAccount());
        });
    return new Settings(
        machine,
        new Slots(4, byAccount(byAgent, agents), accountOf),
        new Money(50_000_000),
        Reviewing.DEFAULT,
        zone,
        agents,
        prices);
  }

  /**
   * Reads the file's text; what it leaves out has the value of {@code defaults}.
   *
   * @throws InvalidInput with everything that is wrong
   */
  public static Settings parse(String file, String text, Settings defaults) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Field> fields =
        Yaml.read(file, text, 0, problems)
            .map(f -> f.map(Set.of("slots", "day", "review")))
            .orElse(Map.of());
    Money day =
        Optional.ofNullable(fields.get("day"))
            .flatMap(f -> f.parsed(Quantity::money))
            .orElse(defaults.day());
    Slots slots =
        Optional.ofNullable(fields.get("slots"))
            .map(f -> slots(f, defaults))
            .orElse(defaults.slots());
    Reviewing review =
        Optional.ofNullable(fields.get("review"))
            .map(f -> reviewing(f, defaults.review()))
            .orElse(defaults.review());
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new Settings(
        defaults.machine(),
        slots,
        day,
        review,
        defaults.zone(),
        defaults.agents(),
        defaults.prices());
  }

  private static Reviewing reviewing(Field field, Reviewing defaults) {
    Map<String, Field> f = field.map(Set.of("minutes", "lines-an-hour"));
    return new Reviewing(
        Optional.ofNullable(f.get("minutes"))
            .flatMap(x -> x.parsed(Quantity::small))
            .orElse(defaults.minutes()),
        Optional.ofNullable(f.get("lines-an-hour"))
            .flatMap(x -> x.parsed(Quantity::small))
            .orElse(defaults.linesAnHour()));
  }

  private static Slots slots(Field field, Settings defaults) {
    Set<String> keys = new HashSet<>(defaults.agents().names());
    keys.add("machine");
    Map<String, Integer> byAgent = new HashMap<>();
    field.map(keys).forEach((k, f) -> f.parsed(Quantity::small).ifPresent(n -> byAgent.put(k, n)));
    int machine = Optional.ofNullable(byAgent.remove("machine")).orElse(defaults.slots().machine());
    Map<String, Integer> accounts = new HashMap<>(defaults.slots().accounts());
    accounts.putAll(byAccount(byAgent, defaults.agents()));
    return new Slots(machine, accounts, defaults.slots().accountOf());
  }

  /** The slots of each quota account: the lowest number that is set for one of its agents. */
  private static Map<String, Integer> byAccount(Map<String, Integer> byAgent, AgentsFile agents) {
    Map<String, Integer> accounts = new HashMap<>();
    byAgent.forEach((name, n) -> accounts.merge(agents.entry(name).quotaAccount(), n, Math::min));
    return accounts;
  }
}

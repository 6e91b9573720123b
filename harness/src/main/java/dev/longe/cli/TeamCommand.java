package dev.longe.cli;

import dev.longe.core.Money;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Quantity;
import dev.longe.tasks.RemoteEngine;
import dev.longe.tasks.RemoteTasks;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe team}: shows and sets what all machines of a remote engine share. */
@Command(name = "team")
final class TeamCommand implements Callable<Integer> {
  private final App app;

  @Option(
      names = "--day",
      paramLabel = "$N",
      description = "Set how many US dollars all tasks together may spend in a day.")
  Optional<String> day = Optional.empty();

  @Option(
      names = "--review-minutes",
      paramLabel = "N",
      description = "Set how many minutes per week each reviewer has for reviews.")
  Optional<Integer> minutes = Optional.empty();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Set the time zone in which a day begins, for example Europe/Berlin.")
  Optional<String> zone = Optional.empty();

  @Option(
      names = "--new-key",
      paramLabel = "NAME",
      description = "Print a line with a new key for $LONGE_HOME/team.keys, and do nothing else.")
  Optional<String> key = Optional.empty();

  TeamCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    if (key.isPresent()) {
      app.out()
          .println(
              RemoteTasks.engines(app.environment().all().getOrDefault("LONGE_ENGINE", "temporal:"))
                  .newKey(key.get()));
      return ExitCode.OK.code();
    }
    app.team()
        .engine()
        .team(
            new RemoteEngine.Terms(
                day.map(TeamCommand::money), minutes, zone.map(TeamCommand::zone)))
        .forEach(app.out()::println);
    return ExitCode.OK.code();
  }

  private static Money money(String text) {
    try {
      return Quantity.money(text);
    } catch (IllegalArgumentException e) {
      throw InvalidInput.option("--day", String.valueOf(e.getMessage()));
    }
  }

  private static String zone(String text) {
    try {
      return ZoneId.of(text).getId();
    } catch (DateTimeException e) {
      throw InvalidInput.option("--zone", "«" + text + "» is not a time zone");
    }
  }
}

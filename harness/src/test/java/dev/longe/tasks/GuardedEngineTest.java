package dev.longe.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Event;
import dev.longe.core.NotHuman;
import dev.longe.core.TaskId;
import dev.longe.cost.PriceTable;
import dev.longe.effects.Installation;
import dev.longe.engine.Settings;
import dev.longe.home.Home;
import dev.longe.intake.AgentsFile;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class GuardedEngineTest {
  private static final TaskId TASK = new TaskId("abcde");

  private final List<String> called = new ArrayList<>();

  /** An engine that notes what it is asked. */
  private final class Noting implements RemoteEngine {
    @Override
    public void submit(TaskId task, List<dev.longe.journal.TimedEvent> events) {
      called.add("submit");
    }

    @Override
    public String say(TaskId task, Event.Word word) {
      called.add("say");
      return "";
    }

    @Override
    public String move(TaskId task, Optional<String> machine) {
      called.add("move");
      return "";
    }

    @Override
    public String giveUp(TaskId task, boolean forGood) {
      called.add("giveUp");
      return "";
    }

    @Override
    public List<Listed> list(boolean closedToo) {
      called.add("list");
      return List.of();
    }

    @Override
    public List<Listed> listSince(Instant closedAfter) {
      called.add("listSince");
      return List.of();
    }

    @Override
    public Look look(TaskId task, int after) {
      called.add("look");
      return new Look(List.of(), "");
    }

    @Override
    public void work(
        Offer offer, Installation site, Consumer<String> told, BooleanSupplier enough) {
      called.add("work");
    }

    @Override
    public List<String> team(Terms terms) {
      called.add("team");
      return List.of();
    }

    @Override
    public void close() {
      called.add("close");
    }
  }

  private static Installation site() {
    Home home = new Home(Path.of("none"));
    return Installation.with(
        home,
        World.ENVIRONMENT,
        InstantSource.system(),
        Settings.defaults("box", ZoneId.of("UTC"), AgentsFile.NONE, PriceTable.shipped()));
  }

  private static List<Runnable> changes(RemoteEngine engine) {
    Installation site = site();

    return List.of(
        () -> engine.submit(TASK, List.of()),
        () -> engine.say(TASK, new Event.PauseAsked()),
        () -> engine.move(TASK, Optional.empty()),
        () -> engine.giveUp(TASK, false),
        () -> engine.work(new RemoteEngine.Offer("box", 1, List.of()), site, _ -> {}, () -> true),
        () ->
            engine.team(
                new RemoteEngine.Terms(Optional.empty(), Optional.empty(), Optional.empty())));
  }

  @Test
  @Tag("I18")
  void processThatMayNotWrite_onlyReadsAnEngineElsewhere() {
    try (RemoteEngine engine =
        new Noting()
            .guardedBy(() -> {
              throw new NotHuman("no");
            })) {
      assertThat(changes(engine))
          .allSatisfy(c -> assertThatThrownBy(c::run).isInstanceOf(NotHuman.class));
      assertThat(engine.list(true)).isEmpty();
      assertThat(engine.listSince(Instant.EPOCH)).isEmpty();
      assertThat(engine.look(TASK, 0).told()).isEmpty();
    }
    assertThat(called).containsExactly("list", "listSince", "look", "close");
  }

  @Test
  @Tag("I18")
  void human_reachesIt() {
    try (RemoteEngine engine = new Noting().guardedBy(() -> {})) {
      changes(engine).forEach(Runnable::run);
    }
    assertThat(called).containsExactly("submit", "say", "move", "giveUp", "work", "team", "close");
  }
}

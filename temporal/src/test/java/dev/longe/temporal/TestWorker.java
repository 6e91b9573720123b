package dev.longe.temporal;

import dev.longe.cost.PriceTable;
import dev.longe.effects.Installation;
import dev.longe.engine.Settings;
import dev.longe.home.Home;
import dev.longe.intake.AgentsFile;
import dev.longe.journal.Slots;
import dev.longe.sandbox.Environment;
import dev.longe.tasks.RemoteEngine;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A worker in this process, as a machine of its own. */
final class TestWorker implements AutoCloseable {
  private final AtomicBoolean enough = new AtomicBoolean();
  private final RemoteEngine engine;
  private final Thread thread;

  private TestWorker(RemoteEngine engine, RemoteEngine.Offer offer, Installation site) {
    this.engine = engine;
    CountDownLatch ready = new CountDownLatch(1);
    this.thread =
        Thread.ofPlatform()
            .name("worker-" + offer.name())
            .start(() ->
                engine.work(
                    offer,
                    site,
                    line -> {
                      System.out.println(line);
                      ready.countDown();
                    },
                    enough::get));
    try {
      ready.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static TestWorker start(String address, Path home, String name, int slots, String... labels) {
    return start(address, home, name, slots, World.ENVIRONMENT, AgentsFile.NONE, labels);
  }

  /**
   * @param environment of the machine, for its agents
   */
  static TestWorker start(
      String address,
      Path home,
      String name,
      int slots,
      Environment environment,
      AgentsFile agents,
      String... labels) {
    Settings settings =
        new Settings(
            name,
            new Slots(slots, Map.of()),
            new dev.longe.core.Money(50_000_000),
            Settings.Reviewing.DEFAULT,
            ZoneId.of("UTC"),
            agents,
            PriceTable.shipped());
    World.make(home);
    Home own = new Home(home);
    return new TestWorker(
        new TemporalEngines().connect(address, environment, own),
        new RemoteEngine.Offer(name, slots, List.of(labels)),
        Installation.with(own, environment, InstantSource.system(), settings));
  }

  /** Hands its tasks back and ends. */
  @Override
  public void close() {
    enough.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    engine.close();
  }
}

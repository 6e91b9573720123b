package dev.longe.effects;

import dev.longe.engine.Settings;
import dev.longe.home.Home;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Owners;
import dev.longe.sandbox.Sandbox;
import java.time.InstantSource;

/** A machine with all that effects are carried out with. Safe for use by many threads. */
public record Installation(
    Home home, Owners owners, Environment environment, InstantSource clock, Settings settings) {
  /** Processes of their own, that can be ended all together. */
  public Sandbox sandbox() {
    return new Sandbox(owners, environment.all());
  }

  /** Effects whose processes are those of {@code sandbox}. */
  public RealEffects effects(Sandbox sandbox) {
    return new RealEffects(home, sandbox, environment, clock, settings, (_, _) -> {});
  }
}

package dev.longe.effects;

import dev.longe.core.Fault;
import dev.longe.core.Sandboxing;
import dev.longe.home.Home;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import java.util.Optional;

/** Whether processes are confined on this machine. Safe for use by many threads. */
record Confining(Home home, Environment environment, Sandbox sandbox) {
  /**
   * Set to {@code none}, it turns {@code sandbox: auto} off on this machine; set to {@code
   * no-overlays}, processes are confined, and have no overlays.
   */
  static final String VARIABLE = "LONGE_SANDBOX";

  /** Whether processes are confined and can have overlays. */
  boolean overlays(Sandboxing sandboxing) {
    return confines(sandboxing) && withoutOverlays().isEmpty();
  }

  /** Why confined processes have no overlays here; empty if they can have them. */
  Optional<String> withoutOverlays() {
    return variable().equals("no-overlays")
        ? Optional.of(VARIABLE + "=no-overlays is set")
        : sandbox.overlays(home.root())
            ? Optional.empty()
            : Optional.of("overlay mounts do not work here");
  }

  /**
   * Whether processes are confined here.
   *
   * @throws Fault if they have to be and can't be
   */
  boolean confines(Sandboxing sandboxing) {
    if (refused(sandboxing)) {
      throw new Fault(
          "The loop has «sandbox: required», and this machine can't confine processes; install"
              + " the package bubblewrap.");
    }
    return reason(sandboxing).isEmpty();
  }

  /** Whether processes have to be confined and can't be. */
  boolean refused(Sandboxing sandboxing) {
    return sandboxing.level() == Sandboxing.Level.REQUIRED && !sandbox.bubblewrap();
  }

  /** Why processes are not confined here, in one sentence; empty if they are, or have to be. */
  Optional<String> unconfined(Sandboxing sandboxing) {
    return reason(sandboxing)
        .map(why ->
            "Agents, setup and checks are not confined, because "
                + why
                + ": they can read and write what you can.");
  }

  /** The reason for {@link #unconfined} alone. */
  Optional<String> reason(Sandboxing sandboxing) {
    return switch (sandboxing.level()) {
      case NONE -> Optional.of("the loop has «sandbox: none»");
      case AUTO ->
          turnedOff()
              ? Optional.of(VARIABLE + "=none is set")
              : sandbox.bubblewrap()
                  ? Optional.empty()
                  : Optional.of("this machine can't; install the package bubblewrap");
      case REQUIRED -> Optional.empty();
    };
  }

  /** Whether the user has turned {@code sandbox: auto} off on this machine. */
  boolean turnedOff() {
    return variable().equals("none");
  }

  private String variable() {
    return environment.all().getOrDefault(VARIABLE, "");
  }
}

package dev.longe.effects;

import dev.longe.core.Fault;
import dev.longe.core.Sandboxing;
import dev.longe.core.Text;
import dev.longe.home.Home;
import dev.longe.sandbox.Confinement.Means;
import dev.longe.sandbox.Containers;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import java.util.Optional;
import java.util.Set;

/** Whether and how processes are confined on this machine. Safe for use by many threads. */
record Confining(Home home, Environment environment, Sandbox sandbox) {
  /**
   * Set to {@code none}, it turns {@code sandbox: auto} off on this machine; set to {@code
   * container:IMAGE}, processes that are confined run in containers of this image; set to {@code
   * no-overlays}, they have no overlays.
   */
  static final String VARIABLE = "LONGE_SANDBOX";

  private static final String CONTAINER = "container:";

  /** The other values; the variable may be absent or empty. */
  private static final Set<String> CHOICES = Set.of("", "auto", "none", "no-overlays");

  /** How the processes of a task run on this machine. */
  sealed interface Answer {
    /** Confined. */
    record By(Means means) implements Answer {}

    /**
     * Not confined.
     *
     * @param why the reason; a part of a sentence
     */
    record Not(String why) implements Answer {}

    /**
     * Not at all, because they have to be confined and can't be.
     *
     * @param why what the key {@code sandbox} is or names, why that can't be, and what to do
     */
    record Refused(String why) implements Answer {}
  }

  /** How the processes of a task run here. */
  Answer answer(Sandboxing sandboxing) {
    return switch (sandboxing.level()) {
      case NONE -> new Answer.Not("the loop has «sandbox: none»");
      case AUTO ->
          wrong().orElseGet(() -> chosen().startsWith(CONTAINER) ? inChosenContainer() : auto());
      case REQUIRED -> wrong().orElseGet(() -> required(sandboxing));
    };
  }

  /** The answer if the variable has a value without a meaning. */
  private Optional<Answer> wrong() {
    return CHOICES.contains(chosen()) || chosen().startsWith(CONTAINER)
        ? Optional.empty()
        : Optional.of(
            new Answer.Refused(
                "can't be followed, because the variable %s is «%s»; it must be auto, none, no-overlays or container:IMAGE"
                    .formatted(VARIABLE, Text.visible(chosen()))));
  }

  private Answer required(Sandboxing sandboxing) {
    return sandboxing
        .container()
        .map(image -> inContainer(image, "is container:" + image.name()))
        .orElseGet(() -> chosen().startsWith(CONTAINER) ? inChosenContainer() : required());
  }

  private Answer auto() {
    return turnedOff()
        ? new Answer.Not(VARIABLE + "=none is set")
        : sandbox.bubblewrap()
            ? new Answer.By(new Means.Namespaces())
            : new Answer.Not("this machine can't; install the package bubblewrap");
  }

  private Answer required() {
    return sandbox.bubblewrap()
        ? new Answer.By(new Means.Namespaces())
        : new Answer.Refused(
            "is required, and this machine can't confine processes; install the package"
                + " bubblewrap, or use auto or none");
  }

  private Answer inChosenContainer() {
    String name = chosen().substring(CONTAINER.length());
    String says = "is " + chosen() + " by the variable " + VARIABLE;
    try {
      return inContainer(new Sandboxing.Image(name), says);
    } catch (IllegalArgumentException e) {
      return new Answer.Refused(says + "; the part after «container:» " + e.getMessage());
    }
  }

  private Answer inContainer(Sandboxing.Image image, String says) {
    return switch (sandbox.containers().of(image)) {
      case Containers.Answer.Usable<Means.Container> u -> new Answer.By(u.value());
      case Containers.Answer.Unusable<Means.Container> u ->
          new Answer.Refused(says + ", but " + u.why());
    };
  }

  /**
   * What confines the processes of a task here; empty if nothing does.
   *
   * @throws Fault if they have to be confined and can't be
   */
  Optional<Means> means(Sandboxing sandboxing) {
    return switch (answer(sandboxing)) {
      case Answer.By by -> Optional.of(by.means());
      case Answer.Not _ -> Optional.empty();
      case Answer.Refused r -> throw new Fault("The loop's key «sandbox» " + r.why() + ".");
    };
  }

  /** Whether processes are confined and can have overlays. */
  boolean overlays(Sandboxing sandboxing) {
    return means(sandboxing).filter(m -> withoutOverlays(m).isEmpty()).isPresent();
  }

  /** Why processes that {@code means} confines have no overlays; empty if they can have them. */
  Optional<String> withoutOverlays(Means means) {
    return chosen().equals("no-overlays")
        ? Optional.of(VARIABLE + "=no-overlays is set")
        : sandbox.overlays(means, home.root())
            ? Optional.empty()
            : Optional.of("overlay mounts do not work here");
  }

  /** Why processes that have to be confined can't be; empty if nothing is wrong. */
  Optional<String> refusal(Sandboxing sandboxing) {
    return switch (answer(sandboxing)) {
      case Answer.By _, Answer.Not _ -> Optional.empty();
      case Answer.Refused r -> Optional.of(r.why());
    };
  }

  /** Why processes are not confined here, in one sentence; empty if they are, or have to be. */
  Optional<String> unconfined(Sandboxing sandboxing) {
    return switch (answer(sandboxing)) {
      case Answer.By _, Answer.Refused _ -> Optional.empty();
      case Answer.Not not ->
          Optional.of(
              "Agents, setup and checks are not confined, because "
                  + not.why()
                  + ": they can read and write what you can.");
    };
  }

  /** What confines processes here; empty if nothing does, or can. */
  Optional<Means> found(Sandboxing sandboxing) {
    return switch (answer(sandboxing)) {
      case Answer.By by -> Optional.of(by.means());
      case Answer.Not _, Answer.Refused _ -> Optional.empty();
    };
  }

  /** The containers in which processes run here; empty if they run in none. */
  Optional<Means.Container> container(Sandboxing sandboxing) {
    return switch (answer(sandboxing)) {
      case Answer.By(Means.Container container) -> Optional.of(container);
      case Answer.By _, Answer.Not _, Answer.Refused _ -> Optional.empty();
    };
  }

  /**
   * A program that the image of a task's containers lacks, in one sentence; empty if it is there.
   */
  Optional<String> missing(Sandboxing sandboxing, String program) {
    return container(sandboxing).flatMap(c -> sandbox.containers().missing(c, program));
  }

  /** Whether the user has turned {@code sandbox: auto} off on this machine. */
  boolean turnedOff() {
    return chosen().equals("none");
  }

  private String chosen() {
    return environment.all().getOrDefault(VARIABLE, "");
  }
}

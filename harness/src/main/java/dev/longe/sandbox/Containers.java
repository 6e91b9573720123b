package dev.longe.sandbox;

import dev.longe.core.Fault;
import dev.longe.core.Sandboxing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this machine offers for containers. What works is tried once. Safe for many threads. */
public final class Containers {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Path ROOT = Path.of("/");

  private final Sandbox sandbox;
  private final Probed probed;
  private Optional<ContainerEngine> engine = Optional.empty();
  private final Map<Sandboxing.Image, Confinement.Means.Container> usable = new HashMap<>();
  private final Map<List<String>, Boolean> programs = new HashMap<>();

  Containers(Sandbox sandbox, Probed probed) {
    this.sandbox = sandbox;
    this.probed = probed;
  }

  /** What there is, or why it can't be used. */
  public sealed interface Answer<T> {
    /** It can be used. */
    record Usable<T>(T value) implements Answer<T> {}

    /**
     * It can't be used.
     *
     * @param why with what to do about it; a part of a sentence
     */
    record Unusable<T>(String why) implements Answer<T> {}
  }

  /** The program that runs containers here. */
  public synchronized Answer<ContainerEngine> engine() {
    return engine
        .<Answer<ContainerEngine>>map(Answer.Usable::new)
        .orElseGet(() ->
            Arrays.stream(ContainerEngine.Kind.values())
                .filter(k -> sandbox.onPath(k.program()))
                .findFirst()
                .map(this::engine)
                .orElseGet(() ->
                    new Answer.Unusable<>(
                        "this machine has neither podman nor docker; install podman")));
  }

  private Answer<ContainerEngine> engine(ContainerEngine.Kind kind) {
    Sandbox.Outcome outcome = ask(kind.asksFacts());
    if (!outcome.exit().ok()) {
      return new Answer.Unusable<>(kind.broken(lastLine(outcome)));
    }
    ContainerEngine found = kind.engine(outcome.output().strip());
    engine = Optional.of(found);
    return new Answer.Usable<>(found);
  }

  /** Containers of an image. */
  public synchronized Answer<Confinement.Means.Container> of(Sandboxing.Image image) {
    Optional<Confinement.Means.Container> known = Optional.ofNullable(usable.get(image));
    return known
        .<Answer<Confinement.Means.Container>>map(Answer.Usable::new)
        .orElseGet(() ->
            switch (engine()) {
              case Answer.Unusable<ContainerEngine> u -> new Answer.Unusable<>(u.why());
              case Answer.Usable<ContainerEngine> u -> of(u.value(), image);
            });
  }

  private Answer<Confinement.Means.Container> of(ContainerEngine by, Sandboxing.Image image) {
    Sandbox.Outcome id = ask(by.asksId(image.name()));
    if (!id.exit().ok()) {
      return new Answer.Unusable<>(
          "the image %s is not on this machine; build it, or run «%s pull %s»"
              .formatted(image.name(), by.kind().program(), image.name()));
    }
    Confinement.Means.Container container = new Confinement.Means.Container(by, image);
    Sandbox.Outcome started = tried(container, List.of("/bin/sh", "-c", ":"));
    if (!started.exit().ok()) {
      return new Answer.Unusable<>(
          "no container of the image %s can be started with /bin/sh (%s); see what «%s run %s /bin/sh» says"
              .formatted(image.name(), lastLine(started), by.kind().program(), image.name()));
    }
    usable.put(image, container);
    return new Answer.Usable<>(container);
  }

  /**
   * The id of a container's image, which changes when another image gets its name.
   *
   * @throws Fault if the image is gone
   */
  public String id(Confinement.Means.Container container) {
    Sandbox.Outcome outcome = ask(container.engine().asksId(container.image().name()));
    if (!outcome.exit().ok()) {
      throw new Fault(
          "The image " + container.image().name() + " can't be read: " + lastLine(outcome));
    }
    return outcome.output().strip();
  }

  /** Whether an image has a program, named by its path or found on the image's {@code PATH}. */
  private synchronized boolean has(Confinement.Means.Container container, String program) {
    return programs.computeIfAbsent(
        List.of(id(container), program),
        _ ->
            tried(container, List.of("/bin/sh", "-c", "command -v -- \"$1\"", "sh", program))
                .exit()
                .ok());
  }

  /** That an image lacks a program, and what to do; empty if it has it. */
  public Optional<String> missing(Confinement.Means.Container container, String program) {
    return has(container, program)
        ? Optional.empty()
        : Optional.of(
            "the image %s has no program «%s»; install it in the image"
                .formatted(container.image().name(), program));
  }

  private Sandbox.Outcome tried(Confinement.Means.Container container, List<String> argv) {
    return sandbox.run(probed.inside(container, argv, List.of(), TIMEOUT));
  }

  private Sandbox.Outcome ask(List<String> argv) {
    return sandbox.run(sandbox.plain(argv, ROOT, TIMEOUT));
  }

  private static String lastLine(Sandbox.Outcome outcome) {
    return outcome
        .error()
        .lines()
        .reduce((_, last) -> last)
        .orElse("exit " + outcome.exit().status());
  }
}

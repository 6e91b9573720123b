package dev.longe.effects;

import dev.longe.core.Fault;
import dev.longe.home.Directories;
import dev.longe.home.Home;
import dev.longe.sandbox.ExclusiveLock;
import dev.longe.workspace.BasePreparation;
import dev.longe.workspace.PreparedBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The prepared bases of a home. Safe for use by many threads and processes: a base is made, taken
 * by a task, and deleted under its lock.
 */
public final class Bases {
  /** A base that no task has begun to use for so long is deleted. Own choice: a working week. */
  public static final Duration UNUSED_MAX = Duration.ofDays(7);

  /** If all bases are larger, those whose use is longest ago are deleted. Own choice. */
  public static final long KIBIBYTES_MAX = 20L << 20;

  /** The deepest stack of differences. Each layer costs time when a file is looked up. */
  private static final int LAYERS_MAX = 8;

  private final Home home;
  private final InstantSource clock;

  Bases(Home home, InstantSource clock) {
    this.home = home;
    this.clock = clock;
  }

  /**
   * A base.
   *
   * @param repository the git directory of its repository
   * @param commit the commit that is checked out
   * @param kibibytes size on disk
   * @param used when a task last began to use it
   * @param inUse whether a task or another base needs it
   */
  public record Base(
      Path directory,
      Path repository,
      String commit,
      long kibibytes,
      Instant used,
      boolean inUse) {}

  /** All complete bases, the most recently used first. */
  public List<Base> all() {
    Set<Path> needed = needed();
    return ready()
        .map(b ->
            new Base(
                b.directory(),
                b.repository(),
                b.commit().brief(),
                b.kibibytes(),
                b.used(),
                needed.contains(b.directory())))
        .toList();
  }

  private Stream<PreparedBase> bases() {
    return directories(home.bases()).stream().map(PreparedBase::new);
  }

  private Stream<PreparedBase> ready() {
    return bases()
        .filter(PreparedBase::isReady)
        .sorted(Comparator.comparing(PreparedBase::used).reversed());
  }

  private static List<Path> directories(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new Fault("The directory " + parent + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The directories of the bases that a task or another base needs. */
  private Set<Path> needed() {
    Set<Path> needed = new HashSet<>();
    for (Path task : directories(home.workspaces())) {
      PreparedBase.of(task).map(PreparedBase::directory).ifPresent(needed::add);
    }
    bases()
        .filter(PreparedBase::isCheckedOut)
        .forEach(base ->
            Stream.concat(
                    base.checkout().stream()
                        .map(layer ->
                            home.bases().resolve(home.bases().relativize(layer).getName(0))),
                    Stream.of(base.setUpIn().directory()))
                .filter(other -> !other.equals(base.directory()))
                .forEach(needed::add));
    return needed;
  }

  /**
   * Takes the result of a setup from a base with the same key, if there is one that the new base
   * can use. That base is kept as long as the new one.
   *
   * @param maker of the new base, which is checked out
   */
  Optional<PreparedBase> setUpBefore(
      String key, BasePreparation maker, ExclusiveLock.Patience patience) {
    for (PreparedBase base : ready().filter(b -> b.setupKey().equals(Optional.of(key))).toList()) {
      // Its holder waits for no other base: the base is complete.
      try (ExclusiveLock _ = ExclusiveLock.take(base.lock(), "reuses a setup", patience)) {
        if (base.isReady() && maker.reuse(base)) {
          return Optional.of(base);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Calls {@code use} with a base of the same repository, from which only the differences need to
   * be written. It is not deleted meanwhile.
   */
  <T> T near(Path repository, Function<Optional<PreparedBase>, T> use) {
    Optional<PreparedBase> near =
        ready()
            .filter(b -> b.repository().equals(repository) && b.checkout().size() < LAYERS_MAX)
            .findFirst();
    Optional<ExclusiveLock> lock =
        near.flatMap(b -> ExclusiveLock.tryTake(b.lock(), "is the origin of another base"));
    if (lock.isEmpty()) {
      return use.apply(Optional.empty());
    }
    try (ExclusiveLock _ = lock.get()) {
      return use.apply(near.filter(PreparedBase::isReady));
    }
  }

  /**
   * Deletes bases that nobody needs, first those that were not used for long, then the least
   * recently used ones until the rest is small enough.
   *
   * @return those that were deleted
   */
  public List<Base> collect(Duration unusedMax, long kibibytesMax) {
    List<Base> deleted = new ArrayList<>();
    int before;
    do { // a base may be needed only by one that was deleted in this round
      before = deleted.size();
      deleted.addAll(collectUnneeded(clock.instant().minus(unusedMax), kibibytesMax));
    } while (deleted.size() > before);
    bases().filter(b -> !b.isReady()).forEach(this::delete); // left by a killed process
    return deleted;
  }

  private List<Base> collectUnneeded(Instant usedBefore, long kibibytesMax) {
    List<Base> deleted = new ArrayList<>();
    List<Base> all = all();
    long total = all.stream().mapToLong(Base::kibibytes).sum();
    for (Base base : all.reversed()) {
      boolean old = !base.used().isAfter(usedBefore);
      if ((old || total > kibibytesMax) && delete(new PreparedBase(base.directory()))) {
        deleted.add(base);
        total -= base.kibibytes();
      }
    }
    return deleted;
  }

  private boolean delete(PreparedBase base) {
    Optional<ExclusiveLock> lock = ExclusiveLock.tryTake(base.lock(), "deletes a prepared base");
    if (lock.isEmpty()) {
      return false; // a task takes it just now
    }
    try (ExclusiveLock _ = lock.get()) {
      boolean unneeded = !needed().contains(base.directory());
      if (unneeded) {
        Directories.delete(base.directory());
      }
      return unneeded;
    }
  }
}

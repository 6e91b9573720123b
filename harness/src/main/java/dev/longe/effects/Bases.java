package dev.longe.effects;

import dev.longe.core.Fault;
import dev.longe.home.Directories;
import dev.longe.home.Home;
import dev.longe.sandbox.ExclusiveLock;
import dev.longe.workspace.BasePreparation;
import dev.longe.workspace.ObjectStore;
import dev.longe.workspace.PreparedBase;
import dev.longe.workspace.Shared;
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
 * The prepared bases and the stores of objects of a home. Safe for use by many threads and
 * processes: each is made, taken by a task, and deleted under its lock.
 */
public final class Bases {
  /** What no task has begun to use for so long is deleted. Own choice: a working week. */
  public static final Duration UNUSED_MAX = Duration.ofDays(7);

  /** If all together are larger, those whose use is longest ago are deleted. Own choice. */
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
   * A prepared base or a store of objects.
   *
   * @param content empty for a store: nothing in it says whose objects it has
   * @param kibibytes size on disk; for a store without the files that the user's repository has too
   * @param used when a task last began to use it
   * @param inUse whether a task or another base needs it
   */
  public record Entry(
      Path directory, Optional<Content> content, long kibibytes, Instant used, boolean inUse) {
    private static Entry of(Shared shared, Set<Path> needed) {
      Optional<Content> content =
          switch (shared) {
            case PreparedBase b -> Optional.of(new Content(b.repository(), b.commit().brief()));
            case ObjectStore _ -> Optional.empty();
          };
      return new Entry(
          shared.directory(),
          content,
          shared.kibibytes(),
          shared.used(),
          needed.contains(shared.directory()));
    }

    /** Whether it is a prepared base. */
    public boolean isBase() {
      return content.isPresent();
    }
  }

  /**
   * What a prepared base contains.
   *
   * @param repository the git directory of its repository
   * @param commit the commit that is checked out
   */
  public record Content(Path repository, String commit) {}

  /** All that are complete, the most recently used first. */
  public List<Entry> all() {
    Set<Path> needed = needed();
    return ready(shared()).map(s -> Entry.of(s, needed)).toList();
  }

  private Stream<Shared> shared() {
    return Stream.concat(bases(), directories(home.stores()).stream().map(ObjectStore::new));
  }

  private Stream<PreparedBase> bases() {
    return directories(home.bases()).stream().map(PreparedBase::new);
  }

  private static <T extends Shared> Stream<T> ready(Stream<T> all) {
    return all.filter(Shared::isReady)
        .sorted(Comparator.<T, Instant>comparing(Shared::used).reversed());
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

  /** The directories that a task or a base needs. */
  private Set<Path> needed() {
    Set<Path> needed = new HashSet<>();
    for (Path task : directories(home.workspaces())) {
      Shared.of(task).map(Shared::directory).forEach(needed::add);
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
   * can use. That base is kept as long as the new one. A setup may depend on the network and the
   * machine as well, so one that ran longer ago than {@link #UNUSED_MAX} is not used, however
   * recently its base was.
   *
   * @param maker of the new base, which is checked out
   */
  Optional<PreparedBase> setUpBefore(
      String key, BasePreparation maker, ExclusiveLock.Patience patience) {
    Instant since = clock.instant().minus(UNUSED_MAX);
    for (PreparedBase base : ready(bases()).filter(b -> b.offersSetup(key, since)).toList()) {
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
        ready(bases())
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
   * Deletes what nobody needs, first those that were not used for long, then the least recently
   * used ones until the rest is small enough.
   *
   * @return those that were deleted
   */
  public List<Entry> collect(Duration unusedMax, long kibibytesMax) {
    List<Entry> deleted = new ArrayList<>();
    int before;
    do { // a base may be needed only by one that was deleted in this round
      before = deleted.size();
      deleted.addAll(collectUnneeded(clock.instant().minus(unusedMax), kibibytesMax));
    } while (deleted.size() > before);
    shared().filter(s -> !s.isReady()).forEach(this::delete); // left by a killed process
    return deleted;
  }

  private List<Entry> collectUnneeded(Instant usedBefore, long kibibytesMax) {
    List<Entry> deleted = new ArrayList<>();
    Set<Path> needed = needed();
    List<Shared> all = ready(shared()).toList();
    long total = all.stream().mapToLong(Shared::kibibytes).sum();
    for (Shared shared : all.reversed()) {
      Entry entry = Entry.of(shared, needed);
      boolean old = !entry.used().isAfter(usedBefore);
      if ((old || total > kibibytesMax) && delete(shared)) {
        deleted.add(entry);
        total -= entry.kibibytes();
      }
    }
    return deleted;
  }

  private boolean delete(Shared shared) {
    Optional<ExclusiveLock> lock =
        ExclusiveLock.tryTake(shared.lock(), "deletes what no task needs");
    if (lock.isEmpty()) {
      return false; // a task takes it just now
    }
    try (ExclusiveLock _ = lock.get()) {
      boolean unneeded = !needed().contains(shared.directory());
      if (unneeded) {
        Directories.delete(shared.directory());
      }
      return unneeded;
    }
  }
}

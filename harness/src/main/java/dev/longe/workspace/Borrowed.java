package dev.longe.workspace;

import dev.longe.home.Directories;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.ExclusiveLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the repositories of a task's trees borrow objects from. Layers borrow from the user's
 * objects, which are mounted at another path. Ordinary trees borrow from a store, so that nothing
 * in them names the user's repository. Not thread-safe; a task has one owner.
 */
public final class Borrowed {
  private final Path task;
  private final Repository repository;
  private final ObjectStore store;

  /** Another task may copy a large repository meanwhile. Own choice. */
  private ExclusiveLock.Patience patience =
      new ExclusiveLock.Patience(Duration.ofMinutes(10), () -> false, _ -> {});

  /**
   * @param task the task's own directory
   * @param stores the directory of all stores
   */
  Borrowed(Path task, Repository repository, Path stores) {
    this.task = task;
    this.repository = repository;
    this.store = ObjectStore.of(stores, repository);
  }

  /** The objects of the user's repository, and where the processes of layers see them. */
  public List<Confinement.Bind> binds() {
    List<Confinement.Bind> all = new ArrayList<>();
    for (Path from : repository.borrowed()) {
      Path at = task.resolve("objects").resolve(Integer.toString(all.size()));
      all.add(new Confinement.Bind(at, from, false));
    }
    return all;
  }

  /** The directory that ordinary trees borrow from. */
  public Path store() {
    return store.objects();
  }

  /**
   * Takes the store for the task. Call it before ordinary trees are made.
   *
   * @return whether the store is new
   */
  public boolean take(Instant now) {
    return store.take(Directories.made(task), repository.borrowed(), now, patience);
  }

  /** Says how long the task waits from now on for another process that changes the store. */
  public void waitWith(ExclusiveLock.Patience with) {
    patience = with;
  }

  /** Whether the task has what trees of its kind borrow from. */
  public boolean taken() {
    return PreparedBase.of(task).isPresent() || ObjectStore.of(task).equals(Optional.of(store));
  }

  /** The directories to borrow from, with all objects that the user's repository has now. */
  List<Path> current() {
    if (PreparedBase.of(task).isPresent()) {
      return binds().stream().map(Confinement.Bind::at).toList();
    }
    store.update(repository.borrowed(), patience);
    return List.of(store.objects());
  }
}

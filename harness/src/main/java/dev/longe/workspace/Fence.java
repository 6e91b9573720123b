package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A claim on a task that permits writing the task's refs in a shared repository. Each push also
 * moves the task's fence ref by compare-and-swap, in the same atomic push. A machine that has lost
 * the task can therefore not write its refs. Not thread-safe.
 */
public final class Fence {
  /** Maximum number of attempts when another machine claims the task at the same moment. */
  private static final int TRIES_MAX = 5;

  private final Remote remote;
  private final TaskId task;
  private final String words;
  private String stamp;

  private Fence(Remote remote, TaskId task, String words, String stamp) {
    this.remote = remote;
    this.task = task;
    this.words = words;
    this.stamp = stamp;
  }

  /** Thrown when another machine has claimed the task with a later generation. */
  public static final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fenced(TaskId task) {
      super("Another machine has " + task + " now; this machine can't write its refs any more.");
    }
  }

  /**
   * A ref update.
   *
   * @param commit the new value
   * @param from the value that the ref must have before the update; empty if it does not matter
   */
  public record Write(String ref, Commit commit, Optional<Commit> from) {}

  static Fence of(Remote remote, TaskId task, long generation, String machine) {
    String words = "generation " + generation + " of " + task + " on " + machine;
    for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
      Optional<Commit> there = remote.tip(fence(task));
      if (there.isPresent() && generationOf(remote, task, there.get()) > generation) {
        throw new Fenced(task);
      }
      String mine = stamp(remote, words);
      Git.Result answer =
          remote.reach(
              "push",
              "-q",
              "--force-with-lease=" + fence(task) + ":" + there.map(Commit::id).orElse(""),
              remote.url(),
              mine + ":" + fence(task));
      if (answer.ok() || remote.tip(fence(task)).filter(c -> c.id().equals(mine)).isPresent()) {
        return new Fence(remote, task, words, mine);
      }
      if (!answer.error().contains("rejected")) {
        throw remote.unreachable(answer);
      }
    }
    throw new Fault(
        "The fence of " + task + " was moved by other machines during every try to claim it.");
  }

  private static String fence(TaskId task) {
    return Refs.of(task) + "fence";
  }

  private static long generationOf(Remote remote, TaskId task, Commit stamp) {
    remote.fetch("+" + fence(task) + ":" + fence(task));
    String words = remote.asLonge().run("log", "-1", "--format=%s", stamp.id());
    return Long.parseLong(words.split(" ")[1]);
  }

  /** A new, unique commit for the fence ref. */
  private static String stamp(Remote remote, String words) {
    String empty = remote.asLonge().feed("", "mktree");
    return remote.asLonge().feed(words + "\n\n" + UUID.randomUUID() + "\n", "commit-tree", empty);
  }

  /**
   * Writes refs under this claim.
   *
   * @return why nothing was written; empty if all refs were written
   * @throws Fenced if another machine has claimed the task with a later generation
   */
  public Optional<String> push(List<Write> writes) {
    String next = stamp(remote, words);
    Git.Result answer = remote.reach(arguments(writes, next).toArray(String[]::new));
    Optional<Commit> fence = answer.ok() ? Optional.of(new Commit(next)) : remote.tip(fence(task));
    if (fence.filter(f -> f.id().equals(next)).isPresent()) {
      stamp = next;
      return Optional.empty();
    }
    if (fence.filter(f -> f.id().equals(stamp)).isEmpty()) {
      throw new Fenced(task);
    }
    if (answer.error().contains("stale info") || answer.error().contains("rejected")) {
      return Optional.of(Remote.lastLine(answer.error()));
    }
    throw remote.unreachable(answer);
  }

  private List<String> arguments(List<Write> writes, String next) {
    List<String> all =
        new ArrayList<>(
            List.of("push", "-q", "--atomic", "--force-with-lease=" + fence(task) + ":" + stamp));
    writes.forEach(
        w -> w.from().ifPresent(f -> all.add("--force-with-lease=" + w.ref() + ":" + f.id())));
    all.add(remote.url());
    all.add(next + ":" + fence(task));
    writes.forEach(
        w -> all.add((w.from().isPresent() ? "" : "+") + w.commit().id() + ":" + w.ref()));
    return all;
  }
}

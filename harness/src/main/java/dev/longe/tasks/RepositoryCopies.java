package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.effects.Installation;
import dev.longe.workspace.Remote;
import dev.longe.workspace.Repository;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The copies of the shared repositories on this machine. Safe for use by many threads. */
final class RepositoryCopies {
  private final Installation installation;
  private final Map<TaskId, Remote> copies = new ConcurrentHashMap<>();

  RepositoryCopies(Installation installation) {
    this.installation = installation;
  }

  /** The copy of the repository of a task. */
  Remote of(TaskId task, Source source) {
    return copies.computeIfAbsent(
        task,
        _ ->
            Remote.at(
                installation.sandbox(),
                source.repository(),
                installation.home().repository(source.repository()),
                installation.environment()));
  }

  /** Sends commits of the user's clone to the shared repository, under these refs. */
  void publish(Repository repository, Source source, Map<String, Commit> refs) {
    Remote.from(installation.sandbox(), repository, source.repository(), installation.environment())
        .publish(refs);
  }
}

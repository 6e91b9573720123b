package dev.longe.temporal;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.TaskState;
import dev.longe.effects.RealEffects;
import dev.longe.engine.Supervised;
import dev.longe.workspace.Fence;
import dev.longe.workspace.Remote;
import java.util.List;
import java.util.Optional;

/**
 * Lands on the shared repository: lands on this machine's copy as the embedded engine does, then
 * moves the shared ref with one fenced compare-and-swap. Repeats both if the target has moved
 * meanwhile.
 */
final class RemoteLanding {
  private static final int TRIES_MAX = 5;

  private final Remote remote;
  private final Fence claim;
  private final RealEffects effects;
  private final Supervised loop;
  private final TaskState task;
  private final Event.Accepted accepted;

  RemoteLanding(
      Remote remote,
      Fence claim,
      RealEffects effects,
      Supervised loop,
      TaskState task,
      Event.Accepted accepted) {
    this.remote = remote;
    this.claim = claim;
    this.effects = effects;
    this.loop = loop;
    this.task = task;
    this.accepted = accepted;
  }

  /** Lands; empty if a human's word ended it. */
  Optional<Event> land() {
    nameTheHuman();
    String last = "";
    for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
      Optional<Commit> before = target().flatMap(this::fetched);
      Optional<Event> outcome = effects.land(loop, task, accepted, List.of());
      if (outcome.isEmpty() || !(outcome.get() instanceof Event.Landed landed)) {
        return outcome;
      }
      if (before.isPresent() && before.equals(remote.here(landed.ref()))) {
        return outcome; // the target has the change already
      }
      Optional<String> refused =
          claim.push(List.of(new Fence.Write(landed.ref(), landed.commit(), before)));
      if (refused.isEmpty()) {
        return outcome;
      }
      last = refused.get();
    }
    return Optional.of(
        new Event.LandingRefused(
            "The shared repository refused the change %d times: %s".formatted(TRIES_MAX, last),
            List.of()));
  }

  private Optional<String> target() {
    return accepted.branchOnly() ? Optional.empty() : task.submitted().source().target();
  }

  private Optional<Commit> fetched(String branch) {
    String ref = "refs/heads/" + branch;
    RepositoryCache.alone(remote, () -> remote.fetchRef(ref));
    return remote.here(ref);
  }

  /** Sets the committer to the human who accepted the change, as on their own machine. */
  private void nameTheHuman() {
    int bracket = accepted.by().lastIndexOf(" <");
    if (bracket > 0 && accepted.by().endsWith(">")) {
      remote.commitAs(
          accepted.by().substring(0, bracket),
          accepted.by().substring(bracket + 2, accepted.by().length() - 1));
    }
  }
}

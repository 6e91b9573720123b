package dev.longe.temporal;

import dev.longe.agent.SessionFiles;
import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Source;
import dev.longe.core.TaskState;
import dev.longe.core.policy.Decision;
import dev.longe.effects.Installation;
import dev.longe.effects.RealEffects;
import dev.longe.engine.Supervised;
import dev.longe.journal.TimedEvent;
import dev.longe.sandbox.Sandbox;
import dev.longe.temporal.Messages.Job;
import dev.longe.temporal.Messages.Shipped;
import dev.longe.workspace.Fence;
import dev.longe.workspace.Remote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One task on this machine under one claim: its trees, its effects and its access to the shared
 * repository. Used by one thread at a time, except {@link #end}.
 */
final class ClaimedTask {
  private final long generation;
  private final Fence claim;
  private final Sandbox sandbox;
  private final Remote remote;
  private final RealEffects effects;
  private final SessionBundle bundle;
  private Optional<String> renamed = Optional.empty();
  private volatile boolean ended;

  /** The repository can't be reached from this machine. */
  static final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreachable(Fault why) {
      super(why.getMessage(), why);
    }
  }

  private ClaimedTask(Installation site, Job job, Sandbox sandbox, Remote remote, Fence claim) {
    this.generation = job.generation();
    this.claim = claim;
    this.sandbox = sandbox;
    this.remote = remote;
    this.effects = site.effects(sandbox);
    this.bundle = new SessionBundle(site.home(), remote, job.task());
  }

  /**
   * Takes a task under a claim. Fences all earlier claims, fetches the task's data from the shared
   * repository, and creates the trees unless those of the previous claim are still on this machine.
   *
   * @return empty if a human's word ended it
   */
  static Optional<ClaimedTask> take(Installation site, String machine, Job job, Supervised loop) {
    Sandbox sandbox = site.newSandbox();
    Source source = job.state().submitted().source();
    Remote remote =
        RepositoryCache.remote(site.home(), site.environment(), sandbox, source.repository());
    Fence claim;
    try {
      claim = remote.claim(job.task(), job.generation(), machine);
      RepositoryCache.alone(remote, () -> remote.fetch(job.task(), source.base()));
    } catch (Fault e) {
      throw new Unreachable(e);
    }
    ClaimedTask claimed = new ClaimedTask(site, job, sandbox, remote, claim);
    if (!claimed.bundle.stayed(job.generation()) && !claimed.arrive(job, loop)) {
      return Optional.empty();
    }
    claimed.bundle.mark(job.generation());
    return Optional.of(claimed);
  }

  private boolean arrive(Job job, Supervised loop) {
    TaskState task = here(job);
    if (!effects.arrive(loop, task)) {
      return false;
    }
    Optional<String> session = task.last().flatMap(Attempt::agentSession);
    if (session.isPresent() && session.equals(job.shipped().map(Shipped::session))) {
      renamed =
          bundle
              .session()
              .flatMap(archive -> sessions(task).map(s -> s.unpack(session.get(), archive)));
      renamed.ifPresent(bundle::rename);
    }
    return true;
  }

  private Optional<SessionFiles> sessions(TaskState task) {
    return effects.session(task).files();
  }

  long generation() {
    return generation;
  }

  RealEffects effects() {
    return effects;
  }

  /** The task, with this machine's copy as its repository instead of the shared one. */
  TaskState here(Job job) {
    return here(job, job.told().size());
  }

  private TaskState here(Job job, int events) {
    List<Event> all =
        new ArrayList<>(job.told().subList(0, events).stream().map(TimedEvent::event).toList());
    all.set(0, ((Event.Submitted) all.getFirst()).in(remote.copy().toString()));
    return TaskState.of(job.task(), all);
  }

  /** The task as it was before its last event. */
  TaskState before(Job job) {
    return here(job, job.told().size() - 1);
  }

  /** The start decision with the name that the session has on this machine. */
  Decision.Start named(Decision.Start start) {
    Optional<String> own = start.resume().flatMap(_ -> renamed.or(bundle::renamed));
    return new Decision.Start(
        start.attempt(),
        start.session(),
        start.agent(),
        start.spec(),
        start.move(),
        start.reason(),
        own.or(start::resume));
  }

  /**
   * Saves the candidate and the session bundle in the shared repository, and returns the candidate.
   */
  Messages.Saved snapshot(Job job) {
    TaskState task = here(job);
    Candidate candidate = effects.snapshot(task);
    Optional<String> session = task.last().flatMap(Attempt::agentSession);
    Optional<Shipped> shipped =
        session
            .filter(s -> bundle.pack(s, sessions(task)))
            .map(s -> new Shipped(s, candidate.number()));
    write(
        List.of(
            new Fence.Write(
                Remote.ref(job.task(), Integer.toString(candidate.number())),
                candidate.commit(),
                Optional.empty()),
            bundle.write()));
    return new Messages.Saved(candidate, shipped);
  }

  void ship() {
    write(List.of(bundle.write()));
  }

  private void write(List<Fence.Write> writes) {
    claim
        .push(writes)
        .ifPresent(why -> {
          throw new Fault("The shared repository refused the refs of the task: " + why);
        });
  }

  Optional<Event> land(Job job, Supervised loop, Event.Accepted accepted) {
    return new RemoteLanding(remote, claim, effects, loop, here(job), accepted).land();
  }

  void close(Job job) {
    TaskState task = here(job);
    task.landed().ifPresent(l -> RepositoryCache.alone(remote, () -> remote.fetchRef(l.ref())));
    RepositoryCache.alone(
        remote,
        () -> {
          remote.fetchNotes();
          effects.close(task);
          remote.pushNotes();
        });
    remote.remove(job.task());
    bundle.remove();
  }

  /** Ends every process of the task; returns when none is alive. */
  void end() {
    ended = true;
    sandbox.end();
  }

  boolean ended() {
    return ended;
  }
}

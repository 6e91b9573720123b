package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.Delivery;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Invariant;
import dev.longe.core.Loop;
import dev.longe.core.Policy;
import dev.longe.core.Source;
import dev.longe.core.policy.Readiness;
import dev.longe.effects.Installation;
import dev.longe.intake.AgentsFile;
import dev.longe.intake.InvariantsFile;
import dev.longe.intake.LoopFile;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks one request. All its problems are found and reported together, before any money is spent.
 */
final class Admission {
  private static final int TEXT_CHARS_MAX = 100_000;

  private final JournaledTasks tasks;
  private final Installation installation;
  private final TaskRequest request;
  private final AdmissionFindings found = new AdmissionFindings();

  Admission(JournaledTasks tasks, TaskRequest request) {
    this.tasks = tasks;
    this.installation = tasks.installation();
    this.request = request;
  }

  /** The task to be put into the queue. */
  private record Admitted(Repository repository, Event.Submitted submitted, Event.Framed frame) {}

  /**
   * Puts the task into the queue, if nothing is wrong with it.
   *
   * @throws dev.longe.core.Fault if the repository can't be used
   */
  Submission submit() {
    Optional<String> text = text();
    Optional<Admitted> admitted =
        found.reading(installation::agents).flatMap(agents -> admitted(text, agents));
    if (admitted.isEmpty() || !found.isEmpty()) {
      return found.refused();
    }
    Admitted a = admitted.get();
    Commit base = a.submitted().source().base();
    if (a.submitted().source().target().isEmpty()) {
      found.note(new Note.DetachedHead());
    }
    int dirty = a.repository().dirtyFiles();
    if (dirty > 0) {
      found.note(new Note.UncommittedFiles(dirty, base));
    }
    List<String> filters = a.repository().filters(base);
    if (!filters.isEmpty()) {
      found.note(new Note.Filters(filters));
    }
    return new Submission.Queued(
        tasks.queue(a.repository(), a.submitted(), a.frame(), request.labels(), Map.of()),
        found.notes());
  }

  private Optional<String> text() {
    String text = request.text().strip();
    if (text.isEmpty()) {
      found.option("TASK", "is empty; describe what to do");
      return Optional.empty();
    }
    if (request.text().length() > TEXT_CHARS_MAX) {
      found.option("TASK", "has more than " + TEXT_CHARS_MAX + " characters");
    }
    return Optional.of(text);
  }

  private Optional<Admitted> admitted(Optional<String> text, AgentsFile agents) {
    Path directory = request.directory().resolve(request.repository()).normalize();
    // Opened again, because a repository that is already open has an older head.
    Optional<Repository> opened = opened(directory);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Repository repository = opened.get();
    Commit base = repository.head();
    repository.refuseReadOnly(base);
    Optional<String> address = found.reading(() -> tasks.address(repository));
    found.all(tasks.labelProblems(request.labels()));
    List<Invariant> invariants =
        repository
            .read(base, InvariantsFile.PATH)
            .flatMap(t -> found.reading(() -> InvariantsFile.parse(InvariantsFile.PATH, t)))
            .orElse(List.of());
    return loop(repository, base, agents)
        .flatMap(read -> {
          Loop loop = resolved(read.loop(), repository, base);
          text.ifPresent(t -> checkReadiness(t, loop, read.delivery().readiness()));
          Optional<Source> source = address.map(a -> new Source(a, repository.branch(), base));
          Event.Framed frame = new Event.Framed(read.delivery(), invariants);
          return source.flatMap(from ->
              text.map(t -> new Admitted(repository, new Event.Submitted(t, from, loop), frame)));
        });
  }

  /** The repository; empty if it can't be used. */
  private Optional<Repository> opened(Path directory) {
    try {
      return Optional.of(
          Repository.at(installation.sandbox(), directory, installation.environment().basic()));
    } catch (Fault e) {
      found.problem("repository", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The loop with the overrides of the request; empty if it is invalid. */
  private Optional<LoopFile.Parsed> loop(Repository repository, Commit base, AgentsFile agents) {
    Optional<Optional<LoopFiles.Named>> named =
        found.reading(() -> new LoopFiles(installation).named(request.loop(), repository, base));
    if (named.isEmpty()) {
      found.all(request.overrides().malformed(agents));
      return Optional.empty();
    }
    Optional<LoopFiles.Named> loop = named.get();
    loop.flatMap(LoopFiles.Named::outsideBase)
        .ifPresent(file -> found.note(new Note.LoopOutsideBase(file, base)));
    Optional<LoopFile.Parsed> read = loop.map(LoopFiles.Named::read);
    return found
        .reading(() -> request.overrides().over(read.map(LoopFile.Parsed::loop), agents))
        .map(l ->
            new LoopFile.Parsed(l, read.map(LoopFile.Parsed::delivery).orElse(Delivery.DEFAULT)));
  }

  private Loop resolved(Loop loop, Repository repository, Commit base) {
    List<String> files = repository.files(base);
    AgentResolution agents =
        new AgentResolution(
            installation, found, tasks.runsHere(), request.directory(), Set.copyOf(files));
    return new LoopResolution(installation, found, agents, tasks.runsHere())
        .of(loop, repository, files);
  }

  /** Reports what the task leaves open: as a note, or as a problem if the loop says so. */
  private void checkReadiness(String text, Loop loop, Delivery.ReadinessRule readiness) {
    for (Readiness.Question question : Readiness.of(text, loop, Policy.DEFAULT)) {
      switch (readiness) {
        case WARN -> found.note(new Note.OpenQuestion(question));
        case GATE -> found.problem("readiness", question.toString());
      }
    }
  }
}

package dev.longe.cli;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Loop;
import dev.longe.core.Policy;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.intake.InvalidInput;
import dev.longe.workspace.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts tasks into the queue of the engine that the user names. */
final class Entrance {
  private final App app;
  private final Repository repository;
  private final Commit base;

  Entrance(App app, Repository repository, Commit base) {
    this.app = app;
    this.repository = repository;
    this.base = base;
  }

  TaskId submit(String text, Loop loop, Event.Framed frame, List<String> labels) {
    if (app.far().isPresent()) {
      return far(app.far().get(), text, loop, frame, labels);
    }
    if (!labels.isEmpty()) {
      throw InvalidInput.option(
          "--label", "asks for a worker, and this machine works alone; see LONGE_ENGINE");
    }
    Source source = new Source(repository.top().toString(), repository.branch(), base);
    TaskState task =
        app.journal()
            .submit(
                new Event.Submitted(text, source, loop),
                app.ids(),
                app.now(),
                frame,
                new Event.PolicySet(Policy.DEFAULT));
    repository.holdBase(task.id(), base);
    return task.id();
  }

  private TaskId far(Far far, String text, Loop loop, Event.Framed frame, List<String> labels) {
    String url =
        repository
            .sharedAt()
            .orElseThrow(() ->
                InvalidInput.option(
                    "repository",
                    repository.top()
                        + " has no remote, and workers need one to fetch from; run «git remote add"
                        + " origin URL»"));
    List<Event> rest = new ArrayList<>(List.of(frame, new Event.PolicySet(Policy.DEFAULT)));
    if (!labels.isEmpty()) {
      rest.add(new Event.Placed(labels));
    }
    Source source = new Source(url, repository.branch(), base);
    return far.submit(repository, new Event.Submitted(text, source, loop), rest, Map.of());
  }
}

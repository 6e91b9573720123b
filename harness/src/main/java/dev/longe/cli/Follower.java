package dev.longe.cli;

import dev.longe.agent.AgentEvent;
import dev.longe.core.Attempt;
import dev.longe.core.Event;
import dev.longe.core.Spans;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.effects.Spectator;
import dev.longe.journal.JournalEntry;
import dev.longe.report.Narration;
import dev.longe.report.Prices;
import dev.longe.report.Views;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Prints a task's events as they appear in the journal, from any process. Used by one thread,
 * except {@link #saw} and {@link #told}.
 */
final class Follower implements Spectator {
  private static final int STATUS_CHARS = 100;
  private static final int WORDS_CHARS = 120;

  private final App app;
  private final TaskId task;
  private final boolean json;
  private final Narration narration;
  private int told;
  private boolean refusals = true;
  private Optional<TaskState> state = Optional.empty();
  private Instant attemptSince = Instant.EPOCH;
  private Instant setupTold = Instant.EPOCH;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private volatile String doing = "";
  private volatile String lastWords = "";

  Follower(App app, TaskId task, boolean json) {
    this.app = app;
    this.task = task;
    this.json = json;
    this.narration = new Narration(app.style());
  }

  /** Skips the events that exist already. */
  Follower fromNow() {
    List<JournalEntry> entries = app.tasks().entries(task);
    told = entries.size();
    state = Optional.of(TaskState.of(task, entries.stream().map(JournalEntry::event).toList()));
    return this;
  }

  /** Leaves out refused landings, which the caller reports. */
  Follower withoutRefusals() {
    refusals = false;
    return this;
  }

  /** Prints new events. */
  void tell() {
    for (JournalEntry entry : app.tasks().entriesAfter(task, told)) {
      TaskState before =
          state.isPresent() ? state.get() : TaskState.of(task, List.of(entry.event()));
      clearStatus();
      if (json) {
        app.out().println(Views.event(entry));
      } else {
        if (entry.event() instanceof Event.AttemptEnded && !lastWords.isBlank()) {
          app.out()
              .println(
                  "           "
                      + app.style()
                          .dim("the agent says: «" + Text.clip(lastWords, WORDS_CHARS) + "»"));
        }
        if (refusals || !(entry.event() instanceof Event.LandingRefused)) {
          narration.tell(before, entry.event()).forEach(app.out()::println);
        }
      }
      if (entry.event() instanceof Event.AttemptStarted) {
        attemptSince = entry.at();
        doing = "";
        lastWords = "";
      }
      state = Optional.of(state.isPresent() ? before.after(entry.event()) : before);
      told = entry.n();
    }
    for (String line = lines.poll(); line != null; line = lines.poll()) {
      clearStatus();
      app.err().println(line);
    }
    app.out().flush();
    status();
  }

  /** Prints a status line about the running attempt; on a terminal only. */
  private void status() {
    if (json || !app.terminal()) {
      return;
    }
    Optional<Attempt> running = state.flatMap(TaskState::running);
    if (running.isPresent()) {
      status(
          "%s · %s · %s"
              .formatted(
                  Spans.shown(
                      Duration.ofSeconds(Duration.between(attemptSince, app.now()).toSeconds())),
                  Prices.tokens(running.get().usage().tokens().counted()),
                  doing));
    } else {
      app.tasks().setup(task).ifPresent(setup -> status(setup.shown(app.now())));
    }
  }

  private void status(String line) {
    PrintStream out = app.out();
    out.print("\r\033[K" + app.style().dim(Text.clip("           " + line, STATUS_CHARS)));
    out.flush();
  }

  /** Tells once of a setup that runs in another process. */
  void tellSetup() {
    if (json) {
      return;
    }
    app.tasks()
        .setup(task)
        .filter(s -> s.since().isAfter(setupTold))
        .ifPresent(s -> {
          setupTold = s.since();
          clearStatus();
          app.out().println("setup      " + s.command() + ": " + s.shown(app.now()));
          app.out().println("           tail -f " + s.output());
        });
  }

  void clearStatus() {
    if (!json && app.terminal()) {
      app.out().print("\r\033[K");
    }
  }

  @Override
  public void told(TaskId of, String line) {
    lines.add(line);
  }

  @Override
  public void saw(TaskId seen, AgentEvent event) {
    if (seen.equals(task)) {
      switch (event) {
        case AgentEvent.Said s -> {
          doing = Text.firstLine(s.text());
          lastWords = doing;
        }
        case AgentEvent.ToolCalled c -> doing = c.tool() + " " + Text.firstLine(c.detail());
        case AgentEvent.Started _,
            AgentEvent.ToolReturned _,
            AgentEvent.Used _,
            AgentEvent.Raw _ -> {}
      }
    }
  }
}

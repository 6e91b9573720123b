package dev.longe.cli;

import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.journal.TaskRow;
import dev.longe.report.Style;
import dev.longe.report.Views;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe ls}: all tasks. */
@Command(name = "ls")
final class LsCommand implements Callable<Integer> {
  private static final int TITLE = 60;
  private static final int STATE = 12;
  private static final int REASON = 19;
  private static final int ATTEMPTS = 3;
  private static final int COST = 10;

  /** The states of a task on which a process should be working. */
  private static final Set<String> BEGAN =
      Set.of(State.PREPARING.word(), State.ATTEMPTING.word(), State.CHECKING.word());

  private final App app;

  @Option(names = "--json", description = "Print a JSON array of all tasks.")
  boolean json;

  @Option(
      names = {"-a", "--all"},
      description = "List landed and discarded tasks too.")
  boolean all;

  LsCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    if (json) {
      app.out().println(Views.list(app.tasks().rows()));
      return ExitCode.OK.code();
    }
    List<TaskRow> shown = app.tasks().list(all);
    if (shown.isEmpty()) {
      app.out()
          .println(
              all
                  ? "No tasks yet. «longe run» creates one."
                  : "No open tasks; -a lists closed tasks too.");
    }
    Style style = app.style();
    StringBuilder text = new StringBuilder();
    if (app.terminal() && !shown.isEmpty()) {
      text.append(style.bold(heading())).append('\n');
    }
    for (TaskRow line : shown) {
      text.append(style.bold(line.id().text())).append("  ");
      state(style, text, line.state());
      pad(text, line.reason().orElse(""), REASON);
      right(text, Integer.toString(line.attempts()), ATTEMPTS);
      right(text, line.costUnknown() ? "$?" : line.known().toString(), COST);
      text.append("  ").append(Text.clip(line.title(), TITLE));
      String waits = waits(line);
      if (!waits.isEmpty()) {
        text.append(" [").append(waits).append(']');
      }
      text.append('\n');
    }
    app.out().print(text);
    return ExitCode.OK.code();
  }

  private static String heading() {
    StringBuilder text = new StringBuilder();
    pad(text, "task", TaskId.LENGTH + 2);
    pad(text, "state", STATE);
    pad(text, "reason", REASON + ATTEMPTS - "attempts".length());
    text.append("attempts");
    right(text, "cost", COST);
    return text.append("  text").toString();
  }

  /** Why no process works on a task that began to work and could continue; empty if one does. */
  private String waits(TaskRow line) {
    boolean began = BEGAN.contains(line.state());
    return began && line.waits().isEmpty() && app.tasks().abandoned(line.id())
        ? "nothing works on it now"
        : line.waits();
  }

  private static void pad(StringBuilder text, String word, int width) {
    text.append(word).repeat(' ', Math.max(1, width - word.length()));
  }

  private static void right(StringBuilder text, String word, int width) {
    text.repeat(' ', Math.max(1, width - word.length())).append(word);
  }

  private static void state(Style style, StringBuilder text, String state) {
    String shown =
        switch (state) {
          case "proposed", "landed" -> style.good(state);
          case "asking", "waiting" -> style.note(state);
          case "stopped" -> style.bad(state);
          default -> state;
        };
    text.append(shown).repeat(' ', STATE - state.length());
  }
}

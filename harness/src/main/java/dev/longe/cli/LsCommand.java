package dev.longe.cli;

import dev.longe.core.Text;
import dev.longe.journal.TaskRow;
import dev.longe.report.Style;
import dev.longe.report.Views;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe ls}: all tasks. */
@Command(name = "ls")
final class LsCommand implements Callable<Integer> {
  private static final int TITLE = 60;

  private final App app;

  @Option(names = "--json", description = "All tasks as a JSON array.")
  boolean json;

  @Option(
      names = {"-a", "--all"},
      description = "Landed and discarded tasks too.")
  boolean all;

  LsCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    List<TaskRow> rows = app.journal().rows();
    if (json) {
      app.out().println(Views.list(rows));
      return ExitCode.OK.code();
    }
    List<TaskRow> shown =
        rows.stream()
            .filter(r -> all || !(r.state().equals("landed") || r.state().equals("discarded")))
            .toList();
    if (shown.isEmpty()) {
      app.out()
          .println(
              rows.isEmpty()
                  ? "No tasks yet. «longe run» makes one."
                  : "No open tasks; -a shows all.");
    }
    StringBuilder text = new StringBuilder();
    shown.forEach(r -> text.append(line(app.style(), r)).append('\n'));
    app.out().print(text);
    return ExitCode.OK.code();
  }

  private static String line(Style style, TaskRow r) {
    String cost = r.costSource().equals("unknown") ? "$?" : r.known().toString();
    return String.format(
        Locale.ROOT,
        "%s  %s  %-17s  %2d  %8s  %s",
        style.bold(r.id()),
        state(style, r.state()),
        r.reason().orElse(""),
        r.attempts(),
        cost,
        Text.clip(r.title(), TITLE));
  }

  private static String state(Style style, String state) {
    String padded = String.format(Locale.ROOT, "%-10s", state);
    return switch (state) {
      case "proposed", "landed" -> style.good(padded);
      case "asking", "waiting" -> style.note(padded);
      case "stopped" -> style.bad(padded);
      default -> padded;
    };
  }
}

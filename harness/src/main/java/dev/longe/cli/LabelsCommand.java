package dev.longe.cli;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import dev.longe.report.Labels;
import dev.longe.report.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe labels}: lists the judges' verdicts with the humans' later decisions. */
@Command(name = "labels")
final class LabelsCommand implements Callable<Integer> {
  private final App app;

  @Option(names = "--json", description = "Print a JSON array.")
  boolean json;

  LabelsCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    List<Labels.Label> labels = new ArrayList<>();
    for (TaskRow row : app.tasks().rows()) {
      TaskId task = row.id();
      List<Event> events = app.tasks().entries(task).stream().map(JournalEntry::event).toList();
      labels.addAll(Labels.of(task, events));
    }
    if (json) {
      app.out().println(Views.json(labels));
    } else if (labels.isEmpty()) {
      app.out().println("No judge has given an opinion yet.");
    } else {
      labels.forEach(l ->
          app.out()
              .printf(
                  "%s  %-11s  %-8s  %s%n",
                  l.task(), l.answer(), l.human().isEmpty() ? "-" : l.human(), l.criterion()));
    }
    return ExitCode.OK.code();
  }
}

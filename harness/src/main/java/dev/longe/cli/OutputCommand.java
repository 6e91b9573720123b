package dev.longe.cli;

import dev.longe.core.Attempt;
import dev.longe.core.Event;
import dev.longe.core.Spans;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.intake.InvalidInput;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe output}: what the checks of an attempt printed. */
@Command(name = "output")
final class OutputCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  private final App app;

  @Parameters(
      index = "0",
      paramLabel = "TASK",
      description = "The id of a task, or its first characters.")
  String task = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CHECK",
      description = "The name of a check, or its first characters. Default: all that ran.")
  Optional<String> check = Optional.empty();

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "The number of an attempt. Default: the newest one with a check that ran.")
  Optional<Integer> attempt = Optional.empty();

  OutputCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    TaskState state = app.state(app.task(task));
    List<Event.Checked> all = attempt(state).checked();
    boolean exact = all.stream().anyMatch(c -> check.filter(name(c)::equals).isPresent());
    List<Event.Checked> wanted =
        all.stream()
            .filter(c -> check.map(exact ? name(c)::equals : name(c)::startsWith).orElse(true))
            .toList();
    if (wanted.isEmpty()) {
      throw InvalidInput.option(
          "CHECK",
          "no check «%s» ran; these did: %s"
              .formatted(
                  Text.visible(check.orElse("")),
                  Text.list(all.stream().map(OutputCommand::name).distinct().toList(), SHOWN)));
    }
    wanted.forEach(c -> print(state, c));
    return ExitCode.OK.code();
  }

  private static String name(Event.Checked checked) {
    return checked.verdict().check().text();
  }

  private Attempt attempt(TaskState state) {
    if (attempt.isPresent()) {
      int n = attempt.get();
      return state.attempts().stream()
          .filter(a -> a.number() == n)
          .filter(a -> !a.checked().isEmpty())
          .findFirst()
          .orElseThrow(() ->
              InvalidInput.option("--attempt", "no check ran on a candidate of attempt " + n));
    }
    return state.attempts().stream()
        .filter(a -> !a.checked().isEmpty())
        .reduce((_, later) -> later)
        .orElseThrow(() ->
            InvalidInput.option("TASK", "no check ran on a candidate of " + state.id() + " yet"));
  }

  private void print(TaskState state, Event.Checked c) {
    app.out()
        .println(
            app.style()
                .note(
                    "== %s: %s, exit %d in %s, attempt %d, receipt %s"
                        .formatted(
                            name(c),
                            c.verdict().word(),
                            c.receipt().exit(),
                            Spans.shown(c.receipt().took()),
                            c.attempt(),
                            c.receipt().id())));
    app.tasks().receipt(state, c.receipt().id(), app.out()::println);
  }
}

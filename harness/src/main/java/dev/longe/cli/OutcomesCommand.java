package dev.longe.cli;

import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.Money;
import dev.longe.core.State;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import dev.longe.report.Style;
import dev.longe.report.Views;
import dev.longe.review.OutcomeFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe outcomes}: what became of landed changes, and what they cost. */
@Command(name = "outcomes")
final class OutcomesCommand implements Callable<Integer> {
  private static final int TITLE = 50;

  /** What has stood this long is no longer looked for in the history; own choice. */
  private static final Duration LOOK_BACK = Duration.ofDays(90);

  private final App app;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  OutcomesCommand(App app) {
    this.app = app;
  }

  /** A landed task. */
  private record Line(
      TaskState task, Instant landed, Duration reviewed, boolean waived, String fate) {}

  @Override
  public Integer call() {
    List<Line> lines = new ArrayList<>();
    Money spent = Money.ZERO;
    boolean unknown = false;
    int rejected = 0;
    for (TaskRow row : app.tasks().rows()) {
      TaskState task = app.state(row.id());
      spent = spent.plus(task.spent().cost().known());
      unknown |= task.spent().cost() instanceof Cost.Unknown;
      List<JournalEntry> entries = app.tasks().entries(task.id());
      rejected += (int) entries.stream().filter(e -> e.event() instanceof Event.Rejected).count();
      if (task.state() == State.LANDED) {
        lines.add(line(task, entries));
      }
    }
    Map<String, Object> sums = sums(lines, spent, unknown, rejected);
    if (json) {
      sums.put("changes", lines.stream().map(OutcomesCommand::data).toList());
      app.out().println(Views.json(sums));
    } else {
      tell(lines, sums);
    }
    return ExitCode.OK.code();
  }

  private Line line(TaskState task, List<JournalEntry> entries) {
    Instant landed =
        entries.stream()
            .filter(e -> e.event() instanceof Event.Landed)
            .map(JournalEntry::at)
            .findFirst()
            .orElseThrow();
    List<Event.Outcome> outcomes = new ArrayList<>(task.outcomes());
    boolean recent = landed.isAfter(app.now().minus(LOOK_BACK));
    if (recent && Files.isDirectory(Path.of(task.submitted().source().repository()))) {
      OutcomeFinder.of(
              app.installation().repository(Path.of(task.submitted().source().repository())),
              task,
              landed)
          .ifPresent(o -> {
            Outcomes.keep(app, task.id(), o);
            outcomes.add(o);
          });
    }
    Duration reviewed =
        task.reviews().stream().map(Event.Reviewed::took).reduce(Duration.ZERO, Duration::plus);
    boolean waived =
        task.reviews().stream()
            .flatMap(r -> r.insights().stream())
            .anyMatch(i -> i.kind() == Insight.Kind.WAIVED);
    String fate =
        outcomes.isEmpty() ? "accepted" : outcomes.getLast().fate().name().toLowerCase(Locale.ROOT);
    return new Line(task, landed, reviewed, waived, fate);
  }

  private static Map<String, Object> sums(
      List<Line> lines, Money spent, boolean unknown, int rejected) {
    long standing = lines.stream().filter(l -> l.fate().equals("accepted")).count();
    Map<String, Object> sums = new LinkedHashMap<>();
    sums.put("landed", lines.size());
    sums.put("standing", standing);
    sums.put("reverted", lines.stream().filter(l -> l.fate().equals("reverted")).count());
    sums.put("rewritten", lines.stream().filter(l -> l.fate().equals("rewritten")).count());
    sums.put("rejections", rejected);
    sums.put("waived", lines.stream().filter(Line::waived).count());
    sums.put("usdAtLeast", spent.dollars());
    sums.put("costUnknown", unknown);
    sums.put(
        "usdPerStandingChange",
        standing == 0 ? "" : new Money(spent.micros() / standing).dollars());
    sums.put(
        "reviewerMinutes",
        Math.round(lines.stream().mapToLong(l -> l.reviewed().toSeconds()).sum() / 60.0));
    return sums;
  }

  private static Map<String, Object> data(Line l) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("task", l.task().id().text());
    m.put("landed", l.landed());
    m.put("commit", l.task().landed().orElseThrow().commit().id());
    m.put("fate", l.fate());
    m.put("waived", l.waived());
    m.put("reviewerSeconds", l.reviewed().toSeconds());
    m.put("usdAtLeast", l.task().spent().cost().known().dollars());
    return m;
  }

  private void tell(List<Line> lines, Map<String, Object> sums) {
    Style style = app.style();
    for (Line l : lines) {
      String fate = "%-10s".formatted(l.fate());
      app.out()
          .println(
              style.bold(l.task().id().text())
                  + "  "
                  + (l.fate().equals("accepted") ? style.good(fate) : style.bad(fate))
                  + "  "
                  + l.landed().toString().substring(0, 10)
                  + "  "
                  + "%-7s".formatted(l.waived() ? "waived" : "")
                  + Text.clip(Text.firstLine(l.task().submitted().text()), TITLE));
    }
    if (lines.isEmpty()) {
      app.out().println("Nothing has landed yet.");
      return;
    }
    app.out().println();
    app.out()
        .printf(
            Locale.ROOT,
            "%s landed: %s stand, %s reverted, %s rewritten within %d days; %s rejections; %s"
                + " waived%n",
            sums.get("landed"),
            sums.get("standing"),
            sums.get("reverted"),
            sums.get("rewritten"),
            OutcomeFinder.SOON.toDays(),
            sums.get("rejections"),
            sums.get("waived"));
    boolean unknown = Boolean.TRUE.equals(sums.get("costUnknown"));
    app.out()
        .printf(
            Locale.ROOT,
            "$%s spent on all tasks%s, $%s for each change that stands; %s minutes of review%n",
            sums.get("usdAtLeast"),
            unknown ? " at least, some cost is unknown" : "",
            sums.get("usdPerStandingChange"),
            sums.get("reviewerMinutes"));
  }
}

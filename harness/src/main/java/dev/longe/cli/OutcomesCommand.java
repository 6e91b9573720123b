package dev.longe.cli;

import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.Text;
import dev.longe.report.Style;
import dev.longe.report.Views;
import dev.longe.review.OutcomeFinder;
import dev.longe.tasks.OutcomeReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe outcomes}: shows the outcomes of landed changes, and what they cost. */
@Command(name = "outcomes")
final class OutcomesCommand implements Callable<Integer> {
  private static final int TITLE = 50;

  private final App app;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  OutcomesCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    OutcomeReport report = app.tasks().outcomes();
    if (json) {
      app.out().println(Views.json(data(report)));
    } else {
      tell(report);
    }
    return ExitCode.OK.code();
  }

  private static String fate(OutcomeReport.LandedChange change) {
    return change.fate().map(f -> f.name().toLowerCase(Locale.ROOT)).orElse("accepted");
  }

  private static Object perStandingChange(OutcomeReport report) {
    return report.perStandingChange().<Object>map(Money::dollars).orElse("");
  }

  private static long minutes(OutcomeReport report) {
    return Math.round(report.reviewed().toSeconds() / 60.0);
  }

  private static Map<String, Object> data(OutcomeReport report) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("landed", report.changes().size());
    all.put("standing", report.standing());
    all.put("reverted", report.met(Event.Outcome.Fate.REVERTED));
    all.put("rewritten", report.met(Event.Outcome.Fate.REWRITTEN));
    all.put("rejections", report.rejections());
    all.put("waived", report.waived());
    all.put("usdAtLeast", report.spent().known().dollars());
    all.put("costUnknown", report.spent() instanceof Cost.Unknown);
    all.put("usdPerStandingChange", perStandingChange(report));
    all.put("reviewerMinutes", minutes(report));
    all.put("changes", report.changes().stream().map(OutcomesCommand::data).toList());
    return all;
  }

  private static Map<String, Object> data(OutcomeReport.LandedChange c) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("task", c.task().id().text());
    m.put("landed", c.landed());
    m.put("commit", c.task().landed().orElseThrow().commit().id());
    m.put("fate", fate(c));
    m.put("waived", c.waived());
    m.put("reviewerSeconds", c.reviewed().toSeconds());
    m.put("usdAtLeast", c.task().spent().cost().known().dollars());
    return m;
  }

  private void tell(OutcomeReport report) {
    if (app.terminal() && !report.changes().isEmpty()) {
      app.out()
          .println(
              app.style()
                  .bold(
                      "%-7s%-12s%-12s%-7s%s"
                          .formatted("task", "outcome", "landed", "review", "text")));
    }
    report.changes().forEach(this::tell);
    if (report.changes().isEmpty()) {
      app.out().println("Nothing has landed yet.");
      return;
    }
    app.out().println();
    app.out()
        .printf(
            Locale.ROOT,
            "%s landed: %s kept, %s reverted, %s rewritten within %d days; %s rejections; %s"
                + " waived%n",
            report.changes().size(),
            report.standing(),
            report.met(Event.Outcome.Fate.REVERTED),
            report.met(Event.Outcome.Fate.REWRITTEN),
            OutcomeFinder.SOON.toDays(),
            report.rejections(),
            report.waived());
    app.out()
        .printf(
            Locale.ROOT,
            "%s spent on all tasks%s, %s for each kept change; %s minutes of review%n",
            report.spent().known(),
            report.spent() instanceof Cost.Unknown ? " (at least; some cost is unknown)" : "",
            report.perStandingChange().map(Money::toString).orElse("–"),
            minutes(report));
  }

  private void tell(OutcomeReport.LandedChange c) {
    Style style = app.style();
    String fate = "%-10s".formatted(fate(c));
    app.out()
        .println(
            style.bold(c.task().id().text())
                + "  "
                + (c.fate().isEmpty() ? style.good(fate) : style.bad(fate))
                + "  "
                + c.landed().toString().substring(0, 10)
                + "  "
                + "%-7s".formatted(c.waived() ? "waived" : "")
                + Text.clip(Text.firstLine(c.task().submitted().text()), TITLE));
  }
}

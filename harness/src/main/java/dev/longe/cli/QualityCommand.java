package dev.longe.cli;

import dev.longe.quality.Delta;
import dev.longe.quality.Finding;
import dev.longe.quality.Measure;
import dev.longe.quality.Metrics;
import dev.longe.quality.Quality;
import dev.longe.quality.QualityReport;
import dev.longe.quality.Rule;
import dev.longe.report.Style;
import dev.longe.report.Views;
import dev.longe.tasks.QualityComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe quality}: measures of a repository, and what a change adds to them. */
@Command(name = "quality")
final class QualityCommand implements Callable<Integer> {
  private static final int SHOWN = 40;

  private final App app;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BASE",
      description =
          "The commit to compare the work tree with. Default: show all findings, compare nothing.")
  Optional<String> base = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "COMMIT",
      description = "Measure this commit instead of the work tree.")
  Optional<String> at = Optional.empty();

  @Mixin RepositoryOption where = new RepositoryOption();

  @Option(names = "--json", description = "Print the measures and all findings as JSON.")
  boolean json;

  @Option(names = "--sarif", description = "Print all findings as SARIF 2.1.0.")
  boolean sarif;

  @Option(
      names = "--fail",
      description = "Exit with 12 if the change adds code that hides an error.")
  boolean fail;

  QualityCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    QualityComparison compared =
        QualityComparison.of(app.installation(), where.directory(app), base, at);
    Metrics candidate = compared.candidate();
    Metrics before = compared.before();
    Delta delta = compared.delta();
    if (sarif) {
      app.out().println(Views.json(QualityReport.sarif(delta)));
    } else if (json) {
      app.out().println(Views.json(data(before, candidate, delta)));
    } else {
      table(before, candidate);
      compared.addedLines().ifPresent(added -> density(added, delta));
      findings(delta);
      unmeasured(candidate);
    }
    boolean hides = delta.added().stream().anyMatch(QualityCommand::hides);
    return fail && hides ? ExitCode.NO_WAY.code() : ExitCode.OK.code();
  }

  private static boolean hides(Finding s) {
    return s.rule().family() == Rule.Family.HIDING && !Quality.isTest(s.path());
  }

  private static Map<String, Object> data(Metrics before, Metrics candidate, Delta delta) {
    List<Object> findings = new ArrayList<>();
    delta.added().forEach(s -> findings.add(QualityReport.smell("added", s)));
    delta.worsened().forEach(s -> findings.add(QualityReport.smell("worsened", s)));
    delta.resolved().forEach(s -> findings.add(QualityReport.smell("resolved", s)));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("measures", QualityReport.measures(before, candidate));
    all.put("languages", candidate.languages());
    all.put("unmeasured", candidate.skipped());
    all.put("findings", findings);
    return all;
  }

  private void table(Metrics before, Metrics candidate) {
    Style style = app.style();
    app.out()
        .println(
            style.bold(
                base.map(b -> "%-16s%12s%12s%12s  ".formatted("measure", b, "now", "change"))
                    .orElse("%-16s%12s  ".formatted("measure", "now"))));
    for (Measure m : Measure.values()) {
      String now = shown(m, candidate.measure(m));
      double change = candidate.measure(m) - before.measure(m);
      String row =
          base.isEmpty()
              ? "%-16s%12s".formatted(m.code(), now)
              : "%-16s%12s%12s%12s"
                  .formatted(
                      m.code(),
                      shown(m, before.measure(m)),
                      now,
                      change == 0 ? "" : (change > 0 ? "+" : "") + shown(m, change));
      boolean worse = base.isPresent() && m.moreIsWorse() && change > 0;
      app.out().println((worse ? style.note(row) : row) + "  " + style.dim(m.meaning()));
    }
  }

  private static String shown(Measure m, double value) {
    return m == Measure.EROSION ? "%.3f".formatted(value) : "%,.0f".formatted(value);
  }

  /** Defaults per 1,000 added lines: the density of a change, independent of its size. */
  private void density(int added, Delta delta) {
    long fallbacks = delta.added().stream().filter(s -> s.rule() == Rule.DEFAULT_FALLBACK).count();
    if (added > 0) {
      app.out()
          .printf(
              Locale.ROOT,
              "%nfallbacks: %d in %,d added lines, %.1f per 1,000%n",
              fallbacks,
              added,
              1_000.0 * fallbacks / added);
    }
  }

  private void findings(Delta delta) {
    Style style = app.style();
    if (base.isPresent()) {
      section(style.bad("added"), delta.added());
      section(style.note("worsened"), delta.worsened());
      section(style.good("resolved"), delta.resolved());
    } else {
      section("found", delta.added());
    }
  }

  private void section(String title, List<Finding> smells) {
    if (smells.isEmpty()) {
      return;
    }
    app.out().println();
    app.out().println(title + " " + smells.size());
    smells.stream()
        .sorted(
            Comparator.comparing(Finding::rule)
                .thenComparing(Finding::path)
                .thenComparingInt(Finding::line))
        .limit(SHOWN)
        .forEach(s ->
            app.out()
                .printf("  %-18s %s  %s%n", s.rule().code(), s.place(), app.style().dim(s.text())));
    if (smells.size() > SHOWN) {
      app.out().printf("  and %d more; --json prints all%n", smells.size() - SHOWN);
    }
  }

  private void unmeasured(Metrics candidate) {
    if (!candidate.skipped().isEmpty()) {
      app.out().println();
      app.out()
          .println(
              app.style()
                  .dim(
                      "not measured: "
                          + String.join(
                              ", ",
                              candidate.skipped().entrySet().stream()
                                  .map(e -> e.getValue() + " files (" + e.getKey() + ")")
                                  .toList())));
    }
  }
}

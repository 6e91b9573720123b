package dev.longe.cli;

import dev.longe.core.Invariant;
import dev.longe.intake.InvariantsFile;
import dev.longe.report.Style;
import dev.longe.report.Views;
import dev.longe.tasks.InvariantReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longe invariants}: lists the invariants of a repository, and the code that none covers.
 */
@Command(name = "invariants")
final class InvariantsCommand implements Callable<Integer> {
  private static final int DIRECTORIES = 20;

  private final App app;

  @Mixin RepositoryOption where = new RepositoryOption();

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  InvariantsCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    InvariantReport report = InvariantReport.of(app.installation(), where.directory(app));
    if (json) {
      app.out().println(Views.json(data(report)));
    } else {
      report.claims().forEach(this::tell);
      nobody(report.unclaimed(), report.claims().isEmpty());
    }
    return ExitCode.OK.code();
  }

  private void tell(InvariantReport.Coverage claim) {
    Style style = app.style();
    Invariant i = claim.invariant();
    long n = claim.files();
    app.out().println(style.bold(i.id()) + "  " + i.sentence());
    app.out()
        .println(
            "  paths   "
                + (n == 0
                    ? style.bad("no file matches: " + String.join(", ", i.paths()))
                    : n + " files: " + String.join(", ", i.paths())));
    app.out()
        .println(
            "  check   "
                + i.check().orElse(style.note("none: no check would show that it is broken")));
    app.out().println("  owner   " + i.owner().orElse(style.note("none")));
  }

  private void nobody(Map<String, Integer> unclaimed, boolean none) {
    if (none) {
      app.out()
          .println(
              "No invariant is stated. Write "
                  + InvariantsFile.PATH
                  + " with a line «## ID: SENTENCE» and a line «paths: GLOB» for each invariant.");
    }
    if (unclaimed.isEmpty()) {
      return;
    }
    app.out().println();
    app.out().println(app.style().bold("Code that no invariant covers"));
    unclaimed.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(DIRECTORIES)
        .forEach(e -> app.out().printf("%6d files  %s%n", e.getValue(), e.getKey()));
  }

  private static Map<String, Object> data(InvariantReport report) {
    List<Object> invariants = new ArrayList<>();
    for (InvariantReport.Coverage claim : report.claims()) {
      Invariant i = claim.invariant();
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", i.id());
      one.put("sentence", i.sentence());
      one.put("paths", i.paths());
      one.put("files", claim.files());
      one.put("check", i.check());
      one.put("owner", i.owner());
      invariants.add(one);
    }
    return Map.of("invariants", invariants, "unclaimed", report.unclaimed());
  }
}

package dev.longe.cli;

import dev.longe.core.Fault;
import dev.longe.home.FileProblem;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Quantity;
import dev.longe.report.Style;
import dev.longe.report.Views;
import dev.longe.review.Understanding;
import dev.longe.review.UnderstandingPage;
import dev.longe.tasks.UnderstandingReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longe understood}: which lines some human understands, and which are dark. */
@Command(name = "understood")
final class UnderstoodCommand implements Callable<Integer> {
  private static final int FILES = 15;

  private final App app;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "A file or directory of the repository. Default: the whole repository.")
  Optional<String> path = Optional.empty();

  @Mixin RepositoryOption where = new RepositoryOption();

  @Option(
      names = "--half-life",
      paramLabel = "TIME",
      description = "The time in which understanding of a line falls to half. Default: 180d.")
  Optional<String> halfLife = Optional.empty();

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "How many levels of directories the table shows. Default: 2.")
  int depth = 2;

  @Option(names = "--json", description = "Print every file as JSON.")
  boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a treemap as one HTML file.")
  Optional<Path> html = Optional.empty();

  UnderstoodCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    Duration life = halfLife.map(UnderstoodCommand::time).orElse(Understanding.HALF_LIFE);
    UnderstandingReport report =
        UnderstandingReport.of(app.installation(), where.directory(app), path, life);
    List<Understanding.Part> parts = report.parts();
    int lines = report.lines();
    int dark = report.dark();
    int factor = Understanding.truckFactor(parts);
    String summary =
        "nobody understands %,d of %,d lines (%d %%); without %d of the people nobody understands more than half of the files; half-life %d days"
            .formatted(dark, lines, 100L * dark / lines, factor, life.toDays());
    if (json) {
      app.out().println(Views.json(data(parts, lines, dark, factor)));
    } else {
      table(parts, summary);
    }
    html.ifPresent(file -> write(file, report, summary));
    return ExitCode.OK.code();
  }

  private static Duration time(String text) {
    try {
      return Quantity.duration(text);
    } catch (IllegalArgumentException e) {
      throw InvalidInput.option("--half-life", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> data(
      List<Understanding.Part> parts, int lines, int dark, int factor) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("lines", lines);
    all.put("understood", lines - dark);
    all.put("dark", dark);
    all.put("truckFactor", factor);
    all.put(
        "files",
        parts.stream()
            .map(p ->
                Map.of(
                    "path",
                    p.path(),
                    "lines",
                    p.lines(),
                    "understood",
                    p.understood(),
                    "dark",
                    p.dark()))
            .toList());
    return all;
  }

  private void table(List<Understanding.Part> parts, String summary) {
    Style style = app.style();
    app.out().println(style.bold("%10s%12s%10s  where".formatted("lines", "understood", "nobody")));
    Understanding.directories(parts, depth).values().forEach(p -> app.out().println(row(style, p)));
    List<Understanding.Part> darkest =
        parts.stream()
            .filter(p -> p.dark() > 0)
            .sorted(Comparator.comparingInt(p -> -p.dark()))
            .limit(FILES)
            .toList();
    if (!darkest.isEmpty()) {
      app.out().println();
      app.out().println(style.bold("The files with the most lines that nobody understands"));
      darkest.forEach(p -> app.out().println(row(style, p)));
    }
    app.out().println();
    app.out().println(summary);
  }

  private static String row(Style style, Understanding.Part p) {
    String row = "%,10d%,12d%,10d  %s".formatted(p.lines(), p.understood(), p.dark(), p.path());
    return 2 * p.dark() > p.lines() ? style.note(row) : row;
  }

  private void write(Path file, UnderstandingReport report, String summary) {
    Path to = app.directory().resolve(file);
    try {
      Files.writeString(
          to,
          UnderstandingPage.of(
              "Understood: " + report.top().getFileName(), report.parts(), summary));
    } catch (IOException e) {
      throw new Fault(to + " can't be written: " + FileProblem.of(e), e);
    }
    app.err().println("Wrote " + to);
  }
}

package dev.longe.cli;

import dev.longe.core.Fault;
import dev.longe.core.Invariant;
import dev.longe.intake.InvariantsFile;
import dev.longe.quality.Quality;
import dev.longe.report.Style;
import dev.longe.report.Views;
import dev.longe.workspace.Globs;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longe invariants}: what a repository says always holds, and where nobody says anything.
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
    Repository repository = where.open(app);
    List<String> files = repository.content().workFiles();
    List<Invariant> all = read(repository.top().resolve(InvariantsFile.PATH));
    Map<String, Integer> unclaimed = unclaimed(all, files);
    if (json) {
      app.out().println(Views.json(data(all, files, unclaimed)));
    } else {
      all.forEach(i -> tell(i, files));
      nobody(unclaimed, all.isEmpty());
    }
    return ExitCode.OK.code();
  }

  private static List<Invariant> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return InvariantsFile.parse(InvariantsFile.PATH, Files.readString(file));
    } catch (IOException e) {
      throw new Fault(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static long borne(Invariant i, List<String> files) {
    Globs globs = new Globs(i.paths());
    return files.stream().filter(globs::match).count();
  }

  private void tell(Invariant i, List<String> files) {
    Style style = app.style();
    long n = borne(i, files);
    app.out().println(style.bold(i.id()) + "  " + i.sentence());
    app.out()
        .println(
            "  bears   "
                + (n == 0
                    ? style.bad("no file: " + String.join(", ", i.paths()))
                    : n + " files: " + String.join(", ", i.paths())));
    app.out()
        .println("  check   " + i.check().orElse(style.note("none: nothing would show it broken")));
    app.out().println("  owner   " + i.owner().orElse(style.note("nobody")));
  }

  /** Code that no invariant claims, by directory. */
  private static Map<String, Integer> unclaimed(List<Invariant> all, List<String> files) {
    Globs claimed = new Globs(all.stream().flatMap(i -> i.paths().stream()).toList());
    Map<String, Integer> directories = new TreeMap<>();
    files.stream()
        .filter(f -> Quality.isCode(f) && !Quality.isTest(f) && !claimed.match(f))
        .forEach(f -> {
          int slash = f.lastIndexOf('/');
          directories.merge(slash < 0 ? "." : f.substring(0, slash), 1, Integer::sum);
        });
    return directories;
  }

  private void nobody(Map<String, Integer> unclaimed, boolean none) {
    if (none) {
      app.out()
          .println(
              "No invariant is stated: write "
                  + InvariantsFile.PATH
                  + ", for each «## ID: what holds» and below it «paths: GLOB».");
    }
    if (unclaimed.isEmpty()) {
      return;
    }
    app.out().println();
    app.out().println(app.style().bold("Code that no invariant claims"));
    unclaimed.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(DIRECTORIES)
        .forEach(e -> app.out().printf("%6d files  %s%n", e.getValue(), e.getKey()));
  }

  private static Map<String, Object> data(
      List<Invariant> all, List<String> files, Map<String, Integer> unclaimed) {
    List<Object> invariants = new ArrayList<>();
    for (Invariant i : all) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", i.id());
      one.put("sentence", i.sentence());
      one.put("paths", i.paths());
      one.put("files", borne(i, files));
      one.put("check", i.check());
      one.put("owner", i.owner());
      invariants.add(one);
    }
    return Map.of("invariants", invariants, "unclaimed", unclaimed);
  }
}

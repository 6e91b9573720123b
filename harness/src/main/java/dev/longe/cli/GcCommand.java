package dev.longe.cli;

import dev.longe.core.Text;
import dev.longe.effects.Bases;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Quantity;
import dev.longe.report.Views;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe gc}: deletes prepared bases and stores of objects that no task needs. */
@Command(name = "gc")
final class GcCommand implements Callable<Integer> {
  private final App app;

  @Option(
      names = "--unused-for",
      paramLabel = "TIME",
      description = "Delete those that no task began to use for this long, like 12h. (7d)")
  Optional<String> unusedFor = Optional.empty();

  @Option(names = "--all", description = "Delete all that no open task needs.")
  boolean everything;

  @Option(names = "--json", description = "Print a JSON object.")
  boolean json;

  GcCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    Bases bases = app.installation().bases();
    Duration unused = unusedFor.map(GcCommand::time).orElse(Bases.UNUSED_MAX);
    List<Bases.Entry> deleted =
        bases.collect(everything ? Duration.ZERO : unused, Bases.KIBIBYTES_MAX);
    List<Bases.Entry> kept = bases.all();
    if (json) {
      app.out()
          .println(
              Views.json(
                  Map.of(
                      "deleted", deleted.stream().map(GcCommand::data).toList(),
                      "kept", kept.stream().map(GcCommand::data).toList())));
      return ExitCode.OK.code();
    }
    deleted.forEach(b -> line("deleted", b));
    kept.forEach(b -> line(b.inUse() ? "in use" : "kept", b));
    app.out()
        .printf(
            "%s deleted (%s), %s kept (%s).%n",
            count(deleted), size(deleted), count(kept), size(kept));
    return ExitCode.OK.code();
  }

  private void line(String what, Bases.Entry entry) {
    app.out()
        .printf(
            "%-8s  %9s  %s%n",
            what,
            size(List.of(entry)),
            entry
                .content()
                .map(c -> c.commit() + " of " + c.repository())
                .orElseGet(() -> "objects in " + entry.directory()));
  }

  /** The number of entries for people. */
  private static String count(List<Bases.Entry> entries) {
    int bases = (int) entries.stream().filter(Bases.Entry::isBase).count();
    String counted = Text.count(bases, "prepared base");
    return bases == entries.size()
        ? counted
        : counted + " and " + Text.count(entries.size() - bases, "store") + " of objects";
  }

  /** The size of entries for people. */
  static String size(List<Bases.Entry> entries) {
    long kibibytes = entries.stream().mapToLong(Bases.Entry::kibibytes).sum();
    return "%,.1f MiB".formatted(kibibytes / 1024.0);
  }

  private static Map<String, Object> data(Bases.Entry entry) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("kind", entry.isBase() ? "base" : "objects");
    all.put("directory", entry.directory().toString());
    entry
        .content()
        .ifPresent(c -> {
          all.put("repository", c.repository().toString());
          all.put("commit", c.commit());
        });
    all.put("kibibytes", entry.kibibytes());
    all.put("used", entry.used().toString());
    all.put("inUse", entry.inUse());
    return all;
  }

  private static Duration time(String text) {
    try {
      return Quantity.duration(text);
    } catch (IllegalArgumentException e) {
      throw InvalidInput.option("--unused-for", String.valueOf(e.getMessage()));
    }
  }
}

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

/** {@code longe gc}: deletes prepared bases that no task needs. */
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
    List<Bases.Base> deleted =
        bases.collect(everything ? Duration.ZERO : unused, Bases.KIBIBYTES_MAX);
    List<Bases.Base> kept = bases.all();
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
            Text.count(deleted.size(), "prepared base"),
            size(deleted),
            Text.count(kept.size(), "prepared base"),
            size(kept));
    return ExitCode.OK.code();
  }

  private void line(String what, Bases.Base base) {
    app.out()
        .printf(
            "%-8s  %9s  %s of %s%n", what, size(List.of(base)), base.commit(), base.repository());
  }

  /** The size of bases for people. */
  static String size(List<Bases.Base> bases) {
    long kibibytes = bases.stream().mapToLong(Bases.Base::kibibytes).sum();
    return "%,.1f MiB".formatted(kibibytes / 1024.0);
  }

  private static Map<String, Object> data(Bases.Base base) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("directory", base.directory().toString());
    all.put("repository", base.repository().toString());
    all.put("commit", base.commit());
    all.put("kibibytes", base.kibibytes());
    all.put("used", base.used().toString());
    all.put("inUse", base.inUse());
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

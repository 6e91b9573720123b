package dev.longe.check;

import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Fault;
import dev.longe.core.Receipt;
import dev.longe.core.Verdict;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.CheckTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs checks. Thread-safe for different checkouts. */
public final class Checker {
  /** Output limit of a command, in bytes. A command that prints more is taken to run away. */
  static final long OUTPUT_BYTES_MAX = 1L << 30;

  private final Sandbox sandbox;

  public Checker(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * The program and arguments of a command. A shell line is run so that a failure within it is not
   * masked.
   */
  public static List<String> argv(Command command) {
    return switch (command) {
      case Command.Argv a -> a.words();
      case Command.Shell s -> List.of("bash", "-euo", "pipefail", "-c", s.line());
    };
  }

  /**
   * The result of a command.
   *
   * @param ifReadyOnBase the verdict if the same services become ready on the base; empty unless a
   *     service was not ready
   */
  public record Result(CheckResult result, Optional<Verdict> ifReadyOnBase) {}

  /**
   * Runs one check.
   *
   * @param place where the command runs; its directory is the checked tree
   * @param services started before the command; if one is not ready, the verdict is broken
   * @param receipt the id of the run's receipt
   * @param output file for the complete output, below it what the services printed
   */
  public Result run(
      CheckSpec check,
      CheckTree subject,
      Place place,
      Services services,
      String receipt,
      Path output) {
    return switch (check) {
      case CheckSpec.Run run -> {
        Optional<Path> report = run.report().map(r -> report(subject.files(), r));
        Predicate<Path> linked = r -> linked(subject.files(), r);
        report.filter(linked.negate()).ifPresent(Checker::clear);
        Ran ran = execute(run.command(), run.timeout(), subject, place, services, output);
        Optional<Path> usable = report.filter(linked.negate());
        RunCases cases = RunCases.of(usable, ran.runner());
        Verdict verdict =
            ran.broken(check)
                .or(() -> report.filter(linked).map(_ -> behindALink(check)))
                .orElseGet(() -> cases.judge(run, ran));
        Receipt kept = ran.receipt(receipt, run.command(), subject, cases.counts());
        yield ran.result(check, verdict, kept);
      }
      case CheckSpec.Metric metric -> {
        Ran ran = execute(metric.command(), metric.timeout(), subject, place, services, output);
        Verdict verdict = ran.broken(check).orElseGet(() -> ran.measure(metric));
        Receipt kept = ran.receipt(receipt, metric.command(), subject, Optional.empty());
        yield ran.result(check, verdict, kept);
      }
      case CheckSpec.Human _, CheckSpec.Judge _, CheckSpec.Slop _ ->
          throw new IllegalArgumentException("not a command: " + check.name());
    };
  }

  private static Path report(Path checkout, String name) {
    Path path = checkout.resolve(name).normalize();
    if (!path.startsWith(checkout)) {
      throw new Fault("The report " + name + " is outside the checkout; give a path inside it.");
    }
    return path;
  }

  /**
   * Whether a report, a file in it, or a directory above it is a symbolic link. The link may lead
   * to a file that the check itself can't see.
   */
  private static boolean linked(Path checkout, Path report) {
    Path at = checkout;
    for (Path part : checkout.relativize(report)) {
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        return true;
      }
    }
    try {
      return TestReport.files(report).stream().anyMatch(Files::isSymbolicLink);
    } catch (IOException e) {
      throw new Fault("The report " + report + " can't be read: " + e.getMessage(), e);
    }
  }

  private static Verdict behindALink(CheckSpec check) {
    return new Verdict.Broken(check.name(), "its report is behind a symbolic link");
  }

  /** Deletes an old report, so that it is not taken for the new run's report. */
  private static void clear(Path report) {
    try {
      for (Path file : TestReport.files(report)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new Fault("The old report " + report + " can't be removed: " + e.getMessage(), e);
    }
  }

  private Ran execute(
      Command command,
      Duration timeout,
      CheckTree subject,
      Place place,
      Services services,
      Path output) {
    try (OutputCapture kept = new OutputCapture(output)) {
      ProcessSpec spec =
          services
              .at(place)
              .process(
                  services.needed(argv(command)),
                  timeout.plus(services.timeout()),
                  OUTPUT_BYTES_MAX);
      Exit exit = sandbox.start(spec, kept).await();
      // Agents are not told where the check tree is.
      String tree = subject.seen() + "/";
      List<String> tail = kept.tail().stream().map(l -> l.replace(tree, "")).toList();
      List<ServiceOutput> printed = services.outputs(place);
      printed.stream().flatMap(ServiceOutput::evidence).forEach(kept::below);
      return new Ran(
          exit,
          place.confinement(),
          tail,
          kept.printed(),
          kept.runner(),
          kept.sha256(),
          printed,
          services.notReady(exit, printed));
    } catch (IOException e) {
      throw new Fault(
          "The output of a check can't be written to " + output + ": " + e.getMessage(), e);
    }
  }
}

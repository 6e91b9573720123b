package dev.longe.check;

import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Fault;
import dev.longe.core.Receipt;
import dev.longe.core.Spans;
import dev.longe.core.Verdict;
import dev.longe.sandbox.Containment;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.CheckTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs checks. Thread-safe for different checkouts. */
public final class Checker {
  /** Output limit of a command, in bytes. A command that prints more is taken to run away. */
  private static final long OUTPUT_BYTES_MAX = 1L << 30;

  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

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
        Verdict verdict =
            ran.broken(check)
                .or(() -> report.filter(linked).map(_ -> behindALink(check)))
                .orElseGet(() -> judge(run, report, ran));
        yield ran.result(check, verdict, ran.receipt(receipt, run.command(), subject));
      }
      case CheckSpec.Metric metric -> {
        Ran ran = execute(metric.command(), metric.timeout(), subject, place, services, output);
        Verdict verdict = ran.broken(check).orElseGet(() -> measure(metric, ran));
        yield ran.result(check, verdict, ran.receipt(receipt, metric.command(), subject));
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

  /** A finished command, not yet judged. */
  private record Ran(
      Exit exit,
      List<String> tail,
      List<String> printed,
      String sha256,
      List<ServiceOutput> services,
      Optional<NotReady> notReady) {
    Result result(CheckSpec check, Verdict verdict, Receipt receipt) {
      return new Result(
          new CheckResult(verdict, receipt), notReady.map(n -> n.failed(check.name())));
    }

    Optional<Verdict> broken(CheckSpec check) {
      return notReady
          .map(n -> n.broken(check.name()))
          .or(() -> fault().map(f -> new Verdict.Broken(check.name(), f)));
    }

    private Optional<String> fault() {
      return switch (exit.ending()) {
        case TIMED_OUT -> Optional.of("it timed out after " + Spans.shown(exit.took()));
        case TOO_MUCH_OUTPUT -> Optional.of("it printed more than " + OUTPUT_BYTES_MAX + " bytes");
        case KILLED -> Optional.of("it was killed");
        case EXITED ->
            switch (exit.status()) {
              case NOT_FOUND -> Optional.of("command not found: " + last());
              case Containment.NO_MOUNT_STATUS ->
                  Optional.of(last()).filter(l -> l.startsWith(Containment.NO_MOUNT));
              case Containment.NO_CONTAINER_STATUS ->
                  Optional.of(last())
                      .filter(l -> l.matches("(?:Error|docker): .*"))
                      .map(l -> "its container could not start: " + l);
              case NOT_EXECUTABLE -> Optional.of("the command can't be executed: " + last());
              default -> Optional.empty();
            };
      };
    }

    private String last() {
      return tail.isEmpty() ? "exit " + exit.status() : tail.getLast().strip();
    }

    Receipt receipt(String id, Command command, CheckTree subject) {
      return new Receipt(
          id,
          command.shown(),
          subject.commit(),
          subject.tree(),
          exit.status(),
          exit.took(),
          sha256);
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
          exit, tail, kept.printed(), kept.sha256(), printed, services.notReady(exit, printed));
    } catch (IOException e) {
      throw new Fault(
          "The output of a check can't be written to " + output + ": " + e.getMessage(), e);
    }
  }

  private static Verdict judge(CheckSpec.Run check, Optional<Path> report, Ran ran) {
    List<TestReport.Case> failing = List.of();
    if (report.isPresent()) {
      try {
        TestReport read = TestReport.read(report.get());
        failing = read.failing();
        if (ran.exit().ok() && read.total() == 0) {
          return new Verdict.Broken(check.name(), "its report says that no test ran");
        }
      } catch (TestReport.Unreadable e) {
        if (ran.exit().ok()) {
          return new Verdict.Broken(check.name(), String.valueOf(e.getMessage()));
        }
      }
    }
    if (ran.exit().ok() && failing.isEmpty()) {
      return new Verdict.Passed(check.name(), OptionalDouble.empty());
    }
    List<String> cases = new ArrayList<>(failing.stream().map(TestReport.Case::name).toList());
    if (cases.isEmpty()) {
      cases.add(check.name().text());
    }
    return failed(check, cases, failing, ran, OptionalDouble.empty());
  }

  private static Verdict failed(
      CheckSpec check,
      List<String> cases,
      List<TestReport.Case> told,
      Ran ran,
      OptionalDouble value) {
    String command =
        switch (check) {
          case CheckSpec.Run r -> r.command().shown();
          case CheckSpec.Metric m -> m.command().shown();
          case CheckSpec.Human _, CheckSpec.Judge _, CheckSpec.Slop _ -> check.name().text();
        };
    return new Verdict.Failed(
        check.name(),
        cases,
        Feedback.text(command, ran.exit().status(), told, ran.tail(), ran.services()),
        Feedback.signature(cases, ran.tail()),
        value);
  }

  private static Verdict measure(CheckSpec.Metric check, Ran ran) {
    List<String> cases = List.of(check.name().text());
    if (!ran.exit().ok()) {
      return failed(check, cases, List.of(), ran, OptionalDouble.empty());
    }
    OptionalDouble value = lastNumber(ran.printed());
    if (value.isEmpty()) {
      return new Verdict.Broken(check.name(), "its last line of output has no number");
    }
    if (check.goal().reachedBy(value.getAsDouble())) {
      return new Verdict.Passed(check.name(), value);
    }
    String told = "The metric is " + value.getAsDouble() + ", the goal is " + check.goal() + ".";
    return new Verdict.Failed(
        check.name(), cases, told, Feedback.signature(cases, List.of()), value);
  }

  private static OptionalDouble lastNumber(List<String> lines) {
    for (String line : lines.reversed()) {
      if (!line.isBlank()) {
        Matcher m = NUMBER.matcher(line);
        OptionalDouble found = OptionalDouble.empty();
        while (m.find()) {
          found = OptionalDouble.of(Double.parseDouble(m.group()));
        }
        return found;
      }
    }
    return OptionalDouble.empty();
  }
}

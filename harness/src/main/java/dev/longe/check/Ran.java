package dev.longe.check;

import dev.longe.core.CaseCounts;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Receipt;
import dev.longe.core.Spans;
import dev.longe.core.Verdict;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Containment;
import dev.longe.sandbox.Exit;
import dev.longe.workspace.CheckTree;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A finished command of a check, not yet judged. */
record Ran(
    Exit exit,
    Confinement confinement,
    List<String> tail,
    List<String> printed,
    RunnerOutput runner,
    String sha256,
    List<ServiceOutput> services,
    Optional<NotReady> notReady) {
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  /** Docker prints advice below its error. */
  private static final int LAST_LINES = 3;

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

  Checker.Result result(CheckSpec check, Verdict verdict, Receipt receipt) {
    return new Checker.Result(
        new CheckResult(verdict, receipt), notReady.map(n -> n.failed(check.name())));
  }

  /** The verdict if the command could not be carried out. */
  Optional<Verdict> broken(CheckSpec check) {
    return notReady
        .map(n -> n.broken(check.name()))
        .or(() -> fault().map(f -> new Verdict.Broken(check.name(), f)));
  }

  private Optional<String> fault() {
    return switch (exit.ending()) {
      case TIMED_OUT -> Optional.of("it timed out after " + Spans.shown(exit.took()));
      case TOO_MUCH_OUTPUT ->
          Optional.of("it printed more than " + Checker.OUTPUT_BYTES_MAX + " bytes");
      case KILLED -> Optional.of("it was killed");
      case EXITED ->
          switch (exit.status()) {
            case NOT_FOUND -> Optional.of("command not found: " + last());
            case Containment.NO_MOUNT_STATUS ->
                Optional.of(last()).filter(l -> l.startsWith(Containment.NO_MOUNT));
            case Containment.NO_CONTAINER_STATUS -> noContainer();
            case NOT_EXECUTABLE -> Optional.of("the command can't be executed: " + last());
            default -> Optional.empty();
          };
    };
  }

  private Optional<String> noContainer() {
    boolean container =
        confinement instanceof Confinement.Shut(Confinement.Means.Container _, _, _, _, _, _, _);
    return tail.reversed().stream()
        .limit(LAST_LINES)
        .filter(l -> container && l.matches("(?:Error|docker): .*"))
        .findFirst()
        .map(l -> "its container could not start: " + l);
  }

  private String last() {
    return tail.isEmpty() ? "exit " + exit.status() : tail.getLast().strip();
  }

  Receipt receipt(String id, Command command, CheckTree subject, Optional<CaseCounts> cases) {
    return new Receipt(
        id,
        command.shown(),
        subject.commit(),
        subject.tree(),
        exit.status(),
        exit.took(),
        sha256,
        cases);
  }

  /** The verdict that the candidate does not pass. */
  Verdict failed(
      CheckSpec check, List<String> cases, List<TestReport.Case> told, OptionalDouble value) {
    String command =
        switch (check) {
          case CheckSpec.Run r -> r.command().shown();
          case CheckSpec.Metric m -> m.command().shown();
          case CheckSpec.Human _, CheckSpec.Judge _, CheckSpec.Slop _ -> check.name().text();
        };
    return new Verdict.Failed(
        check.name(),
        cases,
        Feedback.text(command, exit.status(), told, tail, services),
        Feedback.signature(cases, tail),
        value);
  }

  /** The verdict on a number that was printed. */
  Verdict measure(CheckSpec.Metric check) {
    List<String> cases = List.of(check.name().text());
    if (!exit.ok()) {
      return failed(check, cases, List.of(), OptionalDouble.empty());
    }
    OptionalDouble value = lastNumber(printed);
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

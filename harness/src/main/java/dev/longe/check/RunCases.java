package dev.longe.check;

import dev.longe.core.CaseCounts;
import dev.longe.core.CheckSpec;
import dev.longe.core.Text;
import dev.longe.core.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The test cases of a finished run: those of its report, else those of its output.
 *
 * @param counts empty if neither tells any
 * @param failing the failed cases that are named
 * @param source what says so, for people
 * @param report whether that is the report
 * @param unreadable why a report can't be read
 */
record RunCases(
    Optional<CaseCounts> counts,
    List<TestReport.Case> failing,
    String source,
    boolean report,
    Optional<String> unreadable) {

  static RunCases of(Optional<Path> report, RunnerOutput output) {
    if (report.isEmpty()) {
      return printed(output, Optional.empty());
    }
    try {
      TestReport read = TestReport.read(report.get());
      return new RunCases(
          Optional.of(read.counts()), read.failing(), "its report", true, Optional.empty());
    } catch (TestReport.Unreadable e) {
      return printed(output, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static RunCases printed(RunnerOutput output, Optional<String> unreadable) {
    List<TestReport.Case> failing =
        output.failing().stream().map(name -> new TestReport.Case(name, "")).toList();
    return new RunCases(
        output.counts(), failing, "the output of " + output.runners(), false, unreadable);
  }

  /** The verdict on a command that was carried out. */
  Verdict judge(CheckSpec.Run check, Ran ran) {
    if (!ran.exit().ok()) {
      return failed(check, ran);
    }
    if (unreadable.isPresent()) {
      return new Verdict.Broken(check.name(), unreadable.get());
    }
    return someFailed(check) ? failed(check, ran) : green(check, ran);
  }

  /** What a run prints may name cases that passed in the end, so there the counts decide. */
  private boolean someFailed(CheckSpec.Run check) {
    int failed = counts.map(CaseCounts::failed).orElse(0);
    return report
        ? failed > 0 || !failing.isEmpty()
        : failed > 0 && !check.casesMin().equals(OptionalInt.of(0));
  }

  /** The verdict if the exit status is 0 and no case failed. */
  private Verdict green(CheckSpec.Run check, Ran ran) {
    if (counts.isEmpty()) {
      return check.casesMin().orElse(0) == 0
          ? new Verdict.Passed(check.name(), OptionalDouble.empty())
          : new Verdict.Broken(
              check.name(),
              "«cases» is set, but neither a report nor the output tells how many test cases ran");
    }
    int min = check.casesMin().orElse(1);
    int cases = counts.get().ran();
    if (cases >= min) {
      return new Verdict.Passed(check.name(), OptionalDouble.empty());
    }
    if (cases == 0) {
      return new Verdict.Broken(
          check.name(),
          "it ended with exit 0, but %s says that no test ran; if it needs no tests, write «cases: 0» for it in the loop"
              .formatted(source));
    }
    String few = "fewer than %s ran (key «cases»)".formatted(Text.count(min, "test case"));
    TestReport.Case told = new TestReport.Case(few, Text.count(cases, "case") + " ran");
    return ran.failed(check, List.of(few), List.of(told), OptionalDouble.empty());
  }

  private Verdict failed(CheckSpec.Run check, Ran ran) {
    List<String> names = failing.stream().map(TestReport.Case::name).toList();
    return ran.failed(
        check, names.isEmpty() ? List.of(unnamed(check)) : names, failing, OptionalDouble.empty());
  }

  /** What stands for the cases of a failure in which none is named. */
  private String unnamed(CheckSpec.Run check) {
    return counts.filter(c -> c.total() == 0).isPresent()
        ? "no test case ran"
        : check.name().text();
  }
}

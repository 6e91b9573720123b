package dev.longe.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.CaseCounts;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resources are what the real runners printed. */
final class RunnerOutputTest {
  private static RunnerOutput read(String text) {
    RunnerOutput output = new RunnerOutput();
    text.lines().forEach(output::line);
    return output;
  }

  private static RunnerOutput recorded(String name) {
    return read(World.read(Path.of("src/test/resources/dev/longe/check/runners", name + ".txt")));
  }

  @ParameterizedTest
  @CsvSource({
    "pytest-mixed, pytest, 2, 4, 1, 1",
    "pytest-quiet, pytest, 2, 4, 1, 1",
    "pytest-ok, pytest, 1, 0, 0, 0",
    "pytest-none, pytest, 0, 0, 0, 0",
    "pytest-collect, pytest, 0, 1, 0, 0",
    "unittest-mixed, unittest, 1, 2, 1, 1",
    "unittest-none, unittest, 0, 0, 0, 0",
    "maven-mixed, Maven, 1, 2, 1, 0",
    "maven-quiet, Maven, 1, 2, 1, 0",
    "maven-ok, Maven, 1, 0, 0, 0",
    "maven-none, Maven, 0, 0, 0, 0",
    "node-mixed, node --test, 2, 2, 2, 0",
    "node-spec, node --test, 2, 2, 2, 0",
    "node-none, node --test, 0, 0, 0, 0",
    "node-none-spec, node --test, 0, 0, 0, 0",
    "jest-mixed, jest, 1, 2, 2, 0",
    "jest-none, jest, 0, 0, 0, 0",
    "jest-none-fails, jest, 0, 0, 0, 0",
    "vitest-mixed, vitest, 1, 2, 2, 0",
    "vitest-none, vitest, 0, 0, 0, 0",
    "mocha-mixed, mocha, 1, 2, 2, 0",
    "mocha-none, mocha, 0, 0, 0, 0",
    "ava-mixed, ava, 0, 1, 2, 1",
    "go-verbose, go test, 2, 2, 1, 0",
    "go-json, go test, 2, 2, 1, 0",
    "go-ok, go test, 1, 0, 0, 0",
    "go-mixed, go test, 0, 2, 0, 0",
    "go-none, go test, 0, 0, 0, 0",
    "go-norun, go test, 0, 0, 0, 0",
    "cargo-mixed, cargo test, 1, 1, 1, 0",
    "cargo-none, cargo test, 0, 0, 0, 0",
    "rspec-mixed, RSpec, 1, 2, 1, 0",
    "rspec-none, RSpec, 0, 0, 0, 0",
    "rspec-load, RSpec, 0, 1, 0, 0",
    "phpunit-mixed, PHPUnit, 1, 2, 2, 0",
    "phpunit-ok, PHPUnit, 1, 0, 0, 0",
    "phpunit-none, PHPUnit, 0, 0, 0, 0",
    "bats-mixed, TAP, 1, 1, 1, 0",
    "bats-none, TAP, 0, 0, 0, 0",
    "ctest-mixed, ctest, 1, 1, 1, 0",
    "prove-mixed, prove, 3, 1, 0, 0",
    "prove-ok, prove, 1, 0, 0, 0",
  })
  void recordedOutput_isCounted(
      String name, String runner, int passed, int failed, int skipped, int expected) {
    RunnerOutput output = recorded(name);
    assertThat(output.counts()).contains(new CaseCounts(passed, failed, skipped, expected));
    assertThat(output.runners()).isEqualTo(runner);
  }

  @ParameterizedTest
  @CsvSource({
    "pytest-mixed,"
        + " test_mixed.py::test_bad|test_mixed.py::test_par[2]|test_mixed.py::TestGroup::test_in|test_mixed.py::test_err",
    "pytest-collect, test_c.py",
    "unittest-mixed, test_c (test_u.T.test_c)|test_b (test_u.T.test_b)",
    "maven-mixed, x.ATest.bad|x.ATest.boom",
    "node-spec, fails|inner bad|group",
    "jest-mixed, fails|group › inner bad",
    "vitest-mixed, a.test.mjs > fails|a.test.mjs > group > inner bad",
    "mocha-mixed, fails|inner bad|group",
    "go-mixed, TestBad|TestBad/sub",
    "cargo-mixed, tests::bad",
    "rspec-mixed, A fails|A boom",
    "phpunit-mixed, ATest::testErr|ATest::testBad",
    "bats-mixed, fails",
    "ctest-mixed, bad",
  })
  void recordedOutput_namesTheFailedCases(String name, String cases) {
    assertThat(recorded(name).failing()).containsExactly(cases.split("\\|"));
  }

  @Test
  void twoRunners_addUp() {
    RunnerOutput output = read("3 passed, 1 skipped in 0.10s\n# tests 2\n# pass 2\n# fail 0\n");
    assertThat(output.counts()).contains(new CaseCounts(5, 0, 1, 0));
    assertThat(output.runners()).isEqualTo("pytest and node --test");
  }

  @Test
  void aModuleWithoutTests_doesNotHideTheOthers() {
    RunnerOutput output =
        read(
            "[INFO] No tests to run.\n"
                + "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s --"
                + " in A\n"
                + "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0\n");
    assertThat(output.counts()).contains(new CaseCounts(2, 0, 0, 0));
  }

  @Test
  void coloursAndOtherText_areLeftOut() {
    assertThat(read("\u001b[32m\u001b[1m3 passed\u001b[0m\u001b[32m in 0.02s\u001b[0m").counts())
        .contains(new CaseCounts(3, 0, 0, 0));
    assertThat(read("building 3 of 4\nok\n12 files checked, 0 errors\n").counts()).isEmpty();
    assertThat(read("3 warnings in 2.50s\nFound 3 errors in 2 files\n2 errors emitted\n").counts())
        .isEmpty();
  }

  /** From the documentation of the runners; these were not run. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Failed!  - Failed:     1, Passed:     3, Skipped:     2, Total:     6, Duration: 5 ms -"
            + " A.dll (net8.0)|3|1|2",
        "5 tests completed, 1 failed, 1 skipped|3|1|1",
        "     Summary [   0.100s] 4 tests run: 3 passed, 1 failed, 2 skipped|3|1|2",
        "5 runs, 7 assertions, 1 failures, 1 errors, 1 skips|2|2|1",
        "'  Tests:    1 failed, 1 skipped, 3 passed (9 assertions)'|3|1|1",
      })
  void documentedOutput_isCounted(String line, int passed, int failed, int skipped) {
    assertThat(read(line).counts()).contains(new CaseCounts(passed, failed, skipped, 0));
  }

  @Test
  void summariesOfSeveralLines_addUp() {
    assertThat(read("# tests 3\n# pass  2\n\n# fail  1\n").counts())
        .contains(new CaseCounts(2, 1, 0, 0));
    assertThat(read("  1 failed\n  1 flaky\n  2 skipped\n  5 passed (3.2s)\n").counts())
        .contains(new CaseCounts(6, 1, 2, 0));
  }

  @Test
  void hugeNumbers_areNoError() {
    assertThat(read("2147483647 passed in 0.1s\n999999999 passed in 0.1s\n").counts())
        .contains(new CaseCounts(500_000_000, 0, 0, 0));
    assertThat(read("99999999999 passed in 0.1s\n").counts().map(CaseCounts::ran)).contains(0);
  }

  @Test
  void ordinaryText_isNoTap() {
    assertThat(read("ok, nothing to do # skip it\nok 200 /health\n").counts()).isEmpty();
    assertThat(read("1..1\nnot ok 1 - opens issue #todo list\n").counts())
        .contains(new CaseCounts(0, 1, 0, 0));
  }

  @Test
  void disabledAndRepeatedCasesOfCtest_areNotFailed() {
    String text =
        "1/2 Test #1: off ..............***Not Run (Disabled)   0.00 sec\n"
            + "    Test #2: shaky ............***Failed    0.00 sec\n"
            + "2/2 Test #2: shaky ............   Passed    0.00 sec\n"
            + "100% tests passed, 0 tests failed out of 1\n";
    assertThat(read(text).counts()).contains(new CaseCounts(1, 0, 1, 0));
  }

  @Test
  void manyNames_areBounded() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      text.append("test t").append(i).append(" ... FAILED\n");
    }
    text.append("test result: FAILED. 0 passed; 3000 failed; 0 ignored; 0 measured;\n");
    RunnerOutput output = read(text.toString());
    assertThat(output.failing()).hasSize(1_000);
    assertThat(output.counts().map(CaseCounts::failed)).isEqualTo(Optional.of(3_000));
    assertThat(List.copyOf(output.failing())).startsWith("t0");
  }
}

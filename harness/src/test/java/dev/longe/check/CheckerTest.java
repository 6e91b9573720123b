package dev.longe.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.CaseCounts;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Verdict;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Place;
import dev.longe.testing.World;
import dev.longe.workspace.CheckTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class CheckerTest {
  private static final CheckName NAME = new CheckName("tests");

  @TempDir Path directory;

  private CheckResult find(CheckSpec check) {
    CheckTree subject =
        new CheckTree(directory, directory, Optional.empty(), new Commit("a".repeat(40)), "tree");
    Place place = new Place(directory, World.ENVIRONMENT.basic(), new Confinement.Open());
    Services none = Services.of(List.of(), directory.resolve("services"));
    return new Checker(World.SANDBOX)
        .run(check, subject, place, none, "1-1", directory.resolve("kept/1-1.gz"))
        .result();
  }

  private Verdict run(String line, Optional<String> report) {
    return result(line, report, OptionalInt.empty()).verdict();
  }

  private CheckResult result(String line, Optional<String> report, OptionalInt casesMin) {
    return find(
        new CheckSpec.Run(
            NAME, new Command.Shell(line), report, Duration.ofSeconds(20), false, false, casesMin));
  }

  private CheckResult printing(String line, OptionalInt casesMin) {
    return result("echo '" + line + "'", Optional.empty(), casesMin);
  }

  private Verdict run(String line) {
    return run(line, Optional.empty());
  }

  @Test
  void exitZero_passes_withAReceiptAndTheWholeOutput() {
    CheckResult f =
        find(
            new CheckSpec.Run(
                NAME,
                new Command.Argv(List.of("echo", "two words")),
                Optional.empty(),
                Duration.ofSeconds(20),
                false,
                false,
                OptionalInt.empty()));
    assertThat(f.verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(f.receipt().exit()).isZero();
    assertThat(f.receipt().ran()).isEqualTo("echo two words");
    assertThat(Files.exists(directory.resolve("kept/1-1.gz"))).isTrue();
    assertThat(f.receipt().outputSha256()).hasSize(64);
  }

  @Test
  @Tag("I3")
  void failureInAPipe_isNotMasked() {
    assertThat(run("false | cat")).isInstanceOf(Verdict.Failed.class);
    assertThat(run("false; true")).isInstanceOf(Verdict.Failed.class);
    assertThat(run("echo $NOT_SET_ANYWHERE")).isInstanceOf(Verdict.Failed.class);
  }

  @Test
  @Tag("I3")
  void failingCasesInTheReport_fail_whateverTheExitStatus() {
    Verdict v = run("printf '1..2\\nok 1 - a\\nnot ok 2 - b\\n' > r.tap", Optional.of("r.tap"));
    assertThat(((Verdict.Failed) v).cases()).containsExactly("b");
  }

  @Test
  @Tag("I3")
  void casesOfTheOutput_areInTheReceipt() {
    assertThat(printing("2 passed, 1 skipped in 0.10s", OptionalInt.empty()).receipt().cases())
        .contains(new CaseCounts(2, 0, 1, 0));
    assertThat(printing("done", OptionalInt.empty()).receipt().cases()).isEmpty();
  }

  @Test
  @Tag("I3")
  void failedCasesInTheOutput_fail_whateverTheExitStatus() {
    Verdict v =
        printing(
                "FAILED test_a.py::test_b - assert 0\n1 failed, 2 passed in 0.1s",
                OptionalInt.empty())
            .verdict();
    assertThat(((Verdict.Failed) v).cases()).containsExactly("test_a.py::test_b");
  }

  /** PHPUnit numbers risky tests in the same way; surefire names a test that passed when rerun. */
  @Test
  @Tag("I3")
  void aNameInTheOutputAlone_doesNotFail() {
    CheckResult risky =
        printing("1) ATest::testRisky\nOK (1 test, 1 assertion)", OptionalInt.empty());
    assertThat(risky.verdict()).isInstanceOf(Verdict.Passed.class);
  }

  @Test
  @Tag("I3")
  void withoutCases_theExitStatusDecides() {
    assertThat(printing("1 failed, 2 passed in 0.1s", OptionalInt.of(0)).verdict())
        .isInstanceOf(Verdict.Passed.class);
  }

  @Test
  @Tag("I3")
  void noCase_isNeverGreen() {
    Verdict ran = printing("Ran 0 tests in 0.000s", OptionalInt.empty()).verdict();
    assertThat(((Verdict.Broken) ran).fault()).contains("unittest says that no test ran");
    Verdict skipped = printing("3 skipped in 0.10s", OptionalInt.empty()).verdict();
    assertThat(skipped).isInstanceOf(Verdict.Broken.class);
    Verdict allowed = printing("Ran 0 tests in 0.000s", OptionalInt.of(0)).verdict();
    assertThat(allowed).isInstanceOf(Verdict.Passed.class);
  }

  /** As pytest ends if it finds no test. */
  @Test
  @Tag("I3")
  void failureWithoutACase_saysSo() {
    Verdict none = run("echo 'no tests ran in 0.01s'; exit 5");
    assertThat(((Verdict.Failed) none).cases()).containsExactly("no test case ran");
  }

  @Test
  @Tag("I3")
  void fewerCasesThanTheLoopWants_fail() {
    Verdict few = printing("7 passed in 0.1s", OptionalInt.of(8)).verdict();
    assertThat(((Verdict.Failed) few).cases())
        .containsExactly("fewer than 8 test cases ran (key «cases»)");
    assertThat(((Verdict.Failed) few).feedback())
        .contains("fewer than 8 test cases", "7 cases ran");
    assertThat(printing("8 passed in 0.1s", OptionalInt.of(8)).verdict())
        .isInstanceOf(Verdict.Passed.class);
    assertThat(printing("done", OptionalInt.of(8)).verdict()).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  @Tag("F5")
  void timeout_isBroken() {
    Verdict v =
        find(new CheckSpec.Run(
                NAME,
                new Command.Shell("sleep 100"),
                Optional.empty(),
                Duration.ofMillis(100),
                false,
                false,
                OptionalInt.empty()))
            .verdict();
    assertThat(((Verdict.Broken) v).fault()).contains("timed out");
  }

  @Test
  @Tag("F6")
  void commandNotFound_isBroken() {
    assertThat(((Verdict.Broken) run("no-such-program --x")).fault()).contains("not found");
  }

  @Test
  @Tag("F7")
  void passingCheck_withoutItsReport_orWithoutATest_isBroken() {
    assertThat(run("true", Optional.of("r.xml"))).isInstanceOf(Verdict.Broken.class);
    assertThat(run("echo '<testsuite/>' > r.xml", Optional.of("r.xml")))
        .isInstanceOf(Verdict.Broken.class);
    assertThat(run("exit 1", Optional.of("r.xml"))).isInstanceOf(Verdict.Failed.class);
  }

  @Test
  void oldReport_doesNotSpeakForANewRun() {
    World.write(directory.resolve("r.tap"), "1..1\nok 1 - old\n");
    assertThat(run("true", Optional.of("r.tap"))).isInstanceOf(Verdict.Broken.class);
  }

  /** A check that is confined can't read the target; the harness could. */
  @ParameterizedTest
  @CsvSource({
    "ln -s SECRET/r.xml r.xml, r.xml",
    "ln -s SECRET reports, reports",
    "ln -s SECRET reports, reports/r.xml",
    "mkdir -p target; ln -s SECRET target/reports, target/reports",
    "mkdir -p reports; ln -s SECRET/r.xml reports/r.xml, reports",
    "ln -s SECRET/gone r.xml, r.xml",
  })
  @Tag("I13")
  void reportBehindASymbolicLink_isBroken_andIsNeitherReadNorDeleted(String link, String report) {
    Path secret = directory.resolve("outside");
    Path target = World.write(secret.resolve("r.xml"), "<testsuite><testcase name='secret'/>");
    Path checkout = directory.resolve("checkout");
    World.make(checkout);
    String line = link.replace("SECRET", secret.toString());
    for (boolean before : List.of(false, true)) {
      World.shell(directory, "rm -r checkout; mkdir checkout");
      if (before) {
        World.shell(checkout, line);
      }
      CheckTree subject =
          new CheckTree(checkout, checkout, Optional.empty(), new Commit("a".repeat(40)), "tree");
      Verdict v =
          new Checker(World.SANDBOX)
              .run(
                  new CheckSpec.Run(
                      NAME,
                      new Command.Shell(before ? "true" : line),
                      Optional.of(report),
                      Duration.ofSeconds(20),
                      false,
                      false,
                      OptionalInt.empty()),
                  subject,
                  new Place(checkout, World.ENVIRONMENT.basic(), new Confinement.Open()),
                  Services.of(List.of(), directory.resolve("services")),
                  "1-1",
                  directory.resolve("kept/1-1.gz"))
              .result()
              .verdict();
      assertThat(v).isInstanceOf(Verdict.Broken.class);
      assertThat(((Verdict.Broken) v).fault()).isEqualTo("its report is behind a symbolic link");
      assertThat(target).content().contains("secret");
    }
  }

  /** A check may replace what the candidate has at the place of the report. */
  @Test
  void linkThatTheCheckReplaces_isNoObstacle() {
    World.shell(directory, "ln -s /nowhere r.tap; mkdir reports; ln -s /nowhere reports/latest");
    String line = "rm r.tap; printf '1..1\\nok 1 - a\\n' > r.tap";
    assertThat(run(line, Optional.of("r.tap"))).isInstanceOf(Verdict.Passed.class);
    String xml = "echo '<testsuite><testcase name=\"a\"/></testsuite>' > reports/a.xml";
    assertThat(run(xml, Optional.of("reports"))).isInstanceOf(Verdict.Passed.class);
  }

  @Test
  @Tag("I17")
  void reportThatIsNoFile_isBroken() {
    assertThat(run("mkfifo r.tap", Optional.of("r.tap"))).isInstanceOf(Verdict.Broken.class);
    assertThat(run("mkdir d; mkfifo d/r.xml", Optional.of("d"))).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void feedback_isShort_casesFirst_withoutThePlaceOrColours() {
    Verdict v =
        run(
            "printf '1..1\\nnot ok 1 - case a\\n' > r.tap; printf '\\033[31mred\\033[0m\\n'; for i"
                + " in $(seq 5000); do echo \"$PWD/line $i\"; done; exit 1",
            Optional.of("r.tap"));
    String text = ((Verdict.Failed) v).feedback();
    assertThat(text).startsWith("1 failing case:\n- case a").hasSizeLessThan(8_001);
    assertThat(text)
        .doesNotContain(directory.toString())
        .doesNotContain("\033")
        .contains("line 5000");
  }

  @Test
  void signature_isEqual_whereOnlyNumbersDiffer() {
    Verdict.Failed a = (Verdict.Failed) run("echo took 12 ms; exit 1");
    Verdict.Failed b = (Verdict.Failed) run("echo took 99 ms; exit 1");
    Verdict.Failed c = (Verdict.Failed) run("echo other; exit 1");
    assertThat(a.signature()).isEqualTo(b.signature()).isNotEqualTo(c.signature());
  }

  @Test
  void metric_isHeldAgainstItsGoal() {
    CheckSpec.Goal goal = new CheckSpec.Goal(CheckSpec.Direction.AT_MOST, 10);
    assertThat(metric("echo took 9.5", goal)).isInstanceOf(Verdict.Passed.class);
    assertThat(((Verdict.Failed) metric("echo 12", goal)).value()).hasValue(12);
    assertThat(metric("echo none", goal)).isInstanceOf(Verdict.Broken.class);
    assertThat(metric("echo 1; exit 3", goal)).isInstanceOf(Verdict.Failed.class);
  }

  private Verdict metric(String line, CheckSpec.Goal goal) {
    return find(new CheckSpec.Metric(
            NAME, new Command.Shell(line), goal, 0, Duration.ofSeconds(20), false))
        .verdict();
  }
}

package dev.longe.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The test runners whose output is understood, and what they print. All patterns match a whole line
 * without colours. {@link Tally} explains the words in it.
 */
enum Runner {
  PYTEST(
      "pytest",
      List.of(
          "(?:=+ )?(?!\\d+ warnings? in)((?:\\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed"
              + "|deselected|warnings?|rerun|subtests passed)(?:, )?)+) in [\\d.]+s\\b.*"),
      List.of(),
      List.of("(?:FAILED|ERROR) (?<name>\\S+\\.py(?:::.+?)?)(?: - .*)?"),
      List.of("(?:=+ )?no tests ran in .*", "(?:=+ )?\\d+ deselected in .*")),
  UNITTEST(
      "unittest",
      List.of("(?:Ran (\\d+ tests?) in .*)", "(?:OK|FAILED) \\((\\w.*=\\d+.*)\\)"),
      List.of(),
      List.of("(?:FAIL|ERROR): (?<name>\\S+ \\([\\w.]+\\)).*"),
      List.of("NO TESTS RAN")),
  MAVEN(
      "Maven",
      List.of(
          "(?:\\[\\w+\\] )?(Tests run: \\d+, Failures: \\d+, Errors: \\d+, Skipped: \\d+)(?:,"
              + " Flakes: \\d+)?"),
      List.of(),
      List.of("\\[ERROR\\] (?<name>\\S+?)(?: -- |\\s+)Time elapsed: .* <<< (?:FAILURE|ERROR)!.*"),
      List.of("\\[INFO\\] No tests to run\\.")),
  GRADLE(
      "Gradle",
      List.of("(\\d+ tests? completed.*)"),
      List.of(),
      List.of("(?<name>\\S+ > .+) FAILED"),
      List.of()),
  NODE(
      "node --test",
      List.of("(?:#|ℹ) ((?:tests|pass|fail|cancelled|skipped|todo) +\\d+)"),
      List.of(),
      List.of("\\s*✖ (?<name>.+?) \\([\\d.]+ms\\)", "\\s*not ok \\d+ - (?<name>[^#]*[^# ])"),
      List.of()),
  JEST(
      "jest",
      List.of("Tests: +(.*, \\d+ total)"),
      List.of(),
      List.of(" {2}● (?!Console)(?<name>.+)"),
      List.of("No tests found, exiting with code \\d+")),
  VITEST(
      "vitest",
      List.of(" +Tests +(\\d+ .*?) \\(\\d+\\)"),
      List.of(),
      List.of(" FAIL +(?<name>.+ > .+)"),
      List.of("No test files found, exiting with code \\d+")),
  MOCHA(
      "mocha",
      List.of(" +(\\d+ (?:passing|pending|failing))(?: \\(.*\\))?"),
      List.of(),
      List.of(" +\\d+\\) (?<name>.*[^:])"),
      List.of()),
  AVA(
      "ava",
      List.of(" +(\\d+ (?:tests? )?(?:passed|failed|skipped|todo|known failures?))"),
      List.of(),
      List.of(" +✘ \\[fail\\]: (?<name>.+)"),
      List.of()),
  PLAYWRIGHT(
      "Playwright",
      List.of(" +(\\d+ (?:flaky|passed)) \\([\\d.]+\\w+\\)", " +(\\d+ (?:flaky|did not run))"),
      List.of(),
      List.of(),
      List.of("Error: No tests found.*")),
  GO(
      "go test",
      List.of(),
      List.of(
          "(?<state>ok) +\\t(?<name>\\S+)\\t(?!.*\\[no tests to run\\]).*",
          "(?<state>FAIL)\\t(?<name>\\S+)(?:\\t.*| \\[.*)"),
      List.of(),
      List.of("ok .*\\[no tests to run\\]", "\\?? *\\t\\S+.*\\[no test files\\]")),
  GO_VERBOSE(
      "go test",
      List.of(),
      List.of(
          "\\s*--- (?<state>PASS|FAIL|SKIP): (?<name>\\S+) \\(.*",
          "\\{.*\"Action\":\"(?<state>pass|fail|skip)\".*\"Test\":\"(?<name>[^\"]+)\".*"),
      List.of(),
      List.of()),
  CARGO(
      "cargo test",
      List.of("test result: (?:ok|FAILED)\\. (\\d+ passed; \\d+ failed; \\d+ ignored);.*"),
      List.of(),
      List.of("test (?<name>.+?) \\.\\.\\. FAILED"),
      List.of()),
  NEXTEST(
      "cargo nextest",
      List.of(" *Summary \\[.*\\] +(\\d+ tests? run: .*)"),
      List.of(),
      List.of(" +(?:FAIL|SIGABRT|TIMEOUT) \\[.*\\] +(?<name>.+)"),
      List.of("error: no tests to run.*")),
  RSPEC(
      "RSpec",
      List.of("(\\d+ examples?, \\d+ failures?.*)"),
      List.of(),
      List.of("rspec \\S+ # (?<name>.+)"),
      List.of("No examples found\\.")),
  MINITEST(
      "minitest",
      List.of("(\\d+ (?:runs|tests), \\d+ assertions, \\d+ failures, \\d+ errors.*)"),
      List.of(),
      List.of("(?<name>\\w+#\\S+) \\[.*\\]:"),
      List.of()),
  PHPUNIT(
      "PHPUnit",
      List.of(
          "OK \\((\\d+ tests?), \\d+ assertions?\\)",
          "(Tests: \\d+, Assertions: \\d+.*)",
          " +Tests: +(\\d+ .*) \\(\\d+ assertions?\\)"),
      List.of(),
      List.of("\\d+\\) (?<name>\\S+::\\S+.*)"),
      List.of("No tests executed!")),
  DOTNET(
      "dotnet test",
      List.of("(?:Passed|Failed|Skipped)! +- (Failed: .*), Total: .*"),
      List.of(),
      List.of(" +Failed (?<name>\\S.*?) \\[[^\\]]+\\]"),
      List.of("No test is available in .*")),
  CTEST(
      "ctest",
      List.of("\\d+% tests passed, (\\d+ tests? failed) out of \\d+"),
      List.of(
          " *\\d+/\\d+ Test +#\\d+: (?<name>\\S+) \\.*(?:"
              + " +|\\*\\*\\*)(?<state>Passed|Skipped|Not Run \\(Disabled\\)).*"),
      List.of(
          " *\\d+/\\d+ Test +#\\d+: (?<name>\\S+)"
              + " \\.*\\*\\*\\*(?:Failed|Timeout|Exception|Not Run).*"),
      List.of("No tests were found!!!")),
  PROVE(
      "prove",
      List.of("Files=\\d+, (Tests=\\d+),.*", "\\S+ +\\(Wstat: .* Tests: \\d+ (Failed: \\d+)\\)"),
      List.of(),
      List.of(),
      List.of("Result: NOTESTS")),
  TAP(
      "TAP",
      List.of(),
      List.of(
          "(?:not )?ok \\d+\\b(?<name>.*)\\s# (?<state>(?i)skip|todo)\\w*\\b.*",
          "(?<state>ok|not ok) \\d+(?: -)? *(?<name>[^#]*)(?:#.*)?"),
      List.of(),
      List.of("1\\.\\.0(?: *#.*)?"));

  private static final Pattern TAP_MARK =
      Pattern.compile("\\d+\\.\\.\\d+(?: *#.*)?|TAP version \\d+");

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, and a pattern has no state
  private final List<Pattern> summaries;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Pattern> cases;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Pattern> failed;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Pattern> none;

  Runner(
      String word,
      List<String> summaries,
      List<String> cases,
      List<String> failed,
      List<String> none) {
    this.word = word;
    this.summaries = compiled(summaries);
    this.cases = compiled(cases);
    this.failed = compiled(failed);
    this.none = compiled(none);
  }

  private static List<Pattern> compiled(List<String> patterns) {
    return patterns.stream().map(Pattern::compile).toList();
  }

  /** The runner for people. */
  String word() {
    return word;
  }

  /** Lines with counts of cases, in group 1. Several of them add up. */
  List<Pattern> summaries() {
    return summaries;
  }

  /** Lines about one case, with the groups {@code state} and {@code name}. */
  List<Pattern> cases() {
    return cases;
  }

  /** Lines that name a failed case, in the group {@code name}. */
  List<Pattern> failed() {
    return failed;
  }

  /** Lines that say that there are no cases. */
  List<Pattern> none() {
    return none;
  }

  /**
   * Lines without which the output is not that of the runner; empty if any other line is enough.
   */
  Optional<Pattern> mark() {
    return this == TAP ? Optional.of(TAP_MARK) : Optional.empty();
  }

  /** Runners that count the same cases in another way, or whose format this one includes. */
  Set<Runner> includes() {
    return switch (this) {
      case GO_VERBOSE -> Set.of(GO);
      case NODE, PROVE -> Set.of(TAP);
      case PYTEST,
          UNITTEST,
          MAVEN,
          GRADLE,
          JEST,
          VITEST,
          MOCHA,
          AVA,
          PLAYWRIGHT,
          GO,
          CARGO,
          NEXTEST,
          RSPEC,
          MINITEST,
          PHPUNIT,
          DOTNET,
          CTEST,
          TAP ->
          Set.of();
    };
  }
}

package dev.longe.check;

import dev.longe.core.CaseCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the Test Anything Protocol: {@code ok 1 - name}, {@code not ok 2 - name}. TODO and SKIP
 * cases do not count as failures.
 */
final class Tap {
  private static final Pattern LINE =
      Pattern.compile("^\\s*(not )?ok\\b\\s*(\\d*)\\s*(?:-\\s*)?([^#]*)(#.*)?$");
  private static final Pattern BAIL = Pattern.compile("^Bail out!\\s*(.*)$");

  private Tap() {}

  static TestReport parse(String text) throws TestReport.Unreadable {
    CaseCounts counts = CaseCounts.NONE;
    List<TestReport.Case> failing = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher bail = BAIL.matcher(line);
      if (bail.matches()) {
        failing.add(new TestReport.Case("bail out", bail.group(1)));
        continue;
      }
      Matcher m = LINE.matcher(line);
      if (m.matches()) {
        String directive = m.group(4) == null ? "" : m.group(4).toUpperCase(java.util.Locale.ROOT);
        boolean todo = directive.matches("#\\s*TODO.*");
        boolean skip = directive.matches("#\\s*SKIP.*");
        boolean failed = m.group(1) != null && !todo && !skip;
        counts = counts.plus(one(failed, skip, todo && m.group(1) != null));
        if (failed) {
          String name = m.group(3).isBlank() ? "test " + m.group(2) : m.group(3).strip();
          failing.add(new TestReport.Case(name, ""));
        }
      }
    }
    if (counts.ran() == 0 && failing.isEmpty() && !text.contains("1..0")) {
      throw new TestReport.Unreadable("the report is neither JUnit XML nor TAP nor go test -json");
    }
    return new TestReport(counts, failing);
  }

  private static CaseCounts one(boolean failed, boolean skipped, boolean expected) {
    int passed = failed || skipped || expected ? 0 : 1;
    return new CaseCounts(passed, failed ? 1 : 0, skipped ? 1 : 0, expected ? 1 : 0);
  }
}

package dev.longe.quality;

import dev.longe.quality.Language.Role;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds assertions, skipped tests, sleeps and tolerances in test code. */
final class TestCode {
  private static final Pattern PATH =
      Pattern.compile(
          "(?:^|/)(?:tests?|__tests__|specs?|testing|e2e)/|(?:^|/)test_[^/]*\\.py$|_test\\.\\w+$"
              + "|\\.(?:test|spec)\\.\\w+$|(?:Tests?|IT|Spec)\\.\\w+$|_spec\\.rb$|(?:^|/)conftest\\.py$");

  private static final Pattern ASSERTION =
      Pattern.compile(
          "(?:^|[.:>])(?:assert\\w*!?|expect\\w*|should\\w*|verify\\w*|fail|require\\.\\w+|refute\\w*|must_\\w+"
              + "|(?:EXPECT|ASSERT|CHECK|REQUIRE)(?:_\\w+)?|Errorf?|Fatalf?|debug_assert\\w*!?|Assert\\.\\w+)\\s*$");

  private static final Pattern SKIPS =
      Pattern.compile(
          "@Dis(?:abled)\\b|@Ignore\\b|\\b(?:it|test|describe|context)\\.(?:skip|todo)\\b|\\bx(?:it|describe|test)\\("
              + "|@?pytest\\.(?:mark\\.)?(?:skip|skipif|xfail)\\b|@?unittest\\.skip|self\\.skipTest\\(|\\bt\\.Skip\\w*\\("
              + "|#\\[ignore|\\[Ignore(?:\\]|\\()|\\bSkip\\s*=\\s*\"|\\bGTEST_SKIP|markTestSkipped\\(|^\\s*pending\\b|\\bassumeTrue\\(");

  private static final Pattern SLEEPS =
      Pattern.compile(
          "\\b(?:Thread\\.sleep|TimeUnit\\.\\w+\\.sleep|time\\.[sS]leep|asyncio\\.sleep|(?<![.\\w])u?sleep|Task\\.Delay|sleep_for|thread::sleep)\\s*\\(");

  private static final Pattern TOLERANCE =
      Pattern.compile(
          "(?:\\b(?:within|offset)\\(\\s*"
              + "|[,(]\\s*(?:delta|abs_tol|rel_tol|atol|rtol|abs|rel|epsilon|tolerance|max_relative)\\s*[=:]\\s*"
              + "|EXPECT_NEAR\\([^,]+,[^,]+,\\s*|assert_in_delta\\s*\\(?[^,]+,[^,]+,\\s*)(\\d*\\.?\\d+(?:e-?\\d+)?)");

  private static final Pattern PLACES =
      Pattern.compile("(?:\\bplaces\\s*=\\s*|toBeCloseTo\\([^,()]+,\\s*)(\\d+)");

  private TestCode() {}

  static boolean isTest(String path) {
    return PATH.matcher(path).find();
  }

  static boolean isAssertion(Scan scan, int node) {
    Syntax syntax = scan.syntax();
    String type = syntax.type(node);
    if (type.equals("assert_statement")) {
      return true;
    }
    if (!syntax.is(node, Role.CALLS)) {
      return false;
    }
    int[] parts = syntax.parts(node);
    if (parts.length == 0) {
      return false;
    }
    String text = syntax.text(node);
    int open = text.indexOf('(');
    return ASSERTION.matcher(open < 0 ? text : text.substring(0, open)).find();
  }

  /** Finds skips, sleeps and tolerances, by line. The caller decides whether the file is a test. */
  static void look(Scan scan) {
    Syntax syntax = scan.syntax();
    BitSet quoted = quoted(syntax);
    for (int line = 1; line <= syntax.lineCount(); line++) {
      String text = syntax.lineText(line).strip();
      if (text.startsWith("//")
          || text.startsWith("*")
          || (text.startsWith("#") && !text.startsWith("#["))) {
        continue;
      }
      if (quoted.get(line)) {
        continue;
      }
      if (SKIPS.matcher(text).find()) {
        scan.foundLine(Rule.TEST_SKIPPED, line, 1, text);
      }
      if (SLEEPS.matcher(text).find()) {
        scan.foundLine(Rule.TEST_SLEEP, line, 1, text);
      }
      Matcher allows = TOLERANCE.matcher(text);
      if (allows.find()) {
        scan.foundLine(Rule.TOLERANCE, line, Double.parseDouble(allows.group(1)), text);
      }
      Matcher places = PLACES.matcher(text);
      if (places.find()) {
        scan.foundLine(
            Rule.TOLERANCE, line, Math.pow(10, -Double.parseDouble(places.group(1))), text);
      }
    }
  }

  /** The lines within a multi-line string, which are not code of this file. */
  private static BitSet quoted(Syntax syntax) {
    BitSet lines = new BitSet();
    for (int node = 0; node < syntax.count(); node++) {
      int first = syntax.line(node);
      int last = syntax.endLine(node);
      if (last > first && syntax.type(node).contains("string")) {
        lines.set(first + 1, last + 1);
      }
    }
    return lines;
  }
}

package dev.longe.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change is held against its base: what moved is nothing new. */
final class RatchetTest {
  private static final String HIDES =
      """
      def load(path):
          try:
              return read(path)
          except Exception as error:
              log.warning(error)
              return None
      """;

  private static final String LONG =
      """
      def total(rows, rate):
          result = 0
          for row in rows:
              if row.kind == "a":
                  result += row.value * rate
              elif row.kind == "b":
                  result += row.value - fee(row)
              else:
                  result += adjust(row, rate)
          return round(result, 2)
      """;

  @TempDir Path temp;

  private Delta turn(Sources base, Sources candidate) {
    Quality quality = new Quality(temp.resolve("measures"));
    return Delta.between(quality.measure(base), quality.measure(candidate));
  }

  @Test
  void pureMove_ofAFile_isNothing() {
    Delta d =
        turn(Sources.of("a.py", HIDES, "b.py", LONG), Sources.of("pkg/c.py", HIDES, "b.py", LONG));
    assertThat(d).isEqualTo(new Delta(List.of(), List.of(), List.of()));
  }

  @Test
  void pureMove_ofAFunction_isNothing() {
    Delta d =
        turn(Sources.of("a.py", HIDES + LONG, "b.py", ""), Sources.of("a.py", LONG, "b.py", HIDES));
    assertThat(d.added()).isEmpty();
    assertThat(d.resolved()).isEmpty();
  }

  @Test
  void rename_ofNames_isNothing() {
    String renamed = HIDES.replace("load", "fetch").replace("path", "place").replace("error", "e");
    Delta d = turn(Sources.of("a.py", HIDES), Sources.of("a.py", renamed));
    assertThat(d.added()).isEmpty();
    assertThat(d.worsened()).isEmpty();
  }

  @Test
  void anotherLogText_inTheSameHandler_isNothing() {
    Delta d =
        turn(
            Sources.of("a.py", HIDES),
            Sources.of("a.py", HIDES.replace("log.warning(error)", "log.warning('x', error)")));
    assertThat(d.added()).isEmpty();
  }

  @Test
  void secondHandlerOfTheSameForm_isAdded() {
    Delta d =
        turn(
            Sources.of("a.py", HIDES),
            Sources.of("a.py", HIDES, "b.py", HIDES.replace("load", "x")));
    assertThat(d.added()).extracting(Finding::rule).contains(Rule.SWALLOW_DEFAULT);
    assertThat(d.added()).allMatch(s -> s.path().equals("b.py"));
  }

  @Test
  void copy_isAddedOnce_inTheFileThatHasIt() {
    Delta d =
        turn(
            Sources.of("a.py", LONG),
            Sources.of("a.py", LONG, "b.py", LONG.replace("total", "sum2")));
    assertThat(d.added())
        .singleElement()
        .matches(s -> s.rule() == Rule.CLONE && s.path().equals("b.py"));
  }

  @Test
  void honestRefactoring_addsNothing() {
    String refactored =
        """
        def total(rows, rate):
            return round(sum(amount(row, rate) for row in rows), 2)


        def amount(row, rate):
            if row.kind == "a":
                return row.value * rate
            if row.kind == "b":
                return row.value - fee(row)
            return adjust(row, rate)
        """;
    Delta d = turn(Sources.of("a.py", LONG), Sources.of("a.py", refactored));
    assertThat(d.added()).isEmpty();
    assertThat(d.worsened()).isEmpty();
  }

  @Test
  void lostAssertions_areAdded_movedOnesAreNot() {
    String test = "def test_a():\n    assert f(1) == 2\n    assert f(2) == 3\n";
    Delta lost =
        turn(
            Sources.of("tests/test_a.py", test),
            Sources.of("tests/test_a.py", "def test_a():\n    assert f(1) == 2\n"));
    assertThat(lost.added()).extracting(Finding::rule).containsExactly(Rule.ASSERTION_REMOVED);
    Delta gone =
        turn(Sources.of("tests/test_a.py", test), Sources.of("tests/test_b.py", "x = 1\n"));
    assertThat(gone.added()).extracting(Finding::rule).containsExactly(Rule.ASSERTION_REMOVED);
    Delta moved = turn(Sources.of("tests/test_a.py", test), Sources.of("tests/test_b.py", test));
    assertThat(moved.added()).isEmpty();
  }

  @Test
  void widerTolerance_andMoreComplexity_areWorse() {
    String test = "def test_a():\n    assert close(f(1), 2, abs_tol=%s)\n";
    Delta wider =
        turn(
            Sources.of("tests/test_a.py", test.formatted("0.1")),
            Sources.of("tests/test_a.py", test.formatted("0.5")));
    assertThat(wider.worsened()).extracting(Finding::rule).containsExactly(Rule.TOLERANCE);
    Delta more = turn(Sources.of("a.py", branches(12)), Sources.of("a.py", branches(14)));
    assertThat(more.worsened()).extracting(Finding::rule).containsExactly(Rule.COMPLEX_FUNCTION);
    Delta fewer = turn(Sources.of("a.py", branches(14)), Sources.of("a.py", branches(3)));
    assertThat(fewer.resolved()).extracting(Finding::rule).containsExactly(Rule.COMPLEX_FUNCTION);
  }

  private static String branches(int n) {
    StringBuilder code = new StringBuilder("def f(a):\n");
    for (int i = 0; i < n; i++) {
      code.append("    if a == ").append(i).append(":\n        g(").append(i).append(")\n");
    }
    return code.toString();
  }
}

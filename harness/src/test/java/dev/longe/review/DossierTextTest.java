package dev.longe.review;

import static dev.longe.review.SampleChanges.file;
import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.candidate;
import static dev.longe.testing.TaskHistory.failed;
import static dev.longe.testing.TaskHistory.passed;
import static dev.longe.testing.TaskHistory.receipt;
import static dev.longe.testing.TaskHistory.remark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Invariant;
import dev.longe.core.Move;
import dev.longe.core.Remark;
import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.report.Style;
import dev.longe.testing.TaskHistory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DossierTextTest {
  private static TaskHistory proposed() {
    return TaskHistory.of(TaskHistory.loop(TaskHistory.redTests()))
        .prepared()
        .happens(new Event.BaseChecked(failed(TESTS, "rounds"), receipt("base-1")))
        .attempt(Move.FRESH, List.of("a.py"), failed(TESTS, "rounds"))
        .attempt(Move.FRESH, List.of("a.py", "b.py"), passed(TESTS))
        .proposed();
  }

  private static Dossier dossier() {
    Invariant exact =
        new Invariant("M1", "Exact.", List.of("a.py"), Optional.of("./t"), Optional.empty());
    CandidateChange change =
        SampleChanges.bearing(SampleChanges.of(file("a.py", 9), file("b.py", 2)), exact);
    return Dossier.of(proposed().state(), change);
  }

  private static List<String> plain(Dossier d) {
    return DossierText.terminal(d, new Style(false));
  }

  @Test
  void terminal_holdsAllOnWhichAHumanDecides() {
    assertThat(plain(dossier()))
        .containsSubsequence(
            "abcde  proposed (checks-passed: every check passed on this candidate)",
            "  Mend it.",
            "Candidate 2  0000000000",
            "  +20 −2 lines in a.py, b.py",
            "Risk: high",
            "  concerns the invariants «M1»",
            "What behaves differently",
            "  tests: failed on the base and passes on the candidate: rounds",
            "Invariants that it concerns",
            "  M1: Exact.",
            "Checked",
            "  passed   tests  no test cases, exit status only; receipt 2-1: exit 0 in 2.0 s on"
                + " tree tree-1  failed on the base",
            "Not checked",
            "Attempts",
            "  1  fresh, session 1: ended, +10 −1 lines; not passed: tests failed",
            "Abandoned candidates",
            "Claims without a receipt",
            "Read in this order",
            "  a.py  +9 −0  concerns an invariant",
            "  b.py  +2 −0",
            "Cost",
            "Undo",
            "Next",
            "  longe review abcde");
  }

  @Test
  void markdown_saysTheSame_asHeadingsAndLists() {
    List<String> lines = DossierText.markdown(dossier());
    assertThat(lines)
        .containsSubsequence(
            "# abcde  proposed (checks-passed: every check passed on this candidate)",
            "- Mend it.",
            "## Risk: high",
            "",
            "- concerns the invariants «M1»",
            "## Next",
            "",
            "- `longe review abcde`");
    assertThat(String.join("", lines)).doesNotContain("\033");
    assertThat(lines.stream().filter(l -> l.startsWith("## ")).map(l -> l.substring(3)).toList())
        .isEqualTo(
            plain(dossier()).stream()
                .skip(1)
                .filter(l -> !l.startsWith(" ") && !l.isEmpty())
                .toList());
  }

  @Test
  void sectionsWithoutContent_areLeftOut() {
    List<String> lines =
        plain(Dossier.of(TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).state()));
    assertThat(lines)
        .containsExactly(
            "abcde  queued",
            "  Mend it.",
            "",
            "Cost",
            "  nothing reported yet of $5.00; worked 0 ms",
            "",
            "Next",
            "  longe log abcde -f",
            "  longe steer abcde \"…\"",
            "  longe pause abcde",
            "  longe stop abcde");
  }

  @Test
  void landedTask_hasNothingToReadOrToFear() {
    TaskHistory h =
        proposed()
            .accepted()
            .happens(new Event.Landed(new Commit("d".repeat(40)), "refs/heads/main", List.of()));
    List<String> lines = plain(Dossier.of(h.state(), SampleChanges.of(file("a.py", 9))));
    assertThat(lines)
        .contains("  git revert dddddddddd")
        .noneMatch(l -> l.startsWith("Risk") || l.startsWith("Read in"));
  }

  @Test
  void moreThanAnybodyReadsWell_isSaidFirst_andSittingsAreNumbered() {
    CandidateChange change = SampleChanges.of(file("a.py", 300), file("b.py", 300));
    List<String> lines = plain(Dossier.of(proposed().state(), change));
    int at = lines.indexOf("Read in this order");
    assertThat(lines.get(at + 1)).contains("600 lines are more than a person reviews well (400)");
    assertThat(lines).contains("  part 1  a.py  +300 −0", "  part 2  b.py  +300 −0");
  }

  @Test
  void longLists_areCut_andSayHowMuchIsMissing() {
    TaskHistory h =
        TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).prepared().started(Move.FRESH);
    h.stopped(new Stop.Ended(), Usage.NONE).candidate(candidate(1, List.of("a"), List.of()));
    List<Remark> remarks =
        IntStream.range(0, 30).mapToObj(i -> remark("empty-catch", "a.py:" + i, false)).toList();
    h.happens(new Event.Measured(1, List.of(), remarks, 5)).checked(passed(TESTS));
    List<String> lines = plain(Dossier.of(h.state(), SampleChanges.of(file("a.py", 1))));
    assertThat(lines).contains("  a.py:23  hides an error: `catch (E e) {}`", "  and 7 more");
    assertThat(lines).noneMatch(l -> l.contains("a.py:24 "));
  }

  @Test
  void longTexts_areCut() {
    TaskHistory h =
        TaskHistory.at(
            TaskHistory.ID,
            TaskHistory.loop(TaskHistory.tests()),
            new dev.longe.core.Source("/r", Optional.empty(), TaskHistory.BASE),
            "word ".repeat(1_000) + "\nline".repeat(100));
    List<String> lines = plain(Dossier.of(h.state()));
    assertThat(lines).allMatch(l -> l.length() <= 402).hasSizeLessThan(30);
  }

  @Test
  void colour_isForTheTerminalOnly() {
    List<String> coloured = DossierText.terminal(dossier(), new Style(true));
    assertThat(String.join("\n", coloured)).contains("\033[32mpassed \033[0m");
    assertThat(coloured.stream().map(l -> l.replaceAll("\033\\[\\d+m", "")).toList())
        .isEqualTo(plain(dossier()));
  }
}

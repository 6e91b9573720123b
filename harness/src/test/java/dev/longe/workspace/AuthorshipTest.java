package dev.longe.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads what {@code git log -p -U1} prints in the harness's format. */
final class AuthorshipTest {
  private static String head(String id, String author, String assisted, String coAuthor) {
    return String.join("\2", "\1" + id, author, "1700000000", assisted, coAuthor);
  }

  private static List<Authorship.Added> read(String... lines) {
    return Authorship.read(List.of(lines));
  }

  @Test
  void linesOfAFile_areNumbered_andKnowTheLineAbove() {
    Authorship.Added added =
        read(
                head("c1", "Ann <a@x>", "", ""),
                "",
                "diff --git a/f.py b/f.py",
                "--- a/f.py",
                "+++ b/f.py",
                "@@ -4,2 +4,4 @@ def f():",
                " above",
                "+one",
                "-gone",
                "+two",
                " below",
                "@@ -20,0 +23 @@",
                "+three",
                "\\ No newline at end of file")
            .getFirst();
    assertThat(added.commit()).isEqualTo("c1");
    assertThat(added.author()).isEqualTo("Ann <a@x>");
    assertThat(added.when()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(added.assisted()).isFalse();
    assertThat(added.path()).isEqualTo("f.py");
    assertThat(added.lines())
        .containsExactly(
            new Authorship.Line(5, "one", "above", false),
            new Authorship.Line(6, "two", "one", true),
            new Authorship.Line(23, "three", "", false));
    assertThat(added.kept()).containsExactly(new Authorship.Kept("below", "gone", "two"));
  }

  @Test
  void filesAndCommits_areKeptApart() {
    List<Authorship.Added> all =
        read(
            head("c1", "Ann <a@x>", "", ""),
            "diff --git a/f.py b/f.py",
            "--- a/f.py",
            "+++ b/f.py",
            "@@ -0,0 +1 @@",
            "+one",
            "diff --git a/my notes.py b/my notes.py",
            "--- /dev/null",
            "+++ b/my notes.py\t",
            "@@ -0,0 +1 @@",
            "+two",
            head("c2", "Bob <b@x>", "", ""),
            "diff --git a/f.py b/f.py",
            "--- a/f.py",
            "+++ b/f.py",
            "@@ -1 +1 @@",
            "-one",
            "+three");
    assertThat(all)
        .extracting(a -> a.commit() + " " + a.path() + " " + a.lines().getFirst().text())
        .containsExactly("c1 f.py one", "c1 my notes.py two", "c2 f.py three");
  }

  @Test
  void contentThatLooksLikeAHead_isContent() {
    Authorship.Added added =
        read(
                head("c1", "Ann <a@x>", "", ""),
                "diff --git a/f.diff b/f.diff",
                "--- a/f.diff",
                "+++ b/f.diff",
                "@@ -0,0 +1,3 @@",
                "++++ b/other.py",
                "+@@ -1 +9 @@",
                "+diff --git a/x b/x")
            .getFirst();
    assertThat(added.path()).isEqualTo("f.diff");
    assertThat(added.lines())
        .extracting(Authorship.Line::text)
        .containsExactly("+++ b/other.py", "@@ -1 +9 @@", "diff --git a/x b/x");
  }

  @Test
  void deletedFile_binaryFile_andCommitWithoutAChange_bringNothing() {
    assertThat(
            read(
                head("c1", "Ann <a@x>", "", ""),
                "diff --git a/f.py b/f.py",
                "--- a/f.py",
                "+++ /dev/null",
                "@@ -1 +0,0 @@",
                "-one",
                "diff --git a/x.png b/x.png",
                "Binary files a/x.png and b/x.png differ",
                head("c2", "Ann <a@x>", "", "")))
        .isEmpty();
    assertThat(read("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ann <a@x>|claude:opus|''|true",
        "Ann <a@x>|''|Claude <noreply@anthropic.com>|true",
        "Ann <a@x>|''|GitHub Copilot <c@x>|true",
        "Ann <a@x>|''|Claudette <c@x>|false",
        "Ann <a@x>|''|renovate[bot] <b@x>|true",
        "dependabot[bot] <b@x>|''|''|true",
        "Ann <a@x>|''|Bob <b@x>|false"
      })
  void agents_areKnownByTrailerOrName(String author, String assisted, String coAuthor, boolean is) {
    Authorship.Added added =
        read(
                head("c1", author, assisted, coAuthor),
                "diff --git a/f b/f",
                "+++ b/f",
                "@@ -0,0 +1 @@",
                "+one")
            .getFirst();
    assertThat(added.assisted()).isEqualTo(is);
  }
}

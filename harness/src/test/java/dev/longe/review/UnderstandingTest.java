package dev.longe.review;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Commit;
import dev.longe.testing.World;
import dev.longe.workspace.Notes;
import dev.longe.workspace.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class UnderstandingTest {
  private static final String ANN = "Ann <ann@example.org>";
  private static final String BOB = "Bob <bob@example.org>";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration HALF_LIFE = Duration.ofDays(180);

  @TempDir Path temp;
  private Path repo;

  @BeforeEach
  void repository() {
    repo = temp.resolve("r");
    World.make(repo);
    git(repo, "init", "-q", "-b", "main");
  }

  /** A commit of everything that stands in the work tree. */
  private Commit commit(String who, int day, String message) {
    String name = who.substring(0, who.indexOf(' '));
    World.shell(
        repo,
        """
        git add -A
        export GIT_AUTHOR_NAME='%1$s' GIT_AUTHOR_EMAIL='%2$s' GIT_COMMITTER_NAME=T
        export GIT_COMMITTER_EMAIL=t@example.org GIT_AUTHOR_DATE='%3$s' GIT_COMMITTER_DATE='%3$s'
        git commit -q -m '%4$s'
        """
            .formatted(
                name,
                who.substring(who.indexOf('<') + 1, who.length() - 1),
                START.plus(Duration.ofDays(day)),
                message));
    return head(repo);
  }

  private void write(String file, String... lines) {
    World.write(repo.resolve(file), String.join("\n", lines) + "\n");
  }

  private void note(String ref, Commit commit, String text) {
    World.write(temp.resolve("note"), text);
    World.shell(
        repo,
        """
        export GIT_COMMITTER_NAME=T GIT_COMMITTER_EMAIL=t@example.org
        export GIT_AUTHOR_NAME=T GIT_AUTHOR_EMAIL=t@example.org
        git notes --ref=%s add -C $(git hash-object -w ../note) %s
        """
            .formatted(ref, commit));
  }

  private Repository open() {
    return Repository.at(World.SANDBOX, repo, World.ENVIRONMENT.basic());
  }

  private Understanding.Part part(String file, int day) {
    List<Understanding.Part> parts =
        Understanding.of(
            open(),
            head(repo),
            Optional.empty(),
            List.of(file),
            p -> Optional.of(World.read(repo.resolve(p))),
            START.plus(Duration.ofDays(day)),
            HALF_LIFE);
    assertThat(parts).hasSize(1);
    return parts.getFirst();
  }

  @Test
  void author_understands_untilItIsHalfForgotten() {
    write("a.py", "x = 1", "", "y = 2");
    commit(ANN, 0, "first");
    assertThat(part("a.py", 0)).isEqualTo(new Understanding.Part("a.py", 2, 2, Set.of(ANN)));
    assertThat(part("a.py", 180).understood()).isEqualTo(2);
    assertThat(part("a.py", 181)).isEqualTo(new Understanding.Part("a.py", 2, 0, Set.of()));
    assertThat(part("a.py", 181).dark()).isEqualTo(2);
  }

  @Test
  void anotherLookAtTheSameLine_makesItLastTwiceAsLong() {
    write("a.py", "x = 1");
    Commit first = commit(ANN, 0, "first");
    assertThat(part("a.py", 300).understood()).isZero();
    note(Notes.UNDERSTANDING, first, record(ANN, "explained", 10, LineHashes.hash("", "x = 1")));
    assertThat(part("a.py", 300).understood()).isEqualTo(1);
    assertThat(part("a.py", 361).understood()).isZero();
  }

  private static String record(String who, String kind, int day, String hash) {
    return "{\"v\":1,\"who\":\"%s\",\"kind\":\"%s\",\"when\":\"%s\",\"ranges\":[{\"hashes\":[\"%s\"]}]}"
        .formatted(who, kind, START.plus(Duration.ofDays(day)), hash);
  }

  @Test
  void assistedLines_areDark_untilAHumanReviewsThem() {
    write("a.py", "x = 1");
    Commit made = commit(ANN, 0, "first\n\nAssisted-by: claude");
    assertThat(part("a.py", 0).understood()).isZero();
    note(Notes.UNDERSTANDING, made, record(BOB, "reviewed", 0, LineHashes.hash("", "x = 1")));
    assertThat(part("a.py", 80).who()).containsExactly(BOB);
    assertThat(part("a.py", 90).understood()).as("a review is worth less").isZero();
  }

  @Test
  void waiver_isNoUnderstanding_andNoSecondLook() {
    write("a.py", "x = 1");
    Commit made = commit(ANN, 0, "first");
    note(Notes.UNDERSTANDING, made, record(ANN, "waived", 10, LineHashes.hash("", "x = 1")));
    assertThat(part("a.py", 181).understood()).isZero();
  }

  @Test
  void coAuthorThatIsAnAgent_andABot_areNoHumans() {
    write("a.py", "x = 1");
    commit(ANN, 0, "first\n\nCo-authored-by: Claude <noreply@anthropic.com>");
    write("b.py", "y = 1");
    commit("dependabot[bot] <b@example.org>", 0, "second");
    write("c.py", "z = 1");
    commit(ANN, 0, "third\n\nCo-authored-by: Bob <bob@example.org>");
    assertThat(part("a.py", 0).understood()).isZero();
    assertThat(part("b.py", 0).understood()).isZero();
    assertThat(part("c.py", 0).who()).containsExactly(ANN);
  }

  @Test
  void noteOfGitAi_goesBeforeTheTrailer_lineByLine() {
    write("a.py", "x = 1", "y = 2", "z = 3");
    Commit made = commit(ANN, 0, "first\n\nAssisted-by: claude");
    note(Notes.GIT_AI, made, "a.py\n  d99 2\n---\n{}");
    assertThat(part("a.py", 0)).isEqualTo(new Understanding.Part("a.py", 3, 2, Set.of(ANN)));
  }

  @Test
  void agentTrace_isReadWhereThereIsNoOtherNote() {
    write("a.py", "x = 1", "y = 2");
    Commit made = commit(ANN, 0, "first");
    note(
        Notes.AGENT_TRACE,
        made,
        "{\"files\":[{\"path\":\"a.py\",\"conversations\":[{\"ranges\":[{\"start_line\":1,\"end_line\":1}]}]}]}");
    assertThat(part("a.py", 0).understood()).isEqualTo(1);
  }

  @Test
  void lineThatMovesWithTheOneAboveIt_staysUnderstood_inAnotherFileAndIndented() {
    write("a.py", "def f():", "return 41", "return 42");
    commit(ANN, 0, "first");
    write("b.py", "class C:", "  def f():", "    return 41", "    return 42");
    commit(ANN, 0, "moved\n\nAssisted-by: claude");
    Understanding.Part moved = part("b.py", 0);
    assertThat(moved.lines()).isEqualTo(4);
    assertThat(moved.understood()).isEqualTo(2);
  }

  @Test
  void lineUnderOneThatAnAgentChanged_staysUnderstood() {
    write("a.py", "one = 1", "two = 2", "three = 3");
    commit(ANN, 0, "first");
    write("a.py", "uno = 1", "two = 2", "three = 3");
    commit(ANN, 0, "renamed\n\nAssisted-by: claude");
    assertThat(part("a.py", 0)).isEqualTo(new Understanding.Part("a.py", 3, 2, Set.of(ANN)));
  }

  @Test
  void whoKnowsHalfOfAFile_isNamed_whoKnowsLessIsNot() {
    write("a.py", "one = 1", "two = 2", "three = 3");
    commit(ANN, 0, "first");
    write("a.py", "one = 1", "two = 2", "three = 3", "four = 4");
    commit(BOB, 0, "second");
    assertThat(part("a.py", 0)).isEqualTo(new Understanding.Part("a.py", 4, 4, Set.of(ANN)));
  }

  @Test
  void fileWithASpaceInItsName_isAFileLikeAnother() {
    write("my notes.py", "one = 1");
    Commit made = commit(ANN, 0, "first");
    note(Notes.GIT_AI, made, "\"my notes.py\"\n  d99 1\n---\n{}");
    assertThat(part("my notes.py", 0).understood()).isZero();
  }

  @Test
  void usersOwnDiffSettings_changeNothing() {
    write("a.py", "one = 1", "", "two = 2");
    commit(ANN, 0, "first");
    for (String setting : List.of("noprefix", "mnemonicPrefix", "suppressBlankEmpty")) {
      git(repo, "config", "diff." + setting, "true");
    }
    assertThat(part("a.py", 0).understood()).isEqualTo(2);
  }

  @Test
  void contentCannotPretendToBeACommitOfAHuman() {
    String forged =
        "ok = 1\r\1"
            + "f".repeat(40)
            + "\2"
            + ANN
            + "\2"
            + START.getEpochSecond()
            + "\2\2\r"
            + "diff --git a/a.py b/a.py\r+++ b/a.py\r@@ -0,0 +1 @@\r+evil = 1";
    World.write(repo.resolve("a.py"), forged + "\nevil = 1\n");
    commit(BOB, 0, "first\n\nAssisted-by: claude");
    World.write(repo.resolve("a.py"), "evil = 1\n");
    commit(BOB, 0, "second\n\nAssisted-by: claude");
    assertThat(part("a.py", 0).understood()).isZero();
  }

  @Test
  void notesThatCannotBeRead_areLeftAlone() {
    write("a.py", "x = 1");
    Commit first = commit(ANN, 0, "first\n\nAssisted-by: claude");
    write("b.py", "y = 1");
    Commit second = commit(ANN, 0, "second\n\nAssisted-by: claude");
    note(Notes.UNDERSTANDING, first, "not json\n{\"v\":2}\n{\"v\":1,\"who\":7}\r\n{\r\n\r\n");
    note(Notes.UNDERSTANDING, second, record(BOB, "explained", 0, LineHashes.hash("", "y = 1")));
    note(Notes.GIT_AI, first, "a.py\r\n  d99 1\r\n---\r\n{}\r\n");
    assertThat(part("a.py", 0).understood()).isZero();
    assertThat(part("b.py", 0).who()).containsExactly(BOB);
  }

  @Test
  void emptyFile_isNoPart_andScopeLeavesTheRestDark() {
    write("src/a.py", "x = 1");
    write("lib/b.py", "y = 1");
    write("empty.py", "", "{", "}");
    commit(ANN, 0, "first");
    List<Understanding.Part> parts =
        Understanding.of(
            open(),
            head(repo),
            Optional.of("src"),
            List.of("src/a.py", "lib/b.py", "empty.py", "binary"),
            p -> p.equals("binary") ? Optional.empty() : Optional.of(World.read(repo.resolve(p))),
            START,
            HALF_LIFE);
    assertThat(parts)
        .containsExactly(
            new Understanding.Part("src/a.py", 1, 1, Set.of(ANN)),
            new Understanding.Part("lib/b.py", 1, 0, Set.of()));
  }

  private static Understanding.Part known(String path, String... who) {
    return new Understanding.Part(path, 10, who.length == 0 ? 0 : 10, new HashSet<>(List.of(who)));
  }

  @Test
  void truckFactor_isHowManyMustLeave() {
    assertThat(Understanding.truckFactor(List.of())).isZero();
    assertThat(Understanding.truckFactor(List.of(known("a"), known("b"), known("c", ANN))))
        .isZero();
    assertThat(
            Understanding.truckFactor(List.of(known("a", ANN), known("b", ANN), known("c", BOB))))
        .isEqualTo(1);
    assertThat(Understanding.truckFactor(List.of(known("a", ANN, BOB), known("b", ANN, BOB))))
        .isEqualTo(2);
  }

  @Test
  void directories_sumWhatIsBelowThem() {
    Map<String, Understanding.Part> sums =
        Understanding.directories(
            List.of(known("a/b/c.py", ANN), known("a/b/d/e.py"), known("a/f.py"), known("g.py")),
            2);
    assertThat(sums.keySet()).containsExactly("a/b/", "a/", ".");
    assertThat(sums.get("a/b/")).isEqualTo(new Understanding.Part("a/b/", 20, 10, Set.of()));
  }
}

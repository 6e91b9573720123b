package dev.longe.workspace;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.shell;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Commit;
import dev.longe.core.TaskId;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that land onto the branch that the user has checked out, or are refused. */
@Timeout(120)
final class CheckedOutBranchTest {
  @TempDir Path temp;
  private Path user;
  private Commit from;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("shop"),
            ".gitignore",
            "*.log\n.env\n/data\n/cache/\n/lib/out\n",
            "a.txt",
            "a\n",
            "b.txt",
            "b\n",
            "lib/one.txt",
            "one\n",
            "lib/two.txt",
            "two\n");
    from = head(user);
  }

  /** A commit on top of the base that a shell line makes in another work tree. */
  private Commit change(String line) {
    Path elsewhere = temp.resolve("elsewhere");
    shell(
        temp,
        "git clone -q shop elsewhere; cd elsewhere; git config user.name T; git config user.email"
            + " t@example.org; git config filter.picky.smudge cat; git config filter.picky.clean"
            + " cat; "
            + line
            + "\ngit add -Af; git commit -qm change; cd ../shop; git fetch -q ../elsewhere HEAD");
    return head(elsewhere);
  }

  private Landing.Moved land(Commit to) {
    Repository repository = Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic());
    return repository
        .landing(new TaskId("abcde"), from)
        .toTarget(new Landing.Merged.Clean(to, from, true), "main");
  }

  /** Everything that a landing could change: files with modes and content, branch and index. */
  private String everything() {
    return shell(
        user,
        "find . -path ./.git -prune -o -printf '%p %y %m %l\\n' | sort;"
            + " find . -path ./.git -prune -o -type f -print | sort | xargs -d '\\n' sha256sum;"
            + " git rev-parse main HEAD; git ls-files -s; git status --porcelain --ignored;"
            + " git for-each-ref; ls .git | grep -E 'longe|lock' || true");
  }

  private String refused(Commit to) {
    String before = everything();
    Landing.Moved moved = land(to);
    assertThat(moved).isInstanceOf(Landing.Moved.Refused.class);
    assertThat(everything()).isEqualTo(before);
    return ((Landing.Moved.Refused) moved).why();
  }

  private void lands(Commit to) {
    assertThat(land(to)).isEqualTo(new Landing.Moved.Done("refs/heads/main"));
    assertThat(head(user)).isEqualTo(to);
    assertThat(git(user, "status", "--porcelain")).isEmpty();
    assertThat(git(user, "write-tree")).isEqualTo(git(user, "rev-parse", to.id() + "^{tree}"));
    assertThat(shell(user, "ls .git | grep -E 'longe|lock' || true")).isEmpty();
  }

  /** The user's own files, the change, and the file of the user that it would overwrite. */
  @ParameterizedTest
  @CsvSource({
    "echo SECRET > .env, echo x > .env, .env",
    "> .env, echo x > .env, .env",
    "mkdir -p data/sub; echo 1 > data/sub/1.csv, echo x > data, data/sub/1.csv",
    "mkdir data; echo 1 > data/1.csv, mkdir data; echo x > data/1.csv, data/1.csv",
    "echo mine > data, mkdir data; echo x > data/new.csv, data",
    "ln -s /nowhere data, mkdir data; echo x > data/new.csv, data",
    "ln -s lib data, mkdir data; echo x > data/one.txt, data",
    "ln -s /nowhere .env, echo x > .env, .env",
    "echo mine > lib/out, git rm -qr lib; echo x > lib, lib/out",
    "mkdir lib/out; echo mine > lib/out/o, git rm -qr lib; echo x > lib, lib/out/o",
    "echo mine > lib/out, mkdir -p lib/out/deep; echo x > lib/out/deep/file, lib/out",
    "git init -q data; git -C data commit -q --allow-empty -m x, echo x > data, data/.git/",
  })
  @Tag("I10")
  @Tag("I9")
  void changeThatAddsAFile_whereGitIgnoresOneOfTheUser_isRefused(
      String own, String change, String named) {
    Commit to = change(change);
    shell(user, own);
    assertThat(refused(to)).contains(named).contains("that git ignores").contains("Move it away");
  }

  @ParameterizedTest
  @CsvSource({
    "rm a.txt; mkdir a.txt; echo x > a.txt/b",
    "git rm -qr lib; echo x > lib",
    "git rm -qr lib; mkdir -p lib/one.txt/deep; echo x > lib/one.txt/deep/one.txt",
    "chmod +x a.txt",
    "git mv a.txt lib/a.txt",
    "git mv lib moved; ln -s moved lib",
    "rm a.txt; ln -s b.txt a.txt",
    "git rm -qr lib a.txt",
    "mkdir -p cache/x; echo x > cache/x/y",
  })
  void changesOfTrackedFiles_land(String change) {
    shell(user, "mkdir cache; echo mine > cache/mine; echo mine > x.log");
    lands(change(change));
    assertThat(read(user.resolve("cache/mine"))).isEqualTo("mine\n");
    assertThat(read(user.resolve("x.log"))).isEqualTo("mine\n");
  }

  @Test
  void emptyDirectory_isNotInTheWay() {
    World.make(user.resolve("data/empty"));
    lands(change("echo x > data"));
  }

  /** The filter fails for one of several files, as git-lfs does without its server. */
  @Test
  @Tag("I10")
  void filterThatFails_changesNothing() {
    filter("! grep -q REFUSED /dev/stdin");
    Commit to = change(picky("REFUSED"));
    assertThat(refused(to)).contains("can't be moved").contains("picky");
  }

  /** Not even the old files could be written again. */
  @Test
  @Tag("I10")
  void filterThatFailsForEveryFile_changesNothing() {
    Commit to = change("echo more >> a.txt; echo new > z.txt");
    filter("false");
    write(user.resolve(".git/info/attributes"), "a.txt filter=picky\n");
    assertThat(refused(to)).contains("can't be moved").contains("picky");
  }

  /** It works when it is tried, and fails for the user's own tree. */
  @Test
  @Tag("I10")
  @Tag("I9")
  void filesThatCannotBeUpdated_arePutBack() {
    Path count = temp.resolve("count");
    filter(
        "text=$(cat); case $text in *REFUSED*) echo . >> "
            + count
            + "; [ $(wc -l < "
            + count
            + ") -lt 2 ];; esac && echo \"$text\"");
    Commit to = change(picky("REFUSED"));
    assertThat(refused(to)).contains("can't be moved").contains("picky");
    assertThat(read(count)).isEqualTo(".\n.\n");
  }

  @Test
  @Tag("I10")
  void filterThatWorks_landsTheChange() {
    filter("cat");
    lands(change(picky("fine")));
    assertThat(user.resolve("lib")).isRegularFile();
  }

  private Optional<String> obstacle() {
    Repository repository = Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic());
    return repository.landing(new TaskId("abcde"), from).obstacle("main");
  }

  @Test
  @Tag("F13")
  void uncommittedChanges_areAnObstacle_andTheUsersIndexIsNotWritten() {
    assertThat(obstacle()).isEmpty();
    write(user.resolve("a.txt"), "mine\n");
    String before = shell(user, "stat -c '%i %Y %Z' .git/index");
    assertThat(obstacle().orElseThrow()).contains("main is checked out", "commit or stash them");
    assertThat(shell(user, "stat -c '%i %Y %Z' .git/index")).isEqualTo(before);
    write(user.resolve(".git/MERGE_HEAD"), from.id());
    assertThat(obstacle().orElseThrow()).contains("a merge or a rebase is not finished");
    git(user, "checkout", "-q", "-f", "-b", "other");
    assertThat(obstacle()).isEmpty();
  }

  /** Another process has moved the branch; index and files follow. */
  @Test
  void landingThatIsUnderWay_isNoObstacle() {
    Commit to = change("echo more >> a.txt");
    assertThat(IndexLock.take(user.resolve(".git"))).isInstanceOf(IndexLock.Taken.Held.class);
    git(user, "update-ref", "refs/heads/main", to.id());
    assertThat(obstacle()).isEmpty();
  }

  private void filter(String smudge) {
    Path program = World.script(temp.resolve("smudge.sh"), smudge + "\n");
    git(user, "config", "filter.picky.smudge", program.toString());
    git(user, "config", "filter.picky.clean", "cat");
    git(user, "config", "filter.picky.required", "true");
  }

  /** Files before and after the one that is filtered; a file for a directory and the reverse. */
  private static String picky(String text) {
    return "echo '*.p filter=picky' > .gitattributes; echo more >> a.txt; rm b.txt; mkdir b.txt;"
        + " echo x > b.txt/x; git rm -qr lib; echo x > lib; echo "
        + text
        + " > m.p; chmod +x a.txt; mkdir z; echo new > z/z.txt";
  }
}

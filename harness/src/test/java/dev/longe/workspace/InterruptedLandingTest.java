package dev.longe.workspace;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a process leaves in the user's work tree that is killed during a landing, at each of its
 * steps; and what the next one makes of it.
 */
@Timeout(120)
final class InterruptedLandingTest {
  @TempDir Path temp;
  private Path user;
  private Path gitDirectory;
  private Commit from;
  private Commit to;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void landing() {
    user =
        World.repository(
            temp.resolve("shop"), "a.txt", "a\n", "gone.txt", "x\n", "dir/b.txt", "b\n");
    gitDirectory = user.resolve(".git");
    from = head(user);
    World.shell(
        user,
        "echo A > a.txt; git rm -q gone.txt; echo B > dir/b.txt; echo new > new.txt; git add -A;"
            + " git commit -qm landed; git branch landed; git reset -q --hard HEAD^");
    to = new Commit(git(user, "rev-parse", "landed"));
  }

  private void killed(boolean refMoved) {
    assertThat(IndexLock.take(gitDirectory)).isInstanceOf(IndexLock.Taken.Held.class);
    new LandingRecord(user, gitDirectory, "refs/heads/main", from, to).write(gitDirectory);
    if (refMoved) {
      git(user, "update-ref", "refs/heads/main", to.id(), from.id());
    }
  }

  private void nextProcess() {
    Repository repository = Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic());
    repository.lock("lands another", () -> false, told::add).close();
  }

  private void isClean(Commit at) {
    assertThat(head(user)).isEqualTo(at);
    assertThat(git(user, "status", "--porcelain")).isEmpty();
    assertThat(gitDirectory.resolve("longe.landing")).doesNotExist();
    assertThat(gitDirectory.resolve("index.lock")).doesNotExist();
    assertThat(gitDirectory.resolve("longe.index")).doesNotExist();
  }

  @Test
  @Tag("I10")
  @Tag("F14")
  void beforeTheRefMoved_nothingIsChanged() {
    killed(false);
    nextProcess();
    isClean(from);
    assertThat(told).isEmpty();
  }

  /** Killed after the branch was moved back, before the files were. */
  @Test
  @Tag("I9")
  @Tag("I10")
  @Tag("F14")
  void whileItWasTakenBack_theFilesFollowTheBranch() {
    killed(false);
    World.shell(user, "git show %1$s:new.txt > new.txt; rm -f gone.txt".formatted(to.id()));
    nextProcess();
    isClean(from);
    assertThat(user.resolve("new.txt")).doesNotExist();
  }

  @Test
  @Tag("I10")
  @Tag("F14")
  void beforeItWasRecorded_onlyTheLockIsRemoved() {
    assertThat(IndexLock.take(gitDirectory)).isInstanceOf(IndexLock.Taken.Held.class);
    nextProcess();
    isClean(from);
  }

  @Test
  @Tag("I10")
  @Tag("F14")
  void afterTheRefMoved_theFilesFollow() {
    killed(true);
    nextProcess();
    isClean(to);
    assertThat(read(user.resolve("new.txt"))).isEqualTo("new\n");
    assertThat(user.resolve("gone.txt")).doesNotExist();
  }

  @Test
  @Tag("I10")
  @Tag("F14")
  void halfOfTheFiles_areCompleted() throws Exception {
    killed(true);
    write(user.resolve("a.txt"), "A\n");
    write(user.resolve("new.txt"), "");
    Files.delete(user.resolve("dir/b.txt"));
    write(gitDirectory.resolve("longe.index.lock"), "half");
    nextProcess();
    isClean(to);
    assertThat(told).isEmpty();
  }

  @Test
  @Tag("I10")
  @Tag("F14")
  void allFiles_butTheIndex() {
    killed(true);
    World.shell(
        user,
        "cp -p .git/index .git/longe.index; GIT_INDEX_FILE=.git/longe.index git read-tree -m -u "
            + from
            + " "
            + to);
    nextProcess();
    isClean(to);
  }

  @Test
  @Tag("I10")
  @Tag("F14")
  void theIndexToo_butItsLock() {
    killed(true);
    World.shell(
        user,
        "cp -p .git/index .git/longe.index; GIT_INDEX_FILE=.git/longe.index git read-tree -m -u "
            + from
            + " "
            + to
            + "; mv .git/longe.index .git/index");
    nextProcess();
    isClean(to);
  }

  @Test
  @Tag("I10")
  @Tag("F14")
  @Tag("I9")
  void fileThatIsNeitherOldNorNew_isLeftAlone_andNamed() {
    killed(true);
    write(user.resolve("a.txt"), "my own work\n");
    nextProcess();
    assertThat(read(user.resolve("a.txt"))).isEqualTo("my own work\n");
    assertThat(git(user, "status", "--porcelain")).isEqualTo(" M a.txt");
    assertThat(told).singleElement().asString().contains("a.txt", "git checkout -- FILE");
  }

  @Test
  @Tag("I10")
  @Tag("F14")
  void locksOfTheRef_thatTheKilledGitLeft_areRemoved() {
    killed(false);
    write(gitDirectory.resolve("refs/heads/main.lock"), to.id() + "\n");
    write(gitDirectory.resolve("HEAD.lock"), "");
    nextProcess();
    isClean(from);
    git(user, "commit", "-q", "--allow-empty", "-m", "the user goes on");
  }

  /** The user removed the lock and went on by hand. */
  @Test
  @Tag("I10")
  @Tag("F14")
  void workTree_inWhichTheUserWentOn_isNotTouched() throws Exception {
    killed(true);
    Files.delete(gitDirectory.resolve("index.lock"));
    git(user, "reset", "-q", "--hard", from.id());
    nextProcess();
    isClean(from);
  }

  /**
   * Files in place of directories and the reverse; every step at which git may have been killed.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "rm a.txt",
        "rm a.txt; mkdir a.txt",
        "rm -r dir; echo X > dir",
        "rm -r a.txt dir sub; mkdir a.txt; echo A > a.txt/deep; echo X > dir; mkdir moved; echo s >"
            + " moved/s; ln -s moved sub",
        "rm -r sub; mkdir moved; echo s > moved/s; ln -s moved sub",
        "rm sub/s",
      })
  @Tag("I10")
  @Tag("F14")
  void filesInPlaceOfDirectories_andTheReverse(String done) {
    World.shell(user, "mkdir sub; echo s > sub/s; git add -A; git commit -qm base");
    from = head(user);
    World.shell(
        user,
        "rm -r a.txt dir; mkdir a.txt; echo A > a.txt/deep; echo X > dir; git mv -k sub moved; ln"
            + " -s moved sub; git add -A; git commit -qm landed; git branch -f landed; git reset -q"
            + " --hard HEAD^");
    to = new Commit(git(user, "rev-parse", "landed"));
    killed(true);
    World.shell(user, done);
    nextProcess();
    isClean(to);
    assertThat(told).isEmpty();
  }

  @Test
  @Tag("I10")
  @Tag("I9")
  void foreignFileInPlaceOfADirectory_isLeftAlone_andNamed() throws Exception {
    World.shell(
        user,
        "rm a.txt; mkdir a.txt; echo A > a.txt/deep; git add -A; git commit -qm landed; git branch"
            + " -f landed; git reset -q --hard HEAD^");
    to = new Commit(git(user, "rev-parse", "landed"));
    killed(true);
    write(user.resolve("a.txt"), "my own work\n");
    nextProcess();
    assertThat(read(user.resolve("a.txt"))).isEqualTo("my own work\n");
    assertThat(told).singleElement().asString().contains("a.txt, a.txt/deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one\n", "/t\n/g\nrefs/heads/main\nx\ny\n", "1\n2\n3\n4\n5\n6\n"})
  @Tag("F14")
  void damagedRecord_isAFault_thatSaysWhatToDo(String content) throws Exception {
    Path file = write(gitDirectory.resolve("longe.landing"), content);
    assertThatThrownBy(this::nextProcess)
        .isInstanceOf(Fault.class)
        .hasMessageContaining(file + " is damaged")
        .hasMessageContaining("«git status»")
        .hasMessageContaining("delete the file");
    Files.delete(file);
    nextProcess();
    isClean(from);
  }

  /** Its git may still run: only the user knows. */
  @Test
  @Tag("I10")
  @Tag("F14")
  void indexLockOfTheUsersGit_isLeftAlone() {
    killed(false);
    write(gitDirectory.resolve("index.lock"), "");
    nextProcess();
    assertThat(gitDirectory.resolve("index.lock")).exists();
  }
}

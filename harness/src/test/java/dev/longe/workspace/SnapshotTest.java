package dev.longe.workspace;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.shell;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Omission;
import dev.longe.core.TaskId;
import dev.longe.home.Home;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an agent leaves in its tree, the tree becomes a candidate. */
@Timeout(120)
@Tag("I9")
@Tag("F27")
final class SnapshotTest {
  private static final TaskId TASK = new TaskId("abcde");

  @TempDir Path temp;
  private Path user;
  private Path outside;
  private Commit base;
  private Workspace w;

  @BeforeEach
  void repository() {
    user = World.repository(temp.resolve("user"), "a.txt", "a\n", "dir/b.txt", "b\n");
    base = head(user);
    outside = write(temp.resolve("outside/file"), "untouched\n").resolveSibling("");
    w = open(World.ENVIRONMENT.basic());
  }

  private Workspace open(Map<String, String> environment) {
    Workspace opened =
        new Workspace(
            Repository.at(World.SANDBOX, user, environment),
            TASK,
            base,
            List.of(),
            List.of(),
            new Home(temp.resolve("home")));
    boolean _ = opened.prepare(base);
    return opened;
  }

  private Candidate after(String agent) {
    shell(w.clonePath(), agent);
    return w.snapshot(1, "candidate", base);
  }

  private String bytes(Candidate c, String path) {
    return shell(user, "git cat-file blob '%s:%s' | od -An -tx1".formatted(c.commit(), path));
  }

  private List<String> names(Candidate c) {
    return git(user, "ls-tree", "-r", "--name-only", c.commit().id()).lines().toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm -rf .git",
        "rm -rf .git; echo 'gitdir: ../../../outside' > .git",
        "rm -rf .git; ln -s ../../../../outside .git",
        "rm -rf .git; ln -s .git .git",
        "rm -rf .git; mkfifo .git",
        "rm .git/HEAD; mkfifo .git/HEAD",
        "rm .git/HEAD; ln -s ../../../../../outside/file .git/HEAD",
        "printf '[bad' > .git/config",
        "printf '[core]\\n\\tworktree = /nowhere\\n' >> .git/config",
        "rm -rf .git/objects; ln -s ../../../../../outside .git/objects",
        "ln -sf ../../../../../../../outside/file .git/objects/info/alternates",
        "chmod -R 000 .git"
      })
  @Tag("I10")
  @Tag("F16")
  void agentsGit_isNeitherReadNorWritten_andMadeAnewBesideTheTree(String agent) {
    String before = shell(temp, "ls -laR --time-style=full-iso outside; cat outside/*");
    Candidate c = after("echo new > n.txt; " + agent);
    assertThat(c.files()).containsExactly("n.txt");
    assertThat(c.omissions()).isEmpty();

    w.renewRepository();

    assertThat(git(w.clonePath(), "status", "--porcelain")).isEqualTo("?? n.txt");
    assertThat(git(w.clonePath(), "branch", "--show-current")).isEqualTo("longe/abcde");
    assertThat(shell(temp, "ls -laR --time-style=full-iso outside; cat outside/*"))
        .isEqualTo(before);
    assertThat(shell(w.clonePath(), "cd ..; ls -A")).doesNotContain("seed-");
  }

  @Test
  @Tag("I10")
  void repairOfAGoodRepository_changesNothing_soThatAgentsCommitsStay() {
    shell(
        w.clonePath(),
        "echo x > x; git add x; git -c user.name=a -c user.email=a@b commit -q -m mine");
    w.repairRepository();
    assertThat(git(w.clonePath(), "log", "-1", "--format=%s")).isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git init -q in",
        "git init -q in; echo x > in/a; git -C in add a; "
            + "git -C in -c user.name=a -c user.email=a@b commit -q -m x",
        "mkdir in; echo 'gitdir: /nowhere' > in/.git",
        "mkdir in; ln -s ../../../../../outside in/.git",
        "mkdir -p in/.git/objects in/.git/refs; mkfifo in/.git/HEAD",
        "git worktree add -q in; git worktree list >/dev/null"
      })
  void nestedRepositoriesAndWorkTrees_areSavedAsFiles(String agent) {
    Candidate c = after(agent + "; mkdir -p in/deep; echo 1 > in/one; echo 2 > in/deep/two");
    assertThat(c.files()).contains("in/one", "in/deep/two").noneMatch(f -> f.contains(".git"));
    assertThat(git(user, "ls-tree", "-r", c.commit().id())).doesNotContain("160000");

    Candidate second = after("echo 3 > in/three; rm in/one");
    assertThat(second.files()).contains("in/three", "in/deep/two").doesNotContain("in/one");
  }

  @Test
  void nestedRepositoryInPlaceOfAFile_orWithAnOddName_isSavedAsFiles() {
    Candidate c =
        after(
            "rm a.txt; mkdir -p a.txt/.git/objects a.txt/.git/refs; mkfifo a.txt/.git/HEAD;"
                + "echo x > a.txt/x; git init -q $'odd\\n\\xff'; echo y > $'odd\\n\\xff/y'");
    assertThat(c.files()).contains("a.txt", "a.txt/x").hasSize(3);
  }

  @Test
  void attributesOfACandidate_changeNoByte() {
    write(w.clonePath().resolve(".gitattributes"), "* text eol=crlf ident filter=evil\n");
    write(w.clonePath().resolve("dir/.gitattributes"), "* working-tree-encoding=UTF-16\n");
    Candidate c =
        after(
            "printf 'x\\r\\ny\\n$Id$\\n' > crlf; printf '$Id: 1 $\\n' > id;"
                + "printf 'a\\0\\xff' > dir/odd; printf 'u\\n' > dir/plain");
    for (String path : List.of("crlf", "id", "dir/odd", "dir/plain")) {
      assertThat(bytes(c, path))
          .isEqualTo(shell(w.clonePath(), "od -An -tx1 < '%s'".formatted(path)));
    }
    assertThat(c.omissions()).isEmpty();
    w.checkTree("scratch", c);
    assertThat(shell(temp, "diff -r -x .git '%s' '%s'".formatted(w.clonePath(), w.checkPath())))
        .isEmpty();
  }

  @Test
  void brokenGitmodules_areSaved_andCheckedOut() {
    Candidate c = after("printf '[bad' > .gitmodules");
    w.checkTree("scratch", c);
    Candidate second = after("rm .gitmodules; mkdir .gitmodules; echo x > .gitmodules/x");
    w.checkTree("scratch", second);
    Candidate third = after("rm -r .gitmodules; printf '[bad' > .gitmodules");
    w.checkTree("scratch", third);
    w.checkTree("scratch", second.commit(), base);
    assertThat(names(third)).contains(".gitmodules");
  }

  @Test
  void oddNames_areSaved() {
    String longName = "n".repeat(255);
    Candidate c =
        after(
            "touch -- $'line\\nfeed' -dash --force ' ' '\"' '\\' $'\\xff\\xfe' ':(top)x' '*' "
                + longName);
    assertThat(
            shell(
                    user,
                    "git ls-tree -r -z --name-only %s | tr -d -c '\\0' | wc -c"
                        .formatted(c.commit()))
                .strip())
        .isEqualTo("12");
    assertThat(c.omissions()).isEmpty();
    assertThat(names(c)).contains(longName, "-dash", "\"\\377\\376\"");
  }

  @Test
  void namesThatGitRefuses_areReported() {
    Candidate c = after("mkdir .GIT; echo x > .GIT/config; ln -s x .gitmodules; echo y > y");
    assertThat(names(c)).contains("y");
    assertThat(c.omissions()).extracting(Omission::path).contains(".GIT/config", ".gitmodules");
  }

  @Test
  void pathsThatAreTooLong_areLeftOut_andTheRestIsSaved() {
    Candidate c =
        after(
            "echo y > y; d=$(printf 'd%.0s' {1..250}); for i in {1..18}; do mkdir $d; cd $d;"
                + " echo $i > f; done");
    assertThat(names(c)).contains("y").hasSizeGreaterThan(10);
    assertThat(c.omissions()).extracting(Omission::reason).contains("can't be read");
    w.removeDiscarded();
    assertThat(Files.exists(w.clonePath().resolveSibling(""))).isFalse();
  }

  @Test
  void treeThatGitGivesUpOn_isSavedFromACopy() {
    Candidate c =
        after(
            "mkfifo pipe; git init -q in; echo x > in/x; chmod +x a.txt; rm dir/b.txt;"
                + " d=$(printf 'd%.0s' {1..250}); n=$(printf 'n%.0s' {1..200});"
                + " for i in {1..16}; do mkdir $d; cd $d; touch $n; done");
    assertThat(names(c)).contains("a.txt", "in/x").hasSize(2 + 15);
    assertThat(git(user, "ls-tree", c.commit().id(), "a.txt")).startsWith("100755");
    assertThat(c.omissions()).contains(new Omission("pipe", "is a named pipe"));
    assertThat(c.omissions())
        .extracting(Omission::reason)
        .contains("can't be copied: File name too long");
    assertThat(Files.exists(w.clonePath().resolveSibling("copy"))).isFalse();
    w.removeDiscarded();
  }

  @Test
  void links_areSavedAsLinks_andNeverFollowed() {
    Candidate c =
        after(
            "ln -s /etc abs; ln -s ../../.. up; ln -s nothing dangling; ln -s loop loop;"
                + "ln -s l2 l1; ln -s l1 l2; rm -r dir; ln -s ../../../../outside dir;"
                + "ln -s /dev/zero .gitattributes; ln -s /dev/zero .gitignore");
    assertThat(git(user, "ls-tree", c.commit().id(), "dir", "abs", "loop"))
        .contains("120000")
        .doesNotContain("040000");
    assertThat(names(c)).contains("dir", "dangling", "l1", "l2").doesNotContain("dir/b.txt");
    assertThat(read(outside.resolve("file"))).isEqualTo("untouched\n");
  }

  @Test
  void pipesSocketsAndDevices_areReported_andFilesTheyReplacedAreGone() {
    Candidate c =
        after(
            "mkfifo pipe; rm dir/b.txt; mkfifo dir/b.txt; mkfifo $'od\\nd';"
                + " python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"sock\")'");
    assertThat(names(c)).containsExactly("a.txt");
    assertThat(c.omissions())
        .containsExactlyInAnyOrder(
            new Omission("pipe", "is a named pipe"),
            new Omission("dir/b.txt", "is a named pipe"),
            new Omission("od\nd", "is a named pipe"),
            new Omission("sock", "is a socket"));
  }

  @ParameterizedTest
  @ValueSource(strings = {".gitignore", ".gitattributes", "dir/.gitattributes", ".gitmodules"})
  void pipeThatGitWouldOpen_isRemoved_andReported(String name) {
    Candidate c = after("mkfifo %s; echo y > dir/y".formatted(name));
    assertThat(c.files()).containsExactly("dir/y");
    assertThat(c.omissions()).containsExactly(new Omission(name, "is a named pipe"));
    assertThat(Files.exists(w.clonePath().resolve(name), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void whatIsIgnored_isNotReported() {
    Candidate c = after("echo build/ > .gitignore; mkdir build; mkfifo build/pipe");
    assertThat(c.omissions()).noneMatch(o -> o.path().equals("build/pipe"));
  }

  @Test
  void whatCannotBeRead_keepsItsLastContent_andIsReported() {
    String told =
        OrdinaryUser.run(
            user,
            temp.resolve("home"),
            "echo y > y; echo secret > s; mkdir shut half; echo z > shut/z; echo h > half/h;"
                + " chmod 000 s a.txt shut; chmod 444 half");
    assertThat(told.lines())
        .containsExactlyInAnyOrder(
            "changed y",
            "omitted s can't be read",
            "omitted a.txt can't be read",
            "omitted shut can't be read",
            "omitted half can't be read",
            "removed");
  }

  @Test
  void treeThatIsShut_isOpened() {
    String told = OrdinaryUser.run(user, temp.resolve("home"), "echo y > y; chmod 000 .git .");
    assertThat(told.lines()).containsExactlyInAnyOrder("changed y", "removed");
  }

  @Test
  void privilegeBits_areReported() {
    Candidate c = after("echo '#!/bin/sh' > x; chmod 6755 x");
    assertThat(git(user, "ls-tree", c.commit().id(), "x")).startsWith("100755");
    assertThat(c.omissions()).extracting(Omission::path).containsExactly("x");
  }

  @Test
  void filesThatVanishWhileTheyAreRead_areNoFault() throws IOException {
    Process churn =
        new ProcessBuilder(
                "bash",
                "-c",
                "cd '%s'; while :; do for i in {1..60}; do echo x > v$RANDOM; done; rm -f v*; done"
                    .formatted(w.clonePath()))
            .start();
    try {
      for (int n = 1; n < 12; n++) {
        Candidate c = w.snapshot(n, "candidate", base);
        assertThat(names(c)).contains("a.txt", "dir/b.txt");
      }
    } finally {
      churn.destroyForcibly().onExit().join();
    }
  }

  @Test
  void hugeFiles_areSaved_orReported() {
    Candidate c = after("truncate -s 300M big; truncate -s 3G huge; echo y > y");
    assertThat(names(c)).contains("big", "y").doesNotContain("huge");
    assertThat(c.omissions()).containsExactly(new Omission("huge", "is larger than 2 GiB"));
  }

  @Test
  void twentyThousandNewFiles_areSaved() {
    for (int part = 0; part < 10; part++) {
      shell(
          w.clonePath(),
          "for d in {1..20}; do mkdir %1$d.$d; (cd %1$d.$d; seq 100 | split -l 1 -a 3); done"
              .formatted(part));
    }
    Candidate c = w.snapshot(1, "candidate", base);
    assertThat(shell(user, "git ls-tree -r %s | wc -l".formatted(c.commit()))).isEqualTo("20002");
    assertThat(c.files()).hasSize(Candidate.FILES_MAX);
  }

  @Test
  void rulesThatHideTheWork_areReported() {
    shell(w.clonePath(), "sleep 0.02; echo '*' > .gitignore; echo new > new; echo 2 > a.txt");
    Candidate c = w.snapshot(1, "candidate", base);
    assertThat(c.files()).containsExactly("a.txt");
    assertThat(c.omissions()).hasSize(1);
    assertThat(c.omissions().getFirst().sentence())
        .startsWith(".gitignore has the new pattern «*», so these are not saved: ")
        .contains("new");
  }

  @Test
  @Tag("F1")
  void locksOfAKilledGit_areRemoved() {
    Candidate first = after("echo y > y");
    String refs = user + "/.git/refs/";
    shell(
        w.clonePath().resolveSibling(""),
        "touch clone.index.lock check.index.lock restore.index.lock vault.git/HEAD.lock"
            + " vault.git/config.lock; mkdir -p '%1$sheads/longe' '%1$slonge/abcde';"
                .formatted(refs)
            + "touch '%1$slonge/abcde/2.lock' '%1$sheads/longe/abcde.lock'".formatted(refs));
    Candidate second = w.snapshot(2, "candidate", base);
    assertThat(second.tree()).isEqualTo(first.tree());
    w.checkTree("scratch", second);
    shell(
        w.clonePath().resolveSibling(""),
        "touch check.index.lock '%slonge/abcde/1.lock'".formatted(refs));
    w.checkTree("scratch", second);
    w.removeDiscarded();
    assertThat(git(user, "for-each-ref", "refs/longe")).isEmpty();
  }

  @Test
  @Tag("F1")
  void partsOfAWorkspace_areCompleted() {
    Path home = w.clonePath().resolveSibling("");
    shell(
        home,
        "rm -rf vault.git clone clone.index; mkdir vault.git.new clone.new; touch"
            + " clone.new/x");
    w = open(World.ENVIRONMENT.basic());
    Candidate c = after("echo y > y");
    assertThat(c.files()).containsExactly("y");
  }

  @Test
  @Tag("I10")
  void checkTreesGit_isNotWrittenThrough_whateverACheckLeft() {
    w.checkTree("scratch", base, base);
    shell(
        w.checkPath(),
        "ln -sf ../../../../../outside/file .git/HEAD; rm .git/index;"
            + " ln -s ../../../../../outside/file .git/index");
    w.checkTree("scratch", base, base);
    assertThat(read(outside.resolve("file"))).isEqualTo("untouched\n");
    assertThat(git(w.checkPath(), "rev-parse", "HEAD")).isEqualTo(base.id());
    assertThat(git(w.checkPath(), "status", "--porcelain")).isEmpty();
  }
}

package dev.longe.workspace;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.shell;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Candidate;
import dev.longe.core.Delivery;
import dev.longe.core.Fault;
import dev.longe.core.Omission;
import dev.longe.core.TaskId;
import dev.longe.home.Home;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class WorkspaceTest {
  private static final TaskId TASK = new TaskId("abcde");

  @TempDir Path temp;
  private Path user;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("a répo with spaces"),
            "src/a.txt",
            "one\n",
            "test/t.sh",
            "exit 1\n",
            ".gitignore",
            "build/\n");
  }

  private Repository open(Path at) {
    return Repository.at(World.SANDBOX, at, World.ENVIRONMENT.basic());
  }

  private Workspace workspace(Path at) {
    Workspace w =
        new Workspace(
            open(at),
            TASK,
            head(at),
            List.of("test/**"),
            List.of(),
            new Home(temp.resolve("home")));
    w.prepare(head(at));
    return w;
  }

  @Test
  @Tag("I10")
  void clone_isTheBase_onItsOwnBranch_borrowingObjects() {
    Workspace w = workspace(user);
    assertThat(read(w.clonePath().resolve("src/a.txt"))).isEqualTo("one\n");
    assertThat(git(w.clonePath(), "branch", "--show-current")).isEqualTo("longe/abcde");
    assertThat(git(w.clonePath(), "status", "--porcelain")).isEmpty();
    assertThat(git(w.clonePath(), "remote")).isEmpty();
    assertThat(Files.exists(w.clonePath().resolve(".git/objects/info/alternates"))).isTrue();
  }

  @Test
  @Tag("I9")
  void candidate_holdsUntrackedFiles_notIgnoredOnes_underARef() {
    Workspace w = workspace(user);
    write(w.clonePath().resolve("new ü.txt"), "n\n");
    write(w.clonePath().resolve("build/x"), "ignored");
    write(w.clonePath().resolve("src/a.txt"), "two\n");
    Candidate c = w.snapshot(1, "candidate", head(user));
    assertThat(c.files()).containsExactlyInAnyOrder("new ü.txt", "src/a.txt");
    assertThat(c.added()).isEqualTo(2);
    assertThat(c.removed()).isEqualTo(1);
    assertThat(git(user, "rev-parse", "refs/longe/abcde/1")).isEqualTo(c.commit().id());
    assertThat(git(user, "show", c.commit() + ":new ü.txt")).isEqualTo("n");
    assertThat(git(user, "status", "--porcelain")).isEmpty();
  }

  @Test
  @Tag("I9")
  @Tag("F16")
  void ruinedClone_losesNothing() {
    Workspace w = workspace(user);
    write(w.clonePath().resolve("src/a.txt"), "kept\n");
    shell(
        w.clonePath(),
        "git checkout -q -b x; rm -rf .git; mkdir inner; cd inner; git init -q; echo f > file");
    Candidate c = w.snapshot(1, "candidate", head(user));
    assertThat(c.files()).containsExactlyInAnyOrder("src/a.txt", "inner/file");
    w.repairRepository();
    assertThat(Files.isRegularFile(w.clonePath().resolve(".git/HEAD"))).isTrue();
  }

  @Test
  @Tag("F16")
  void cloneReplacedByALink_isNeverWrittenThrough() {
    Workspace w = workspace(user);
    shell(temp, "rm -rf '%s' && ln -s '%s' '%s'".formatted(w.clonePath(), user, w.clonePath()));
    Candidate c = w.snapshot(1, "candidate", head(user));
    assertThat(Files.isSymbolicLink(w.clonePath())).isFalse();
    assertThat(c.files()).isEmpty();
    assertThat(c.omissions())
        .containsExactly(new Omission(".", "was removed by the agent and is made anew"));
    assertThat(git(user, "status", "--porcelain")).isEmpty();
  }

  @Test
  @Tag("I3")
  @Tag("I5")
  void checkout_isExactlyTheCandidate_withProtectedPathsOfTheBase() {
    Workspace w = workspace(user);
    write(w.clonePath().resolve("test/t.sh"), "exit 0\n");
    write(w.clonePath().resolve("test/added.sh"), "x\n");
    write(w.clonePath().resolve("src/a.txt"), "two\n");
    Candidate c = w.snapshot(1, "candidate", head(user));
    assertThat(c.protectedTouched()).containsExactlyInAnyOrder("test/added.sh", "test/t.sh");
    var _ = w.checkTree("scratch", c.commit(), head(user));
    write(w.checkPath().resolve("left over"), "from an earlier check");
    write(w.checkPath().resolve("src/a.txt"), "tampered");
    write(w.checkPath().resolve("build/output"), "from an earlier check");
    String tree = w.checkTree("scratch", c.commit(), head(user)).tree();
    assertThat(read(w.checkPath().resolve("src/a.txt"))).isEqualTo("two\n");
    assertThat(read(w.checkPath().resolve("test/t.sh"))).isEqualTo("exit 1\n");
    assertThat(w.checkPath().resolve("test/added.sh")).doesNotExist();
    assertThat(w.checkPath().resolve("left over")).doesNotExist();
    assertThat(w.checkPath().resolve("build/output")).doesNotExist();
    assertThat(tree).isNotEqualTo(c.tree());
  }

  @Test
  void freshStart_restoresProtectedPaths_inTheAgentsTree() {
    Workspace w = workspace(user);
    write(w.clonePath().resolve("test/t.sh"), "exit 0\n");
    write(w.clonePath().resolve("src/a.txt"), "two\n");
    Candidate c = w.snapshot(1, "candidate", head(user));
    w.restoreProtected(c.commit());
    assertThat(read(w.clonePath().resolve("test/t.sh"))).isEqualTo("exit 1\n");
    assertThat(read(w.clonePath().resolve("src/a.txt"))).isEqualTo("two\n");
  }

  private Candidate candidate(Workspace w, String content) {
    write(w.clonePath().resolve("src/a.txt"), content);
    return w.snapshot(1, "candidate", head(user));
  }

  private static Landing.Merged merge(Workspace w, Candidate c, String target) {
    Landing.Change change =
        new Landing.Change(
            new TaskId("abcde"), c.commit(), List.of(), Delivery.LandingForm.SQUASH, "Land");
    return w.landing().merge(change, w.landing().tip(Optional.of(target)).orElseThrow());
  }

  private static Landing.Merged.Clean clean(Landing.Merged merged) {
    return (Landing.Merged.Clean) merged;
  }

  @Test
  @Tag("I10")
  void landing_onACleanCheckedOutTarget_movesBranchAndFiles() {
    Workspace w = workspace(user);
    Candidate c = candidate(w, "two\n");
    Landing.Merged.Clean merged = clean(merge(w, c, "main"));
    assertThat(merged.asChecked()).isTrue();
    assertThat(w.landing().toTarget(merged, "main"))
        .isEqualTo(new Landing.Moved.Done("refs/heads/main"));
    assertThat(read(user.resolve("src/a.txt"))).isEqualTo("two\n");
    assertThat(git(user, "status", "--porcelain")).isEmpty();
    assertThat(git(user, "log", "--format=%an %s", "-1")).isEqualTo("Tester Land");
  }

  @Test
  @Tag("F13")
  void landing_onADirtyTarget_touchesNothing() {
    Workspace w = workspace(user);
    Candidate c = candidate(w, "two\n");
    write(user.resolve("test/t.sh"), "my own work\n");
    Landing.Merged.Clean merged = clean(merge(w, c, "main"));
    assertThat(w.landing().toTarget(merged, "main")).isInstanceOf(Landing.Moved.Refused.class);
    assertThat(head(user)).isEqualTo(merged.onto());
    assertThat(read(user.resolve("test/t.sh"))).isEqualTo("my own work\n");
  }

  @Test
  @Tag("F12")
  void landing_onAMovedTarget_isMergedAnew_orOutrun() {
    Workspace w = workspace(user);
    Candidate c = candidate(w, "two\n");
    Landing.Merged.Clean early = clean(merge(w, c, "main"));
    write(user.resolve("other.txt"), "meanwhile\n");
    git(user, "add", "-A");
    git(user, "commit", "-q", "-m", "meanwhile");
    assertThat(w.landing().toTarget(early, "main")).isInstanceOf(Landing.Moved.Outrun.class);
    Landing.Merged.Clean again = clean(merge(w, c, "main"));
    assertThat(again.asChecked()).isFalse();
    assertThat(w.landing().toTarget(again, "main")).isInstanceOf(Landing.Moved.Done.class);
    assertThat(user.resolve("other.txt")).exists();
    assertThat(read(user.resolve("src/a.txt"))).isEqualTo("two\n");
  }

  @Test
  void landing_onAConflict_saysWhere() {
    Workspace w = workspace(user);
    Candidate c = candidate(w, "two\n");
    write(user.resolve("src/a.txt"), "three\n");
    git(user, "commit", "-q", "-a", "-m", "meanwhile");
    assertThat(merge(w, c, "main")).isEqualTo(new Landing.Merged.Conflict("src/a.txt"));
  }

  @Test
  @Tag("F14")
  void landing_cutOffAfterTheMove_isNotDoneTwice() {
    Workspace w = workspace(user);
    Candidate c = candidate(w, "two\n");
    Landing.Merged.Clean merged = clean(merge(w, c, "main"));
    assertThat(w.landing().toTarget(merged, "main")).isInstanceOf(Landing.Moved.Done.class);
    assertThat(merge(w, c, "main")).isEqualTo(new Landing.Merged.There(merged.commit()));
  }

  @Test
  @Tag("I9")
  void refs_goOnlyWithProof() {
    Workspace w = workspace(user);
    Candidate c = candidate(w, "two\n");
    assertThatThrownBy(() -> w.removeLanded(c.commit(), "refs/heads/main"))
        .isInstanceOf(Fault.class);
    assertThat(git(user, "rev-parse", "refs/longe/abcde/1")).isEqualTo(c.commit().id());
    w.removeDiscarded();
    assertThat(git(user, "for-each-ref", "refs/longe")).isEmpty();
    assertThat(w.clonePath()).doesNotExist();
  }

  @Test
  void bareAndShallowRepositories_work() {
    Path bare = temp.resolve("bare.git");
    Path shallow = temp.resolve("shallow");
    git(user, "commit", "-q", "--allow-empty", "-m", "second");
    git(temp, "clone", "-q", "--bare", user.toString(), bare.toString());
    git(temp, "clone", "-q", "--depth", "1", "file://" + user, shallow.toString());
    for (Path at : List.of(bare, shallow)) {
      Workspace w =
          new Workspace(
              open(at),
              TASK,
              head(at),
              List.of(),
              List.of(),
              new Home(temp.resolve("w-" + at.getFileName())));
      w.prepare(head(at));
      Candidate c = candidate(w, "two\n");
      assertThat(c.files()).containsExactly("src/a.txt");
      assertThat(git(w.clonePath(), "log", "--oneline").lines().count()).isPositive();
      assertThat(w.checkTree("scratch", c.commit(), head(at)).tree()).isEqualTo(c.tree());
    }
    Workspace w =
        new Workspace(
            open(bare),
            TASK,
            head(bare),
            List.of(),
            List.of(),
            new Home(temp.resolve("w-bare.git")));
    Landing.Merged.Clean merged = clean(mergeInBare(w, bare));
    assertThat(w.landing().toTarget(merged, "main")).isInstanceOf(Landing.Moved.Done.class);
  }

  private Landing.Merged mergeInBare(Workspace w, Path bare) {
    git(bare, "config", "user.name", "Tester");
    git(bare, "config", "user.email", "tester@example.org");
    Candidate c = candidate(w, "three\n");
    return merge(w, c, "main");
  }

  @Test
  void linkedWorkTree_works() {
    Path linked = temp.resolve("linked");
    git(user, "worktree", "add", "-q", "-b", "side", linked.toString());
    Workspace w = workspace(linked);
    Candidate c = candidate(w, "two\n");
    Landing.Merged.Clean merged = clean(merge(w, c, "side"));
    assertThat(w.landing().toTarget(merged, "side")).isInstanceOf(Landing.Moved.Done.class);
    assertThat(read(linked.resolve("src/a.txt"))).isEqualTo("two\n");
    assertThat(read(user.resolve("src/a.txt"))).isEqualTo("one\n");
  }

  @Test
  void unusableRepositories_getOneSentenceEach() {
    Path empty = temp.resolve("empty");
    World.make(empty);
    assertThatThrownBy(() -> open(temp.resolve("none"))).hasMessageContaining("no directory");
    assertThatThrownBy(() -> open(empty)).hasMessageContaining("not in a git repository");
    git(empty, "init", "-q");
    assertThatThrownBy(() -> open(empty)).hasMessageContaining("no commit yet");
    git(
        user,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        user.toString(),
        "sub");
    git(user, "commit", "-q", "-m", "sub");
    assertThatThrownBy(() -> open(user)).hasMessageContaining("submodules");
  }

  @Test
  void globs_fitAsInGitignore() {
    Globs globs = new Globs(List.of("test/**", "*.lock", "/top.txt", "docs/", "**/x/{a,b}.js"));
    assertThat(
            List.of(
                "test/a/b", "deep/y.lock", "top.txt", "docs/a", "p/docs/b", "q/x/a.js", "x/b.js"))
        .allMatch(globs::match);
    assertThat(List.of("tests/a", "deep/top.txt", "x/c.js", "lock")).noneMatch(globs::match);
  }
}

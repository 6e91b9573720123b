package dev.longe.workspace;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static dev.longe.testing.World.shell;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Delivery;
import dev.longe.core.Omission;
import dev.longe.core.TaskId;
import dev.longe.home.Home;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Line ends, encodings, filters and drivers of an honest repository, and of a candidate. */
@Timeout(120)
final class ConversionTest {
  private static final TaskId TASK = new TaskId("abcde");

  @TempDir Path temp;

  private Path home() {
    return temp.resolve("userhome");
  }

  /** The user's configuration is in a home of the test's own. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(World.ENVIRONMENT.basic());
    environment.put("HOME", home().toString());
    environment.remove("XDG_CONFIG_HOME");
    return environment;
  }

  private Workspace open(Path user) {
    Workspace w =
        new Workspace(
            Repository.at(World.SANDBOX, user, environment()),
            TASK,
            head(user),
            List.of(),
            List.of(),
            new Home(temp.resolve("home")));
    boolean _ = w.prepare(head(user));
    return w;
  }

  private Path textRepository() {
    return World.repository(
        temp.resolve("user"),
        ".gitattributes",
        "[attr]dos text eol=crlf\n* text=auto eol=crlf\n*.sh eol=lf\n\"b c.*\" -text\n"
            + "*.u16 text working-tree-encoding=UTF-16LE-BOM eol=lf\n*.png binary\n",
        "a.txt",
        "one\r\ntwo\r\n",
        "run.sh",
        "x\n",
        "b c.txt",
        "raw\n",
        "sub [1]/.gitattributes",
        "*.id ident text\n/top.md -text\n*.bat dos\n",
        "sub [1]/x.id",
        "$Id$\n",
        "sub [1]/top.md",
        "m\n",
        "sub [1]/in/top.md",
        "m\n",
        "sub [1]/y.bat",
        "z\n");
  }

  @Test
  void repositoryWithTextAttributes_looksAsInAnyClone_andNothingIsChanged() {
    Path user = textRepository();
    shell(user, "printf '\\xff\\xfea\\0\\n\\0' > t.u16; git add -A; git commit -qm u16");
    Workspace w = open(user);
    shell(temp, "git clone -q user honest");
    assertThat(shell(temp, "diff -r -x .git honest home/work/abcde/clone")).isEmpty();
    assertThat(read(w.clonePath().resolve("sub [1]/in/top.md"))).isEqualTo("m\r\n");
    assertThat(w.snapshot(1, "candidate", head(user)).files()).isEmpty();

    shell(w.clonePath(), "find . -path ./.git -prune -o -type f -exec touch {} +");
    assertThat(git(w.clonePath(), "status", "--porcelain")).isEmpty();
    assertThat(w.snapshot(2, "candidate", head(user)).files()).isEmpty();

    shell(
        w.clonePath(), "rm -r *; git checkout -q .; printf 'three\\r\\n' >> a.txt; echo n > n.sh");
    Candidate c = w.snapshot(3, "candidate", head(user));
    assertThat(c.files()).containsExactlyInAnyOrder("a.txt", "n.sh");
    assertThat(c.added()).isEqualTo(2);
    assertThat(c.removed()).isZero();
    w.checkTree("scratch", c);
    assertThat(shell(temp.resolve("home/work/abcde"), "diff -r -x .git clone check")).isEmpty();
  }

  @Test
  @Tag("I9")
  void contentThatIsNotValidInItsEncoding_isSavedAsItIs_andReported() {
    Path user =
        World.repository(
            temp.resolve("user"), ".gitattributes", "*.u8 working-tree-encoding=UTF-16\n");
    Workspace w = open(user);
    shell(w.clonePath(), "printf 'odd' > x.u8; echo y > y");
    Candidate c = w.snapshot(1, "candidate", head(user));
    assertThat(c.files()).containsExactlyInAnyOrder("x.u8", "y");
    assertThat(git(user, "cat-file", "blob", c.commit() + ":x.u8")).isEqualTo("odd");
    assertThat(c.omissions()).extracting(Omission::path).containsExactly("A file");
  }

  @Test
  void pointerFilesOfAFilter_stayPointerFiles() {
    Path user = World.repository(temp.resolve("user"), ".gitattributes", "*.bin filter=lfs\n");
    shell(
        user,
        "echo pointer > a.bin; echo pointer > sub.txt; git add -A; git commit -qm pointers;"
            + "git config filter.lfs.smudge 'touch %1$s/ran; echo big';".formatted(temp)
            + "git config filter.lfs.clean 'touch %1$s/ran; cat';".formatted(temp)
            + "git config filter.lfs.required true");
    write(home().resolve(".gitconfig"), "[filter \"lfs\"]\n\tsmudge = touch " + temp + "/ran\n");
    Workspace w = open(user);
    assertThat(read(w.clonePath().resolve("a.bin"))).isEqualTo("pointer\n");
    assertThat(w.snapshot(1, "candidate", head(user)).files()).isEmpty();
    shell(w.clonePath(), "touch a.bin; git checkout -q a.bin; git status > /dev/null; echo n > n");
    Candidate c = w.snapshot(2, "candidate", head(user));
    assertThat(c.files()).containsExactly("n");
    w.checkTree("scratch", c);
    assertThat(read(w.checkPath().resolve("a.bin"))).isEqualTo("pointer\n");
    assertThat(temp.resolve("ran")).doesNotExist();
    assertThat(Repository.at(World.SANDBOX, user, environment()).filters(head(user)))
        .containsExactly("lfs");
  }

  @Test
  @Tag("I10")
  void noProgramThatAttributesOrConfigurationName_isRun() {
    Path user =
        World.repository(
            temp.resolve("user"),
            ".gitattributes",
            "* filter=evil diff=evil merge=evil\n",
            "a",
            "a\n");
    Path evil = script(temp.resolve("evil"), "touch '%s/ran'; cat\n".formatted(temp));
    String drivers =
        """
        [filter "evil"]
        \tclean = EVIL
        \tsmudge = EVIL
        \tprocess = EVIL
        \trequired = true
        [diff "evil"]
        \tcommand = EVIL
        \ttextconv = EVIL
        [merge "evil"]
        \tdriver = EVIL
        [diff]
        \texternal = EVIL
        [core]
        \tfsmonitor = EVIL
        \thooksPath = HOOKS
        \tpager = EVIL
        \teditor = EVIL
        \tsshCommand = EVIL
        \taskPass = EVIL
        [credential]
        \thelper = EVIL
        [gpg]
        \tprogram = EVIL
        [log]
        \tshowSignature = true
        [alias]
        \tadd = !EVIL
        """
            .replace("EVIL", evil.toString())
            .replace("HOOKS", temp.resolve("hooks").toString());
    for (String hook : List.of("reference-transaction", "post-index-change", "post-checkout")) {
      Path _ = script(temp.resolve("hooks/" + hook), "touch '%s/ran'\n".formatted(temp));
    }
    write(home().resolve(".gitconfig"), drivers);
    shell(user, "cat >> .git/config << 'END'\n" + drivers + "END");

    Workspace w = open(user);
    write(w.clonePath().resolve("a"), "b\n");
    write(w.clonePath().resolve(".gitattributes"), "* filter=evil diff=evil merge=evil text\n");
    write(w.clonePath().resolve("new"), "n\n");
    Candidate c = w.snapshot(1, "candidate", head(user));
    w.checkTree("scratch", c);
    w.restoreProtected(c.commit());
    w.renewRepository();
    Repository repository = Repository.at(World.SANDBOX, user, environment());
    Commit base = repository.head();
    assertThat(repository.diff(base, c.commit(), false)).contains("+b");
    Content content = repository.content();
    assertThat(content.diff(base, c.commit(), false, List.of("a"))).contains("+b");
    assertThat(content.changes(base, c.commit())).hasSize(3);
    assertThat(content.addedLines(base, Optional.of(c.commit()))).isEqualTo(3);
    assertThat(content.history(c.commit(), 5)).hasSize(2);
    assertThat(content.authorship(c.commit(), 5, Optional.empty())).isNotEmpty();
    Path written = Path.of(shell(temp, "mkdir written; echo written").strip());
    content.write(content.ids(c.commit()).values(), temp.resolve(written));
    assertThat(temp.resolve("ran")).doesNotExist();
  }

  @Test
  @Tag("I10")
  void fileThatNeedsTheUsersMergeDriver_isAConflict() {
    Path user =
        World.repository(temp.resolve("user"), ".gitattributes", "a merge=evil\n", "a", "1\n2\n");
    Path evil = script(temp.resolve("evil"), "touch '%s/ran'\n".formatted(temp));
    git(user, "config", "merge.evil.driver", evil.toString());
    Workspace w = open(user);
    write(w.clonePath().resolve("a"), "1\nmine\n");
    Candidate c = w.snapshot(1, "candidate", head(user));
    shell(user, "printf 'theirs\\n2\\n' > a; git commit -qam theirs");
    Landing.Change change =
        new Landing.Change(TASK, c.commit(), List.of(), Delivery.LandingForm.SQUASH, "m");
    assertThat(w.landing().merge(change, head(user))).isEqualTo(new Landing.Merged.Conflict("a"));
    assertThat(temp.resolve("ran")).doesNotExist();
  }

  @Test
  void filesThatTheUserIgnoresEverywhere_areNotSaved() {
    Path user = World.repository(temp.resolve("user"), "a", "a\n");
    Path ignore = write(home().resolve("ignore"), "*.swp\n");
    write(home().resolve(".gitconfig"), "[core]\n\texcludesFile = " + ignore + "\n");
    Workspace w = open(user);
    shell(w.clonePath(), "touch x.swp; touch x");
    assertThat(w.snapshot(1, "candidate", head(user)).files()).containsExactly("x");
    assertThat(Files.exists(w.clonePath().resolve("x.swp"))).isTrue();
  }
}

package dev.longe.workspace;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.shell;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.home.Directories;
import dev.longe.home.Home;
import dev.longe.sandbox.Confinement.Overlay;
import dev.longe.sandbox.Sandbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that are layers on a prepared base do what ordinary trees do. */
@Timeout(120)
@Tag("I9")
final class LayeredTreesIT {
  @TempDir Path temp;
  private Path user;
  private Commit base;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("user"),
            "a.txt",
            "a\n",
            "b.txt",
            "b\n",
            "dir/one.txt",
            "1\n",
            "dir/two.txt",
            "2\n",
            "dir/deep/three.txt",
            "3\n",
            ".gitignore",
            "*.log\nbuild/\n",
            "run.sh",
            "true\n");
    base = head(user);
  }

  private Workspace workspace(String name) {
    return new Workspace(
        Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic()),
        new TaskId(name),
        base,
        List.of("protected/**"),
        List.of(),
        new Home(temp.resolve("home")));
  }

  private PreparedBase base(String name, Optional<PreparedBase> near, String setup) {
    PreparedBase made =
        new PreparedBase(Directories.made(temp.resolve("home/bases")).resolve(name));
    BasePreparation maker = workspace("mnpqr").maker(made);
    Overlay layer = maker.checkOut(near);
    inside(layer, setup);
    maker.finish();
    return made;
  }

  private Workspace layered(String name, PreparedBase on) {
    Workspace w = workspace(name);
    w.layerOn(on);
    boolean _ = w.prepare(base);
    // Where confined processes see the objects.
    shell(
        temp,
        "mkdir -p home/work/%1$s/objects; ln -s '%2$s/.git/objects' home/work/%1$s/objects/0"
            .formatted(name, user));
    return w;
  }

  private String inside(Overlay layer, String script) {
    List<String> argv =
        Sandbox.mounted(
            List.of(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                "cd \"$0\"; " + script,
                Overlay.merged(layer.scratch()).toString()),
            List.of(layer));
    Sandbox.Outcome outcome =
        World.SANDBOX.run(World.SANDBOX.plain(argv, temp, Duration.ofMinutes(1)));
    assertThat(outcome.exit().ok()).as(script + outcome.error()).isTrue();
    return outcome.output();
  }

  private String inAgentsTree(Workspace w, String script) {
    return inside(w.agentLayer().orElseThrow(), script);
  }

  private String inCheckTree(Workspace w, Candidate c, String script) {
    CheckTree tree = w.checkTree("check-1", c);
    try {
      return inside(tree.layer().orElseThrow(), script);
    } finally {
      w.deleteCheckTree("check-1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "echo x >> a.txt",
        "echo n > n; mkdir -p x/y; echo m > x/y/m; ln -s a.txt link; ln -s /etc/passwd out",
        "rm a.txt",
        "rm -r dir",
        "rm -r dir; mkdir dir; echo new > dir/new",
        "rm -r dir; echo file > dir",
        "rm a.txt; mkdir a.txt; echo x > a.txt/x",
        "mv dir moved",
        "mv a.txt c.txt; mv b.txt a.txt",
        "chmod +x run.sh",
        "rm a.txt; ln -s b.txt a.txt",
        "echo x > x.log; mkdir build; echo y > build/y; echo z > z",
        "rm dir/one.txt; rm -r dir/deep; echo 2 > dir/deep",
        "rm -rf * .gitignore",
        "echo x > x; rm x; mkdir d; rmdir d; touch a.txt",
        "sleep 0.02; echo '*.txt' >> .gitignore; echo n > n.txt",
        "echo '* text eol=crlf' > .gitattributes; printf 'a\\r\\n' > crlf",
        "rm .gitignore; echo l > l.log",
        "mkdir sub; git init -q sub; echo s > sub/s",
        "rm -r dir; git init -q dir; echo s > dir/s",
        "mkfifo pipe; echo x > x",
        "rm a.txt; mkfifo a.txt",
        "touch -- $'line\\nfeed' $'\\xff\\xfe' ':(top)x' '*' ' '",
        "install -m 4755 run.sh suid",
        "mkdir .GIT; echo x > .GIT/config; echo y > y",
        "for d in {1..60}; do mkdir p$d; (cd p$d; seq 100 | split -l 1 -a 3); done",
        "rm -rf .git; echo x > x",
        "echo x > x; git add x; git -c user.name=a -c user.email=a@b commit -q -m mine",
        "printf '[bad' > .gitmodules"
      })
  void candidate_isThatOfAnOrdinaryTree(String agent) {
    Workspace plain = workspace("pqrst");
    boolean _ = plain.prepare(base);
    shell(plain.clonePath(), agent);
    Candidate expected = plain.snapshot(1, "candidate", base);
    Workspace w = layered("abcde", base("base", Optional.empty(), "true"));
    inAgentsTree(w, agent);
    Candidate c = w.snapshot(1, "candidate", base);
    assertThat(c.tree())
        .as(git(user, "diff", "--stat", expected.tree(), c.tree()))
        .isEqualTo(expected.tree());
    assertThat(c.omissions()).isEqualTo(expected.omissions());
    assertThat(c.outsideLinks()).isEqualTo(expected.outsideLinks());

    String seen = inCheckTree(w, c, "find . -path ./.git -prune -o -type f -print | sort");
    CheckTree copied = plain.checkTree("check-1", expected);
    assertThat(seen)
        .isEqualTo(
            shell(copied.files(), "find . -path ./.git -prune -o -type f -print | sort").strip());

    inAgentsTree(w, "echo again > again.txt");
    shell(plain.clonePath(), "echo again > again.txt");
    assertThat(w.snapshot(2, "candidate", base).tree())
        .isEqualTo(plain.snapshot(2, "candidate", base).tree());
  }

  @Test
  @Tag("I3")
  void whatTheSetupWrote_isInEveryTree_andInNoCandidate() {
    PreparedBase on =
        base(
            "base",
            Optional.empty(),
            "mkdir build; echo b > build/b; echo g > generated; echo c >> a.txt");
    Workspace w = layered("abcde", on);
    assertThat(inAgentsTree(w, "cat build/b generated a.txt; git status --porcelain"))
        .isEqualTo("b\ng\na\n?? generated");
    inAgentsTree(w, "echo new > n; git init -q inner; echo i > inner/i");
    Candidate c = w.snapshot(1, "candidate", base);
    assertThat(c.files()).containsExactly("inner/i", "n");
    assertThat(inCheckTree(w, c, "cat build/b generated a.txt n")).isEqualTo("b\ng\na\nnew");

    inAgentsTree(w, "echo mine > generated");
    Candidate second = w.snapshot(2, "candidate", base);
    assertThat(second.files()).containsExactly("generated", "inner/i", "n");
    assertThat(inCheckTree(w, second, "cat generated")).isEqualTo("mine");
  }

  @Test
  void whatTheAgentTakesBack_isNotInTheNextCandidate() {
    Workspace w = layered("abcde", base("base", Optional.empty(), "true"));
    inAgentsTree(w, "echo n > n; mkdir d; echo m > d/m; echo x >> a.txt; rm b.txt");
    assertThat(w.snapshot(1, "candidate", base).files())
        .containsExactly("a.txt", "b.txt", "d/m", "n");
    inAgentsTree(w, "rm -r n d; git checkout -q a.txt b.txt; echo y > y");
    assertThat(w.snapshot(2, "candidate", base).files()).containsExactly("y");
  }

  @Test
  void carriedFile_isInATree_whoseDirectoryTheAgentDeleted() {
    write(user.resolve("dir/x.env"), "SECRET\n");
    PreparedBase on = base("base", Optional.empty(), "true");
    Workspace w =
        new Workspace(
            Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic()),
            new TaskId("abcde"),
            base,
            List.of(),
            List.of("dir/x.env"),
            new Home(temp.resolve("home")));
    w.layerOn(on);
    boolean _ = w.prepare(base);
    inAgentsTree(w, "rm -r dir");
    assertThat(w.carried().in(w.clonePath()))
        .containsExactly(new Carried.Item(user.resolve("dir/x.env"), "dir/x.env"));
    assertThat(inAgentsTree(w, "ls -A dir")).isEqualTo("x.env");
    assertThat(w.snapshot(1, "candidate", base).files())
        .containsExactly("dir/deep/three.txt", "dir/one.txt", "dir/two.txt");
  }

  @Test
  @Tag("F1")
  void treeThatIsMadeAnew_isThereWholeOrNotAtAll() {
    PreparedBase on = base("base", Optional.empty(), "true");
    Workspace w = layered("abcde", on);
    inAgentsTree(w, "echo n > n");
    Candidate c = w.snapshot(1, "candidate", base);
    World.shell(temp, "rm -rf home/work/abcde/agent");
    Commit missing = new Commit("0".repeat(39) + "1");
    assertThatThrownBy(() -> w.prepare(missing)).isInstanceOf(Fault.class);
    boolean _ = w.prepare(c.commit());
    assertThat(inAgentsTree(w, "cat n")).isEqualTo("n");
  }

  @Test
  @Tag("I3")
  void checkTree_containsNothingThatTheAgentOrAnEarlierCheckLeft() {
    Workspace w = layered("abcde", base("base", Optional.empty(), "mkdir build; echo 1 > build/x"));
    inAgentsTree(w, "echo 2 > build/x; echo 2 > build/y; echo n > n");
    Candidate c = w.snapshot(1, "candidate", base);
    assertThat(inCheckTree(w, c, "cat build/x n; echo 3 > build/x; echo 3 > left; rm -r dir"))
        .isEqualTo("1\nn");
    assertThat(inCheckTree(w, c, "cat build/x; ls; git status --porcelain"))
        .isEqualTo("1\na.txt\nb.txt\nbuild\ndir\nn\nrun.sh");
    assertThat(shell(temp.resolve("home/work/abcde"), "ls")).doesNotContain("check-");
  }

  @Test
  @Tag("I3")
  void protectedPaths_areThoseOfTheBase() {
    write(user.resolve("protected/t"), "1\n");
    git(user, "add", "-A");
    git(user, "commit", "-qm", "protected");
    base = head(user);
    Workspace w = layered("abcde", base("base", Optional.empty(), "true"));
    inAgentsTree(w, "echo 0 > protected/t; echo n > n");
    Candidate c = w.snapshot(1, "candidate", base);
    assertThat(c.protectedTouched()).containsExactly("protected/t");
    assertThat(inCheckTree(w, c, "cat protected/t n")).isEqualTo("1\nn");
    w.restoreProtected(c.commit());
    assertThat(inAgentsTree(w, "cat protected/t n")).isEqualTo("1\nn");
  }

  @Test
  void baseOfAnotherCommit_isWrittenAsADifference() {
    PreparedBase first = base("first", Optional.empty(), "mkdir build; echo 1 > build/x");
    shell(user, "echo changed > a.txt; rm -r dir; echo new > new; mkdir b; echo x > b/x");
    git(user, "add", "-A");
    git(user, "commit", "-qm", "second");
    base = head(user);
    PreparedBase second = base("second", Optional.of(first), "true");
    assertThat(second.checkout()).hasSize(2).last().isEqualTo(first.checkout().getFirst());
    Workspace w = layered("abcde", second);
    assertThat(inAgentsTree(w, "cat a.txt new b/x; test ! -e dir; test ! -e build; git status -s"))
        .isEqualTo("changed\nnew\nx");
    inAgentsTree(w, "mkdir dir; echo d > dir/d");
    assertThat(w.snapshot(1, "candidate", base).files()).containsExactly("dir/d");
  }

  @Test
  @Tag("I10")
  void agentsRepository_namesNoPathOfTheUser() {
    Workspace w = layered("abcde", base("base", Optional.empty(), "true"));
    assertThat(inAgentsTree(w, "cat .git/objects/info/alternates .git/config; git remote"))
        .doesNotContain(user.toString());
    assertThat(read(temp.resolve("home/work/abcde/seed.git/info/attributes"))).contains("-filter");
  }

  @Test
  void arrivedTask_hasItsCandidateInTheTree() {
    PreparedBase on = base("base", Optional.empty(), "mkdir build; echo 1 > build/x");
    Workspace w = layered("abcde", on);
    inAgentsTree(w, "echo n > n; rm a.txt");
    Candidate c = w.snapshot(1, "candidate", base);
    w.clear();
    w.layerOn(on);
    boolean _ = w.prepare(c.commit());
    assertThat(inAgentsTree(w, "cat n build/x; test ! -e a.txt")).isEqualTo("n\n1");
    assertThat(w.snapshot(2, "candidate", base).tree()).isEqualTo(c.tree());
  }
}

package dev.longe.workspace;

import static dev.longe.testing.World.head;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.Omission;
import dev.longe.core.TaskId;
import dev.longe.home.Home;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Untracked files of the user that the trees of a task contain. */
final class CarriedTest {
  @TempDir Path temp;
  private Path user;
  private Path tree;
  private Repository repository;
  private Commit base;

  @BeforeEach
  void files() {
    user =
        World.repository(temp.resolve("user"), "src/a.txt", "one\n", ".gitignore", ".env.test\n");
    write(user.resolve(".env.test"), "SECRET=1\n");
    write(user.resolve("data/deep/b.txt"), "b\n");
    write(temp.resolve("outside"), "outside\n");
    World.shell(
        user, "ln -s ../outside out; ln -s .git/config inner; ln -s data link; mkfifo pipe");
    repository = Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic());
    base = head(user);
    tree = temp.resolve("tree");
    World.make(tree);
  }

  private Carried carried(String... paths) {
    return new Carried(repository, List.of(paths));
  }

  private List<String> problems(String... paths) {
    return carried(paths).problems(repository.files(base));
  }

  @Test
  void whatCanNotBeCarried_isNamed() {
    assertThat(problems(".env.test", "data", "data/deep/b.txt")).isEmpty();
    assertThat(problems("gone", "src/a.txt", "src", "out", "inner", "pipe"))
        .satisfiesExactly(
            p -> assertThat(p).startsWith("«gone» does not exist in "),
            p ->
                assertThat(p)
                    .startsWith("«src/a.txt» is, contains or is below a file that git tracks"),
            p -> assertThat(p).startsWith("«src» is, contains or is below a file that git tracks"),
            p -> assertThat(p).startsWith("«out» is a symbolic link"),
            p -> assertThat(p).startsWith("«inner» is a symbolic link"),
            p -> assertThat(p).startsWith("«pipe» is no file or directory"));
  }

  @Test
  void copies_areMadeAnew() {
    Carried carried = carried(".env.test", "data");
    carried.copy(tree);
    assertThat(World.shell(tree, "find . -type f | sort"))
        .isEqualTo("./.env.test\n./data/deep/b.txt");
    assertThat(carried.changed(tree)).isEmpty();
    World.shell(tree, "echo more >> .env.test; rm -r data; ln -s /etc data");
    assertThat(carried.changed(tree)).containsExactly(".env.test", "data");
    carried.copy(tree);
    assertThat(carried.changed(tree)).isEmpty();
    assertThat(read(tree.resolve(".env.test"))).isEqualTo("SECRET=1\n");
  }

  @Test
  @Tag("I10")
  void linksInATree_areNotFollowed() {
    write(user.resolve("config/test/.env"), "x\n");
    World.shell(temp, "mkdir victim; cd tree; ln -s ../victim config; ln -s ../victim/f .env.test");
    Carried carried = carried("config/test/.env", ".env.test");
    carried.copy(tree);
    assertThat(temp.resolve("victim")).isEmptyDirectory();
    assertThat(tree.resolve(".env.test")).isRegularFile();
    assertThat(carried.in(tree).stream().map(Carried.Item::path)).containsExactly(".env.test");
    assertThat(carried.changed(tree)).isEmpty();
    assertThat(temp.resolve("victim")).isEmptyDirectory();
  }

  @Test
  void placesForMounts_areEmpty() {
    Carried carried = carried(".env.test", "data");
    assertThat(carried.in(tree))
        .containsExactly(
            new Carried.Item(user.resolve(".env.test"), ".env.test"),
            new Carried.Item(user.resolve("data"), "data"));
    assertThat(World.shell(tree, "find . -type f -size +0")).isEmpty();
    assertThat(carried.changed(tree)).isEmpty();
  }

  @Test
  void fileThatIsGone_isOneSentence() throws Exception {
    Files.delete(user.resolve(".env.test"));
    assertThatThrownBy(() -> carried(".env.test").in(tree))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("«.env.test» does not exist in " + user);
  }

  @Test
  @Tag("I9")
  void candidate_containsNoCarriedFile_andTellsWhatTheAgentChangedThere() throws Exception {
    Workspace w =
        new Workspace(
            repository,
            new TaskId("abcde"),
            base,
            List.of(),
            List.of("data", ".env.test"),
            new Home(temp));
    w.prepare(base);
    w.carried().copy(w.clonePath());
    write(w.clonePath().resolve("new.txt"), "new\n");
    Candidate first = w.snapshot(1, "candidate", base);
    assertThat(first.files()).containsExactly("new.txt");
    assertThat(first.omissions()).isEmpty();
    write(w.clonePath().resolve("data/mine.txt"), "mine\n");
    World.shell(w.clonePath(), "mkfifo data/pipe; rm .gitignore");
    Candidate second = w.snapshot(2, "candidate", base);
    assertThat(second.files()).containsExactlyInAnyOrder("new.txt", ".gitignore");
    assertThat(second.omissions())
        .containsExactly(
            new Omission("data", "is carried from your work tree and stays as it is there"));
    Files.delete(user.resolve(".env.test"));
    assertThat(w.snapshot(3, "candidate", base).omissions()).hasSize(1);
  }
}

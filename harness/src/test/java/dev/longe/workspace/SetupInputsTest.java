package dev.longe.workspace;

import static dev.longe.testing.World.shell;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Command;
import dev.longe.core.Loop;
import dev.longe.testing.TaskHistory;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("I3")
final class SetupInputsTest {
  @TempDir Path temp;
  private Path user;

  @BeforeEach
  void repository() {
    user = World.repository(temp.resolve("user"), "a.txt", "one\n");
  }

  @Test
  void withoutKey_theWholeCommitCounts() {
    assertThat(SetupInputs.of(loop(List.of(), List.of()))).isEmpty();
  }

  @Test
  void namedFiles_areAllThatCounts() {
    add("lock/a", "1\n");
    Optional<String> before = state("lock/**");
    assertThat(before).isPresent();
    add("other", "a change\n");
    assertThat(state("lock/**")).isEqualTo(before);
    add("lock/b", "1\n");
    assertThat(state("lock/**")).isPresent().isNotEqualTo(before);
  }

  @Test
  void nameOfNoFile_meansTheWholeCommit() {
    add("lock", "1\n");
    assertThat(state("lock")).isPresent();
    assertThat(state("lock", "lok")).isEmpty();
  }

  @Test
  void linksInsteadOfFiles_meanTheWholeCommit_andOtherLinksCount() {
    add("real/a", "1\n");
    add("lock/a", "1\n");
    Optional<String> before = state("lock/");
    assertThat(before).isPresent();
    shell(user, "ln -s real other; git add -A");
    assertThat(state("lock/")).isPresent().isNotEqualTo(before);
    shell(user, "rm lock/a; ln -s ../real/a lock/a; git add -A");
    assertThat(state("lock/")).isEmpty();
    shell(user, "rm -r lock; ln -s real lock; git add -A");
    assertThat(state("lock/")).isEmpty();
  }

  @Test
  void carriedFiles_meanTheWholeCommit() {
    assertThat(SetupInputs.of(loop(List.of("conf/**"), List.of("data")))).isPresent();
    for (String path : List.of("conf", "conf/x")) {
      assertThat(SetupInputs.of(loop(List.of("conf/**"), List.of(path)))).isEmpty();
    }
  }

  private void add(String file, String content) {
    write(user.resolve(file), content);
    shell(user, "git add -A");
  }

  /** As for a base whose index is that of the user. */
  private Optional<String> state(String... globs) {
    PreparedBase made = new PreparedBase(temp.resolve("base"));
    BasePreparation maker = StoreFiller.workspace(user, temp.resolve("home"), "abcde").maker(made);
    shell(temp, "mkdir -p base; cp user/.git/index base/tree.index");
    return SetupInputs.of(loop(List.of(globs), List.of())).flatMap(maker::state);
  }

  private static Loop loop(List<String> key, List<String> carry) {
    Loop l = TaskHistory.loop(TaskHistory.tests());
    return new Loop(
        l.name(),
        l.mode(),
        l.agents(),
        Optional.of(new Command.Shell("make")),
        key,
        l.services(),
        l.checks(),
        l.protect(),
        l.moves(),
        l.limits(),
        l.review(),
        l.sandbox(),
        l.env(),
        carry,
        l.prompt());
  }
}

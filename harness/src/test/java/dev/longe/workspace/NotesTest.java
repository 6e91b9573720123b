package dev.longe.workspace;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class NotesTest {
  @TempDir Path temp;
  private Path repo;
  private Commit first;
  private Commit second;

  @BeforeEach
  void repository() {
    repo = World.repository(temp.resolve("r"));
    first = head(repo);
    git(repo, "commit", "-q", "--allow-empty", "-m", "second");
    second = head(repo);
  }

  private Notes notes() {
    return Repository.at(World.SANDBOX, repo, World.ENVIRONMENT.basic()).notes();
  }

  /** A note that holds these bytes, as {@code printf} writes them. */
  private void raw(Commit commit, String printf) {
    World.shell(
        repo,
        "git notes --ref=%s add -C $(printf '%s' | git hash-object -w --stdin) %s"
            .formatted(Notes.GIT_AI, printf, commit));
  }

  @Test
  void whatIsAppended_isReadBack_byItsCommit() {
    notes().append(Notes.UNDERSTANDING, first, "one\n");
    notes().append(Notes.UNDERSTANDING, first, "two\n");
    notes().append(Notes.UNDERSTANDING, second, "three\n");
    Map<String, String> all = notes().all(Notes.UNDERSTANDING);
    assertThat(all.getOrDefault(first.id(), "").lines().filter(l -> !l.isEmpty()))
        .containsExactly("one", "two");
    assertThat(all.getOrDefault(second.id(), "").lines()).contains("three");
  }

  @Test
  void repositoryWithoutSuchNotes_hasNone() {
    assertThat(notes().all(Notes.AGENT_TRACE)).isEmpty();
  }

  @Test
  void notesOfOtherTools_areReadApart_whateverTheyHold() {
    raw(first, "a\\r\\nb\\r\\n\\n\\r\\n");
    raw(second, "\\377\\376 no text\\n\\nlast line without an end");
    Map<String, String> all = notes().all(Notes.GIT_AI);
    assertThat(all.getOrDefault(first.id(), "").lines().limit(2)).containsExactly("a", "b");
    assertThat(all.getOrDefault(second.id(), "")).contains("no text\n\nlast line without an end\n");
    assertThat(all).hasSize(2);
  }

  @Test
  void twoCommits_mayHaveTheSameNote_andEmptyOnesToo() {
    raw(first, "same\\n");
    raw(second, "same\\n");
    assertThat(notes().all(Notes.GIT_AI).values()).allMatch(n -> n.startsWith("same\n"));
    World.shell(
        repo,
        "git notes --ref=%s add -f --allow-empty -C $(git hash-object -w --stdin </dev/null) %s"
            .formatted(Notes.GIT_AI, first));
    assertThat(notes().all(Notes.GIT_AI).getOrDefault(second.id(), "")).startsWith("same\n");
  }

  @Test
  @Tag("F22")
  void noteThatCannotBeWritten_isAFault_thatSaysTheChangeHasLanded() {
    git(repo, "update-ref", "refs/notes/longe-understanding/in-the-way", first.id());
    assertThatThrownBy(() -> notes().append(Notes.UNDERSTANDING, first, "one\n"))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("The change landed")
        .hasMessageContaining(Notes.UNDERSTANDING);
  }
}

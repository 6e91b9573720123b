package dev.longe.workspace;

import static dev.longe.testing.World.head;
import static dev.longe.testing.World.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.OutsideLink;
import dev.longe.core.TaskId;
import dev.longe.home.Home;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@Tag("I2")
@Tag("D43")
final class SymbolicLinksTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "x, a, false",
    "x, /etc/passwd, true",
    "x, .., true",
    "x, ../x, true",
    "d/x, .., false",
    "d/x, ../.., true",
    "d/x, ../d/../a, false",
    "d/x, ../d/../../a, true",
    "x, .git/config, true",
    "d/x, ../d/.git, true",
    "x, absolute, true",
    "x, absolute/passwd, true",
    "x, inner/../.., false",
    "x, inner/../../.., true",
    "x, inner/.., false",
    "x, loop, false",
    "x, ./a/, false",
    "x, nothing/here, false",
    "x, nothing/../.., true",
  })
  void linkThatLeavesTheTree_isFound_alsoByWayOfAnotherLink(
      String path, String target, boolean outside) {
    SymbolicLinks links =
        new SymbolicLinks(Map.of(path, target, "absolute", "/etc", "inner", "d/e", "loop", "loop"));
    // inner/.. is d, the parent of what inner points to
    assertThat(links.outside(List.of(path)))
        .isEqualTo(outside ? List.of(new OutsideLink(path, target)) : List.of());
  }

  @Test
  void changedLinks_areReported_andLinksOfTheBaseAreNot() {
    Path user = World.repository(temp.resolve("user"), "a", "a\n", "d/b", "b\n");
    shell(
        user,
        "ln -s /nowhere/old old; ln -s /nowhere/one changed; git add -A; git commit -qm links");
    Workspace w =
        new Workspace(
            Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic()),
            new TaskId("abcde"),
            head(user),
            List.of(),
            List.of(),
            new Home(temp.resolve("home")));
    boolean _ = w.prepare(head(user));
    shell(
        w.clonePath(),
        "ln -sfn /nowhere/two changed; ln -s old/x by; ln -s ../a d/in; ln -s d/in two;"
            // the text of a link can't end the text of another one early
            + " ln -s \"$(printf 'x\\n%s\\ny' $(printf /nowhere/two | git hash-object --stdin))\""
            + " spoof");
    assertThat(w.snapshot(1, "candidate", head(user)).outsideLinks())
        .containsExactlyInAnyOrder(
            new OutsideLink("changed", "/nowhere/two"), new OutsideLink("by", "old/x"));
    shell(w.clonePath(), "ln -sfn /nowhere/one changed; rm by");
    assertThat(w.snapshot(2, "candidate", head(user)).outsideLinks()).isEmpty();
  }

  /** Two such names can look the same, so that it is not known where a link leads. */
  @Test
  void linksWhoseNameOrTargetIsNotUtf8_areReported() {
    Path user = World.repository(temp.resolve("user"), "a", "a\n");
    Workspace w =
        new Workspace(
            Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic()),
            new TaskId("abcde"),
            head(user),
            List.of(),
            List.of(),
            new Home(temp.resolve("home")));
    boolean _ = w.prepare(head(user));
    shell(
        w.clonePath(),
        "ln -s /nowhere $'n\\xff'; ln -s a $'n\\xfe'; ln -s $'n\\xff/passwd' by; ln -s by by2;"
            + " ln -s $'/t\\xfe' absolute; ln -s a ü; ln -s ü fine");
    assertThat(w.snapshot(1, "candidate", head(user)).outsideLinks())
        .extracting(OutsideLink::path)
        .containsOnly("n\uFFFD", "by", "by2", "absolute");
  }
}

package dev.longe.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A repository that several machines share, and a machine that comes back too late. */
@Timeout(120)
final class RemoteTest {
  private static final TaskId TASK = new TaskId("abcde");

  @TempDir Path temp;
  private Path shared;
  private Commit base;

  @BeforeEach
  void repository() {
    shared = temp.resolve("shared.git");
    World.make(shared);
    World.git(shared, "init", "-q", "--bare", "-b", "main");
    Path user = World.repository(temp.resolve("user"), "a.txt", "1\n");
    World.git(user, "push", "-q", shared.toString(), "main");
    base = World.head(user);
    Repository repository = Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic());
    Remote.from(World.SANDBOX, repository, shared.toString(), World.ENVIRONMENT)
        .publish(Map.of(Remote.ref(TASK, "base"), base));
  }

  private Remote machine(String name) {
    Remote remote =
        Remote.at(
            World.SANDBOX,
            shared.toString(),
            temp.resolve(name).resolve("copy.git"),
            World.ENVIRONMENT);
    remote.fetch(TASK, base);
    return remote;
  }

  private Commit packed(Remote machine, String name, String text) {
    World.write(temp.resolve("load-" + name).resolve("f"), text);
    return machine.pack(temp.resolve("load-" + name), name);
  }

  private String refs() {
    return World.git(shared, "for-each-ref", "--format=%(refname)", "refs/longe", "refs/heads");
  }

  private static Fence.Write write(String ref, Commit commit) {
    return new Fence.Write(ref, commit, Optional.empty());
  }

  @Test
  @Tag("F26")
  @Tag("I11")
  void lateMachine_writesNothing_notEvenTheTarget() {
    Remote first = machine("first");
    Fence early = first.claim(TASK, 1, "first");
    assertThat(early.push(List.of(write(Remote.ref(TASK, "1"), packed(first, "one", "x")))))
        .isEmpty();
    Remote second = machine("second");
    Fence later = second.claim(TASK, 2, "second");
    String before = refs() + World.git(shared, "rev-parse", "main");
    Commit late = packed(first, "late", "y");
    assertThatThrownBy(() ->
            early.push(
                List.of(
                    write(Remote.ref(TASK, "2"), late),
                    new Fence.Write("refs/heads/main", late, Optional.of(base)))))
        .isInstanceOf(Fence.Fenced.class);
    assertThatThrownBy(() -> first.claim(TASK, 1, "first")).isInstanceOf(Fence.Fenced.class);
    assertThat(refs() + World.git(shared, "rev-parse", "main")).isEqualTo(before);
    assertThat(later.push(List.of(write(Remote.ref(TASK, "2"), packed(second, "two", "z")))))
        .isEmpty();
  }

  @Test
  void movedTarget_isNotOverwritten_andTheFenceHolds() {
    Remote machine = machine("one");
    Fence claim = machine.claim(TASK, 1, "one");
    Path other = World.repository(temp.resolve("other"), "a.txt", "2\n");
    World.git(other, "push", "-q", "-f", shared.toString(), "main");
    Commit mine = packed(machine, "mine", "x");
    Optional<String> why =
        claim.push(List.of(new Fence.Write("refs/heads/main", mine, Optional.of(base))));
    assertThat(why).isPresent();
    assertThat(World.git(shared, "rev-parse", "main")).isEqualTo(World.head(other).id());
    assertThat(claim.push(List.of(write(Remote.ref(TASK, "1"), mine)))).isEmpty();
  }

  @Test
  void load_travels_andEverythingGoesInTheEnd() {
    Remote machine = machine("one");
    Fence claim = machine.claim(TASK, 1, "one");
    Commit load = packed(machine, "load", "a session");
    assertThat(claim.push(List.of(write(Remote.ref(TASK, Remote.KEPT), load)))).isEmpty();
    Remote next = machine("two");
    assertThat(next.unpack(Remote.ref(TASK, Remote.KEPT) + "^{tree}", temp.resolve("got")))
        .isTrue();
    assertThat(World.read(temp.resolve("got/f"))).isEqualTo("a session");
    assertThat(next.unpack(Remote.ref(TASK, "nothing"), temp.resolve("none"))).isFalse();
    machine.remove(TASK);
    assertThat(refs()).isEqualTo("refs/heads/main");
  }

  @Test
  void repositoryThatIsNotThere_isOneSentence() {
    Remote nowhere =
        Remote.at(
            World.SANDBOX,
            temp.resolve("nowhere").toString(),
            temp.resolve("c/copy.git"),
            World.ENVIRONMENT);
    assertThatThrownBy(() -> nowhere.fetch(TASK, base))
        .isInstanceOf(Fault.class)
        .hasMessageStartingWith("This machine can't reach the repository " + temp);
  }
}

package dev.longe.workspace;

import static dev.longe.testing.World.git;
import static dev.longe.testing.World.head;
import static dev.longe.testing.World.read;
import static dev.longe.testing.World.shell;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Candidate;
import dev.longe.core.Fault;
import dev.longe.home.Directories;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.ExclusiveLock;
import dev.longe.sandbox.ExclusiveLock.Patience;
import dev.longe.sandbox.Output;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary trees borrow objects from a store that names nothing of the user. */
@Timeout(120)
final class ObjectStoreTest {
  private static final String TASK = "abcde";

  @TempDir Path temp;
  private Path user;

  @BeforeEach
  void repository() {
    user = World.repository(temp.resolve("user"), "a.txt", "one\n", "dir/b.txt", "b\n");
  }

  private Path home() {
    return temp.resolve("home");
  }

  private Workspace begin(Path repository, String task) {
    Workspace w = StoreFiller.workspace(repository, home(), task);
    StoreFiller.take(w);
    return w;
  }

  private static Candidate change(Workspace w, int number, String text) {
    write(w.clonePath().resolve("a.txt"), text);
    return w.snapshot(number, "candidate", w.repository().head());
  }

  /** Git in the agent's tree and in the tree of a check finds every object that it needs. */
  private static void works(Workspace w, Candidate c) {
    complete(w.clonePath());
    Path check = w.checkTree("scratch", c).files();
    complete(check);
    assertThat(git(check, "rev-parse", "HEAD")).isEqualTo(c.commit().id());
    assertThat(git(check, "status", "--porcelain")).isEmpty();
  }

  private static void complete(Path tree) {
    git(tree, "rev-list", "--objects", "--quiet", "HEAD");
  }

  /** The files below a directory that contain a text, or are links. */
  private static List<String> naming(Path directory, String text) {
    return shell(directory, "find . -type l; grep -rlaF -- '%s' . || test $? = 1".formatted(text))
        .lines()
        .toList();
  }

  @Test
  @Tag("I10")
  void nothingInTheTrees_orInTheStore_namesTheRepository() {
    Path origin = temp.resolve("origin.git");
    git(temp, "clone", "-q", "--bare", user.toString(), origin.toString());
    git(user, "remote", "add", "origin", origin.toString());
    git(user, "fetch", "-q");
    git(user, "branch", "private");
    git(user, "tag", "private");
    git(user, "pack-refs", "--all");
    git(user, "worktree", "add", "-q", temp.resolve("linked").toString());
    git(user, "repack", "-qad");
    Workspace w = begin(user, TASK);
    Candidate c = change(w, 1, "two\n");
    Path check = w.checkTree("scratch", c).files();
    w.renewRepository();
    for (Path place : List.of(w.clonePath(), check, home().resolve("stores"))) {
      for (String name : List.of(user.toString(), origin.toString(), "private", "linked")) {
        assertThat(naming(place, name)).as(name + " in " + place).isEmpty();
      }
    }
    for (Path tree : List.of(w.clonePath(), check)) {
      assertThat(git(tree, "remote")).isEmpty();
      assertThat(git(tree, "for-each-ref", "--format=%(refname)"))
          .isEqualTo(tree.equals(check) ? "" : "refs/heads/longe/abcde");
      assertThat(git(tree, "worktree", "list").lines()).hasSize(1);
    }
    works(w, c);
  }

  @Test
  void everyKindOfRepository_works() {
    git(user, "commit", "-q", "--allow-empty", "-m", "second");
    String clone = "git -c user.name=T -c user.email=t@example.org clone -q ";
    shell(
        temp,
        """
        git init -q --object-format=sha256 sha256
        (cd sha256; echo 1 > a.txt; git add -A; git -c user.name=T -c user.email=t@example.org commit -qm base)
        %1$s --shared user lender
        (cd lender; git -c user.name=T -c user.email=t@example.org commit -q --allow-empty -m third)
        %1$s --shared lender borrower
        %1$s --depth 1 file://$PWD/user shallow
        git -C user worktree add -q ../linked
        """
            .formatted(clone));
    for (String kind : List.of("sha256", "borrower", "shallow", "linked")) {
      Path at = temp.resolve(kind);
      Workspace w = StoreFiller.workspace(at, temp.resolve("home-" + kind), TASK);
      StoreFiller.take(w);
      Candidate c = change(w, 1, "two\n");
      Path check = w.checkTree("scratch", c).files();
      for (Path tree : List.of(w.clonePath(), check)) {
        assertThat(git(tree, "log", "--oneline")).as(kind).isNotEmpty();
        assertThat(naming(tree, at + "/")).as(kind).isEmpty();
        assertThat(naming(tree, user + "/")).as(kind).isEmpty();
      }
      assertThat(git(check, "show", "HEAD:a.txt")).as(kind).isEqualTo("two");
      assertThat(git(w.clonePath(), "show", "HEAD:a.txt")).as(kind).isIn("one", "1");
    }
  }

  @Test
  @Tag("I10")
  void garbageCollectionOfTheUser_breaksNoTree_andTheNextTaskShrinksTheStore() throws IOException {
    Workspace w = begin(user, TASK);
    Candidate first = change(w, 1, "two\n");
    works(w, first);
    git(user, "commit", "-q", "--allow-empty", "-m", "meanwhile");
    git(user, "gc", "-q", "--prune=now");
    works(w, first);
    Candidate second = change(w, 2, "three\n");
    git(user, "repack", "-qadF");
    works(w, second);
    git(user, "commit", "-q", "--allow-empty", "-m", "later");
    git(user, "gc", "-q", "--prune=now");
    Workspace next = begin(user, "fghjk");
    assertThat(files(next)).as("one pack with its indexes").isLessThanOrEqualTo(3);
    works(w, second);
    works(next, change(next, 1, "four\n"));
  }

  private static long files(Workspace w) throws IOException {
    try (Stream<Path> all = Files.walk(w.borrowed().store())) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  /** Every state of the store that a fill leaves has all that can be reached. */
  @Test
  void garbageCollectionWhileTheStoreIsFilled_losesNothing() {
    Workspace w = begin(user, TASK);
    CompletableFuture<String> collecting =
        CompletableFuture.supplyAsync(() ->
            shell(
                user,
                "for i in $(seq 15); do echo $i > a.txt; git commit -qam $i; if ((i % 3)); then"
                    + " git repack -qad; else git gc -q --prune=now; fi; done"));
    int rounds = 0;
    do {
      rounds++;
      String now = head(user).id();
      w.renewRepository();
      git(w.clonePath(), "rev-list", "--objects", "--quiet", now);
      if (rounds % 5 == 0) {
        StoreFiller.take(w);
        git(w.clonePath(), "rev-list", "--objects", "--quiet", now);
      }
    } while (!collecting.isDone());
    assertThat(collecting.join()).isEmpty();
    assertThat(rounds).isGreaterThan(1);
  }

  @Test
  @Tag("I10")
  void aStoreThatIsDeletedOrDamaged_isMadeWholeAgain() throws IOException {
    Workspace w = begin(user, TASK);
    Path store = w.borrowed().store();
    for (String damage :
        List.of("rm -rf '%s'", "rm -rf '%s'/*", "find '%s' -type f | head -2 | xargs rm")) {
      shell(temp, damage.formatted(store));
      w.repairRepository();
      complete(w.clonePath());
    }
    git(user, "repack", "-qad");
    StoreFiller.take(w);
    shell(store, "for f in pack/*; do rm $f; echo > $f; done"); // as after a loss of power
    StoreFiller.take(w);
    works(w, change(w, 1, "two\n"));
    Directories.delete(home().resolve("stores"));
    Candidate c = change(w, 2, "three\n");
    w.repairRepository();
    works(w, c);
  }

  private RunningProcess start(List<String> argv) {
    return World.SANDBOX.start(
        new ProcessSpec(
            argv,
            temp,
            World.ENVIRONMENT.basic(),
            false,
            new Confinement.Open(),
            Duration.ofSeconds(60),
            1 << 20,
            "",
            false),
        new Output() {
          @Override
          public void line(String line) {
            write(temp.resolve("printed"), line);
          }

          @Override
          public void errorLine(String line) {
            System.out.println("filler: " + line);
          }
        });
  }

  /** Many objects, each in a file of its own. */
  private void addObjects(int number) {
    shell(
        user,
        "mkdir many; seq %d | split -l 1 -a 4 - many/; git add -A; git commit -qm many"
            .formatted(number));
  }

  @Test
  void processesThatFillAtOnce_fillOnce() {
    addObjects(300);
    List<RunningProcess> all = new ArrayList<>();
    for (String task : List.of("bbbbb", "ccccc")) {
      all.add(start(StoreFiller.argv(user, home(), task)));
    }
    all.forEach(p -> assertThat(p.await().ok()).isTrue());
    assertThat(read(temp.resolve("printed"))).as("all are links").isEqualTo("KiB 0");
  }

  @Test
  @Tag("F1")
  void killedWhileFilling_isFinishedByTheNext() throws IOException {
    addObjects(1000);
    Workspace w = StoreFiller.workspace(user, home(), TASK);
    Path store = w.borrowed().store();
    boolean cut = false;
    while (!cut) {
      RunningProcess filler = start(StoreFiller.argv(user, home(), "bbbbb"));
      World.until("it fills", () -> Files.exists(store.resolve("20")));
      var _ = filler.kill();
      cut = !Files.exists(store.resolveSibling("ready"));
      if (cut) {
        assertThat(files(w)).isLessThan(1000);
        StoreFiller.take(w);
      } else {
        Directories.delete(store.resolveSibling(""));
      }
    }
    works(w, change(w, 1, "two\n"));
  }

  /** Another task deletes files while the size of the store is read. */
  @Test
  void filesThatVanish_countNothing() {
    Path store = temp.resolve("stores/one");
    CompletableFuture<String> changing =
        CompletableFuture.supplyAsync(() ->
            shell(
                temp,
                "mkdir -p stores/one/objects; cd stores/one/objects; for i in $(seq 100); do"
                    + " mkdir a; (cd a; touch $(seq 200)); rm -r a; done"));
    do {
      assertThat(new ObjectStore(store).kibibytes()).isBetween(0L, 200L);
    } while (!changing.isDone());
    assertThat(changing.join()).isEmpty();
  }

  @Test
  @Tag("I12")
  void taskThatWaitsForTheStore_endsByAStop() {
    Workspace w = begin(user, TASK);
    AtomicBoolean stopped = new AtomicBoolean();
    List<String> told = new ArrayList<>();
    w.borrowed()
        .waitWith(
            new Patience(
                Duration.ofMinutes(10),
                stopped::get,
                line -> {
                  told.add(line);
                  stopped.set(true);
                }));
    Path store = w.borrowed().store().resolveSibling("");
    try (ExclusiveLock _ =
        ExclusiveLock.tryTake(new ObjectStore(store).lock(), "fills").orElseThrow()) {
      assertThatThrownBy(w::renewRepository)
          .isInstanceOf(Fault.class)
          .hasMessageContaining("fills");
    }
    assertThat(told).singleElement().asString().contains("Waiting for another process of Longe");
    works(w, change(w, 1, "two\n"));
  }

  @Test
  void onAnotherFileSystem_objectsAreCopied() {
    write(user.resolve("large.bin"), "0123456789abcdef".repeat(1 << 16));
    git(user, "-c", "core.compression=0", "add", "-A");
    git(user, "commit", "-qm", "large");
    World.make(home());
    String mounting =
        World.unshare("--mount") + " bash -c 'mount -t tmpfs home \"$0\" && exec \"$@\"' ";
    List<String> argv = new ArrayList<>(List.of("bash", "-c", mounting + "\"$0\" \"$@\""));
    argv.add(home().toString());
    argv.addAll(StoreFiller.argv(user, home(), TASK));
    assertThat(start(argv).await().ok()).isTrue();
    assertThat(Integer.parseInt(read(temp.resolve("printed")).substring(4))).isPositive();
  }
}

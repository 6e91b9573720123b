package dev.longe.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Fault;
import dev.longe.core.NotHuman;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OwnersTest {
  private static final String NOBODY = "0123456789abcdef0123456789abcdef";

  /** Locks a file like an owner does, says so, and lives until it is killed. */
  private static final String HOLD =
      "import fcntl,sys,time; f=open(sys.argv[1],'w'); fcntl.lockf(f,fcntl.LOCK_EX);"
          + " f.write('process 7 on box'); f.flush(); print('held',flush=True); time.sleep(600)";

  @TempDir Path directory;
  private final List<Owners> open = new ArrayList<>();
  private final List<RunningProcess> started = new ArrayList<>();

  private Owners owners() {
    return owners(directory.resolve("home/owners"));
  }

  private Owners owners(Path where) {
    Owners owners = new Owners(where, World.ENVIRONMENT);
    open.add(owners);
    return owners;
  }

  @AfterEach
  void end() {
    open.forEach(Owners::close);
    started.forEach(RunningProcess::kill);
  }

  /** Whether a process of its own finds the lock taken. */
  private boolean lockedForOthers(Path file) {
    String asked =
        World.shell(
            directory,
            "python3 -c \"import fcntl; f=open('%s','r+'); fcntl.lockf(f,fcntl.LOCK_EX|fcntl.LOCK_NB)\" 2>/dev/null && echo free || echo held"
                .formatted(file));
    return asked.equals("held");
  }

  /** Another process that holds the lock of a file. */
  private RunningProcess holder(Path file) {
    World.make(file.resolveSibling("."));
    Set<String> said = ConcurrentHashMap.newKeySet();
    RunningProcess process =
        World.SANDBOX.start(
            World.SANDBOX.plain(
                List.of("python3", "-c", HOLD, file.toString()), directory, Duration.ofMinutes(1)),
            new Output() {
              @Override
              public void line(String line) {
                said.add(line);
              }

              @Override
              public void errorLine(String line) {
                System.out.println("holder: " + line);
              }
            });
    started.add(process);
    World.until("the lock is held", () -> said.contains("held"));
    return process;
  }

  @Test
  @Tag("I11")
  void ownersOfOneProcess_seeEachOther_untilOneIsClosed() {
    Owners one = owners();
    Owners two = owners();
    assertThat(one.own()).isEqualTo(one.own()).isNotEqualTo(two.own());
    assertThat(one.alive(two.own())).isTrue();
    assertThat(two.alive(one.own())).isTrue();
    String first = one.own();
    Path file = one.file();
    one.close();
    assertThat(two.alive(first)).isFalse();
    assertThat(file).doesNotExist();
    assertThat(lockedForOthers(two.file())).isTrue();
  }

  /** The lock would be lost if this process opened and closed its own file once more. */
  @Test
  @Tag("I11")
  void askingForOneself_underAnyName_keepsTheLock() throws Exception {
    Owners one = owners();
    Path file = one.file();
    Path link = Files.createLink(directory.resolve(NOBODY + ".lock"), file);
    Path symbolic =
        Files.createSymbolicLink(directory.resolve(NOBODY.replace('0', 'f') + ".lock"), file);
    assertThat(one.alive(one.own())).isTrue();
    assertThat(owners().describe(one.own())).startsWith("process ").contains(Owners.machine());
    assertThat(List.of(link, symbolic)).allMatch(LockFile::held);
    assertThat(owners().own()).isNotEqualTo(one.own());
    assertThat(lockedForOthers(file)).isTrue();
  }

  @Test
  @Tag("I11")
  void killedOwner_isDeadAtOnce_livingOneIsNot() {
    Path file = directory.resolve("home/owners").resolve(NOBODY + ".lock");
    RunningProcess holder = holder(file);
    Owners owners = owners();
    assertThat(owners.alive(NOBODY)).isTrue();
    assertThat(owners.describe(NOBODY)).isEqualTo("process 7 on box");
    assertThat(owners.own()).isNotEqualTo(NOBODY);
    assertThat(file).exists();
    holder.kill();
    assertThat(owners.alive(NOBODY)).isFalse();
    assertThat(owners().own()).isNotEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  @Tag("I11")
  void whoOnlyAsks_makesNoFile() {
    Owners owners = owners();
    assertThat(owners.alive(NOBODY)).isFalse();
    assertThat(owners.describe(NOBODY)).contains("has ended");
    assertThat(owners.known()).isEmpty();
    owners.close();
    assertThat(directory.resolve("home")).doesNotExist();
  }

  @Test
  @Tag("I11")
  void whatIsNoFile_isNotOpened() {
    World.shell(directory, "mkfifo " + NOBODY + ".lock");
    assertThat(owners(directory).alive(NOBODY)).isTrue();
  }

  @Test
  @Tag("F15")
  void directoryThatCanNotBeMade_isOneSentence() {
    World.write(directory.resolve("file"), "x");
    assertThatThrownBy(() -> owners(directory.resolve("file/owners")).own())
        .isInstanceOf(Fault.class)
        .hasMessageContaining("LONGE_HOME");
  }

  /** Each process collects old files while the others make theirs. */
  @Test
  @Tag("I11")
  void processesThatComeAndGo_neverCollectALivingOwner() {
    List<RunningProcess> all = new ArrayList<>();
    Set<String> wrong = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 4; i++) {
      List<String> argv =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "dev.longe.sandbox.ComeAndGo",
              directory.toString());
      all.add(
          World.SANDBOX.start(
              World.SANDBOX.plain(argv, directory, Duration.ofSeconds(50)),
              new Output() {
                @Override
                public void line(String line) {
                  wrong.add(line);
                }

                @Override
                public void errorLine(String line) {
                  wrong.add(line);
                }
              }));
    }
    assertThat(all).allSatisfy(p -> assertThat(p.await().status()).isZero());
    assertThat(wrong).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @Tag("I11")
  void ownerOfAnEarlierRelease_isKnownByHostBootPidAndStart() {
    long pid = ProcessHandle.current().pid();
    String boot = World.read(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    String start = Proc.start(pid).orElseThrow();
    EarlierOwner self = new EarlierOwner(Owners.machine(), boot, pid, start);
    String text = "%s/%s/%d/%s".formatted(Owners.machine(), boot, pid, start);
    assertThat(EarlierOwner.parse(text)).contains(self);
    assertThat(owners().alive(text)).isTrue();
    assertThat(owners().describe(text)).isEqualTo("process " + pid + " on " + Owners.machine());
    assertThat(new EarlierOwner(Owners.machine(), boot, pid, "0").alive()).isFalse();
    assertThat(new EarlierOwner("another host", boot, 1, "1").alive()).isTrue();
    assertThat(new EarlierOwner(Owners.machine(), "another boot", pid, start).alive()).isFalse();
    assertThat(EarlierOwner.parse(NOBODY)).isEmpty();
  }

  private void sleeper(String owner, String mark, String before) {
    World.shell(
        directory,
        "LONGE_OWNER='%s' setsid %s sleep %s >/dev/null 2>&1 & true"
            .formatted(owner, before, mark));
  }

  @Test
  @Tag("I12")
  void orphans_areProcessesWhoseOwnersLockNobodyHolds_inWhicheverHome() {
    String gone = "48154" + System.nanoTime();
    String kept = "48155" + System.nanoTime();
    Owners own = owners();
    Path elsewhere = directory.resolve("elsewhere/owners").resolve(NOBODY + ".lock");
    holder(elsewhere);
    Path dead = elsewhere.resolveSibling("f".repeat(32) + ".lock");
    sleeper(dead.toString(), gone, "");
    sleeper(World.write(dead.resolveSibling("e".repeat(32) + ".lock"), "").toString(), gone, "");
    sleeper("%s/another boot/4/1".formatted(Owners.machine()), gone, "");
    sleeper(own.file().toString(), kept, "");
    sleeper(elsewhere.toString(), kept, "");
    sleeper("/no/lock/file", kept, "");
    sleeper("prose", kept, "");
    sleeper(dead.toString(), kept, World.unshare("--mount"));
    World.until("all stand", () -> World.withArgument(gone).size() == 3);
    World.until("all stand", () -> World.withArgument(kept).size() == 5);
    Map<String, String> marked = Map.of("LONGE_RUN", "x");
    assertThat(new Sandbox(new Owners(directory, new Environment(marked)), marked).sweepOrphans())
        .as("a process of an attempt ends nothing")
        .isZero();
    assertThat(new Sandbox(own, World.ENVIRONMENT.all()).sweepOrphans()).isGreaterThanOrEqualTo(3);
    World.until("the orphans are gone", () -> World.withArgument(gone).isEmpty());
    assertThat(World.withArgument(kept)).hasSize(5);
    World.withArgument(kept).forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }

  @Test
  @Tag("I18")
  void processOfAnAttempt_ownsNothing() {
    Environment marked = new Environment(Map.of("LONGE_OWNER", "x"));
    Owners owners = new Owners(directory.resolve("home"), marked);
    assertThatThrownBy(owners::own)
        .isInstanceOf(NotHuman.class)
        .hasMessageContaining("belongs to an attempt or a check");
    assertThatThrownBy(owners::requireOutside).isInstanceOf(NotHuman.class);
    assertThat(directory.resolve("home")).doesNotExist();
    owners().requireOutside();
  }
}

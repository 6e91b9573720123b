package dev.longe.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.TaskId;
import dev.longe.sandbox.Output;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class KillTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 333})
  @Tag("F1")
  @Tag("I9")
  void killedWriter_losesNothingThatItToldOf(int appends) {
    Path home = directory.resolve("home");
    AtomicInteger told = new AtomicInteger();
    RunningProcess child =
        World.SANDBOX.start(
            World.SANDBOX.plain(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.longe.journal.AppendForever",
                    home.toString()),
                directory,
                Duration.ofSeconds(50)),
            new Output() {
              @Override
              public void line(String line) {
                told.set(Integer.parseInt(line));
              }

              @Override
              public void errorLine(String line) {
                System.err.println("child: " + line);
              }
            });
    World.until("enough appends", () -> told.get() >= appends);
    child.kill();
    try (Journal journal = Journal.open(home, o -> false, () -> {})) {
      assertThat(journal.entries(new TaskId("abcde")).size()).isGreaterThan(told.get());
      assertThat(journal.lease(new TaskId("abcde"), "heir", new Slots(1, Map.of())))
          .hasValueSatisfying(l -> assertThat(l.generation()).isEqualTo(2));
    }
  }

  @Test
  @Tag("F9")
  void fullDisk_isOneSentence_andNothingToldOfIsLost() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String user = "root".equals(System.getProperty("user.name")) ? "" : "--user --map-root-user";
    String out =
        World.shell(
            directory,
            """
            mkdir small saved
            unshare %s --mount bash -c '
              mount -t tmpfs -o size=600k tmpfs small
              "%s" --enable-native-access=ALL-UNNAMED -cp "%s" dev.longe.journal.AppendForever small/home > told 2> error || true
              cp -r small/home saved/'
            tail -n 1 told; grep -c "The disk is full" error
            """
                .formatted(user, java, System.getProperty("java.class.path")));
    int told = Integer.parseInt(out.lines().toList().getFirst());
    assertThat(out.lines().toList().getLast()).isEqualTo("1");
    try (Journal journal = Journal.open(directory.resolve("saved/home"), o -> false, () -> {})) {
      assertThat(journal.entries(new TaskId("abcde")).size()).isGreaterThan(told);
    }
  }
}

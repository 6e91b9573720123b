package dev.longe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ShellTest {
  @TempDir Path directory;

  private String run(String line) throws ToolExecution.Refusal, IOException {
    return new Shell(directory).run(line, 30);
  }

  @Test
  void standardInput_isEmpty() throws ToolExecution.Refusal, IOException {
    assertThat(run("cat; echo end")).isEqualTo("end\n\n[exit 0]");
  }

  @ParameterizedTest
  @ValueSource(ints = {30_001, 45_000, 60_001, 61_440, 65_536, 90_000, 120_000})
  void longOutput_isCutInTheMiddle_andSaysSo(int chars) throws ToolExecution.Refusal, IOException {
    String told = run("echo BEGIN; head -c " + (chars - 10) + " /dev/zero | tr '\\0' x; echo END");
    assertThat(told).startsWith("BEGIN\nxxx").endsWith("xxxEND\n\n[exit 0]").contains("\n[…]\n");
    assertThat(told).hasSizeLessThan(30_100);
  }

  @Test
  void shortOutput_isWhole() throws ToolExecution.Refusal, IOException {
    assertThat(run("head -c 29000 /dev/zero | tr '\\0' x")).doesNotContain("[…]").hasSize(29_009);
  }

  @Test
  void lineThatTakesTooLong_isEnded_withAllThatItStarted_noTimeIsASecond() throws IOException {
    assertThatThrownBy(
            () -> new Shell(directory).run("(sleep 1000 & echo $! > pid; wait) & sleep 1000", -5))
        .isInstanceOf(ToolExecution.Refusal.class)
        .hasMessage("it ran longer than 1 seconds and was ended");
    long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    ProcessHandle.of(pid).ifPresent(p -> p.onExit().join());
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void processInTheBackground_doesNotHoldItUp() throws ToolExecution.Refusal, IOException {
    // Whether the JDK closes the pipe at the end of the shell or leaves it to the process in the
    // background depends on who reads at that moment; the answer comes in both cases.
    assertThat(run("sleep 1000 & echo $! > pid; exit 4")).endsWith("[exit 4]");
    long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly)).isPresent();
  }

  @Test
  void outputThatIsNoText_isShownAllTheSame() throws ToolExecution.Refusal, IOException {
    assertThat(run("printf '\\377\\376ok'")).contains("ok");
  }
}

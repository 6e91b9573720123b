package dev.longe.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ToolExecutionTest {
  @TempDir Path temp;
  private Path directory;

  @BeforeEach
  void directory() throws IOException {
    directory = Files.createDirectory(temp.resolve("work"));
    Files.writeString(temp.resolve("secret"), "s3cret");
  }

  private Conversation.Result perform(String tool, Map<String, Object> input) {
    return new ToolExecution(directory)
        .perform(new Conversation.Call("t7", tool, ScriptedServer.JSON.valueToTree(input)));
  }

  private String done(String tool, Map<String, Object> input) {
    Conversation.Result result = perform(tool, input);
    assertThat(result.failed()).as(result.text()).isFalse();
    assertThat(result.id()).isEqualTo("t7");
    return result.text();
  }

  private String refused(String tool, Map<String, Object> input) {
    Conversation.Result result = perform(tool, input);
    assertThat(result.failed()).as(result.text()).isTrue();
    return result.text();
  }

  @Test
  void read_givesLines_andSaysHowManyFollow() throws IOException {
    Files.writeString(directory.resolve("a"), "1\n2\n3\n4\n5\n");
    assertThat(done("read", Map.of("path", "a"))).isEqualTo("1\n2\n3\n4\n5");
    assertThat(done("read", Map.of("path", "a", "from", 2, "lines", 2)))
        .isEqualTo("2\n3\n[2 more lines]");
    assertThat(done("read", Map.of("path", "a", "from", -7, "lines", 0)))
        .isEqualTo("1\n[4 more lines]");
    assertThat(done("read", Map.of("path", "a", "from", 99))).isEmpty();
  }

  @Test
  void read_givesAtMostTwoThousandLines() throws IOException {
    Files.writeString(
        directory.resolve("a"),
        IntStream.rangeClosed(1, 2_500)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("\n")));
    assertThat(done("read", Map.of("path", "a", "lines", 1_000_000)))
        .endsWith("\n2000\n[500 more lines]");
  }

  @Test
  void write_makesTheDirectoriesAboveIt() {
    done("write", Map.of("path", "x/y/z.txt", "content", "ü\n"));
    assertThat(directory.resolve("x/y/z.txt")).hasContent("ü\n");
  }

  @Test
  void edit_replacesATextThatStandsOnce_elseNothing() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "one two two");
    done("edit", Map.of("path", "a", "old", "one", "new", "$1\\"));
    assertThat(file).hasContent("$1\\ two two");
    assertThat(refused("edit", Map.of("path", "a", "old", "two", "new", "x")))
        .contains("more than once");
    assertThat(refused("edit", Map.of("path", "a", "old", "three", "new", "x")))
        .contains("does not stand in a");
    assertThat(refused("edit", Map.of("path", "a", "old", "", "new", "x")))
        .contains("does not stand");
    assertThat(file).hasContent("$1\\ two two");
  }

  @Test
  void overlappingText_standsMoreThanOnce() throws IOException {
    Files.writeString(directory.resolve("a"), "aaa");
    assertThat(refused("edit", Map.of("path", "a", "old", "aa", "new", "b")))
        .contains("more than once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "a/../../secret", "link/secret", "dangling", "link/new"})
  void pathOutsideTheDirectory_isRefused_linksFollowed(String path) throws IOException {
    Files.createSymbolicLink(directory.resolve("link"), temp);
    Files.createSymbolicLink(directory.resolve("dangling"), temp.resolve("not-there"));
    refused("read", Map.of("path", path));
    refused("write", Map.of("path", path, "content", "x"));
    refused("edit", Map.of("path", path, "old", "s3cret", "new", "x"));
    assertThat(temp.resolve("secret")).hasContent("s3cret");
    assertThat(temp.resolve("not-there")).doesNotExist();
    assertThat(temp.resolve("new")).doesNotExist();
  }

  @Test
  void absolutePath_isFineInsideTheDirectoryOnly() throws IOException {
    Files.writeString(directory.resolve("a"), "x");
    assertThat(done("read", Map.of("path", directory.resolve("a").toString()))).isEqualTo("x");
    assertThat(refused("read", Map.of("path", temp.resolve("secret").toString())))
        .contains("outside the working directory");
  }

  @Test
  void whatIsMissingOrOfTheWrongKind_isNamed() {
    assertThat(refused("read", Map.of())).isEqualTo("needs the text «path»");
    assertThat(refused("read", Map.of("path", 7))).isEqualTo("needs the text «path»");
    assertThat(refused("write", Map.of("path", "a"))).isEqualTo("needs the text «content»");
    assertThat(refused("read", Map.of("path", "."))).contains("there is no file");
    assertThat(refused("read", Map.of("path", "nope"))).contains("there is no file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b"})
  void pathThatNoFileCanHave_isRefused(String path) {
    refused("read", Map.of("path", path));
  }

  @Test
  void fileThatIsNoText_isRefused() throws IOException {
    Files.write(directory.resolve("a"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    refused("read", Map.of("path", "a"));
  }

  @Test
  void shell_runsInTheDirectory_withItsExitStatus() {
    assertThat(done("shell", Map.of("command", "pwd; echo err >&2; exit 3")))
        .isEqualTo(directory + "\nerr\n\n[exit 3]");
  }
}

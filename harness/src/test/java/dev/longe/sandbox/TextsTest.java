package dev.longe.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes out of a process and what goes into it, as text. */
final class TextsTest {
  private static List<String> lines(byte[] bytes) throws IOException {
    List<String> lines = new ArrayList<>();
    new LineReader(lines::add).drain(new ByteArrayInputStream(bytes), _ -> {});
    return lines;
  }

  private static List<String> lines(String text) throws IOException {
    return lines(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void lines_endAtLineFeeds_withOrWithoutACarriageReturn() throws IOException {
    assertThat(lines("a\r\nb\n\n c\rd")).containsExactly("a", "b", "", " c\rd");
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n")).containsExactly("");
  }

  @Test
  @Tag("F2")
  void whatIsNoUtf8_becomesAReplacement_andNothingIsLost() throws IOException {
    assertThat(lines(new byte[] {'a', (byte) 0xff, 'b', '\n', 'c'}))
        .containsExactly("a\ufffdb", "c");
  }

  /** A stream that gives one byte at a time. */
  private static InputStream slow(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] b, int off, int len) {
        return super.read(b, off, Math.min(1, len));
      }
    };
  }

  @Test
  void characterThatComesInTwoPieces_isOneCharacter() throws IOException {
    List<String> lines = new ArrayList<>();
    List<Integer> counted = new ArrayList<>();
    new LineReader(lines::add).drain(slow("ü€\n".getBytes(StandardCharsets.UTF_8)), counted::add);
    assertThat(lines).containsExactly("ü€");
    assertThat(counted).containsOnly(1).hasSize(6);
  }

  @Test
  @Tag("F3")
  void endlessLine_isHandedOnInPieces() throws IOException {
    byte[] flood = new byte[LineReader.LINE_BYTES_MAX + 100_000];
    java.util.Arrays.fill(flood, (byte) 'x');
    List<Integer> sizes = new ArrayList<>();
    new LineReader(l -> sizes.add(l.length())).drain(new ByteArrayInputStream(flood), _ -> {});
    assertThat(sizes).hasSize(2);
    assertThat(sizes.stream().mapToInt(i -> i).sum()).isEqualTo(flood.length);
  }

  @Test
  @Tag("I13")
  void secrets_areReplacedByTheirNames_longestFirst() {
    Redactor redactor =
        new Redactor(
            Map.of(
                "API_KEY", "abcdef",
                "LONG_TOKEN", "abcdef-ghijkl",
                "db_password", "hunter22",
                "PATH", "/usr/bin"));
    assertThat(redactor.clean("abcdef-ghijkl abcdef hunter22 /usr/bin abcde"))
        .isEqualTo("[LONG_TOKEN] [API_KEY] [db_password] /usr/bin abcde");
  }

  @Test
  void shortValues_areNotTakenForSecrets() {
    Redactor redactor = new Redactor(Map.of("KEY", "true", "TOKEN", "", "SECRET", "12345"));
    assertThat(redactor.clean("true 12345 ")).isEqualTo("true 12345 ");
  }

  @Test
  @Tag("I13")
  void children_getTheBasicVariables_andThoseNamed_noOthers() {
    Environment all =
        new Environment(
            Map.of("PATH", "/bin", "HOME", "/h", "SECRET", "s", "NAMED", "n", "LC_ALL", "C"));
    assertThat(all.basic()).containsOnlyKeys("PATH", "HOME", "LC_ALL");
    assertThat(all.pick(List.of("NAMED", "NOT_SET")))
        .containsOnlyKeys("PATH", "HOME", "LC_ALL", "NAMED");
  }
}

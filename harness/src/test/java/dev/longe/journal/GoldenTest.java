package dev.longe.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.arch.Golden;
import dev.longe.core.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The stored form of every event of every released version. A line of a golden file never changes:
 * a new form is a new version with lines of its own.
 */
final class GoldenTest {
  private final Codec codec = new Codec();

  @Test
  @Tag("I6")
  void everyEventOfVersion1_isReadAndWrittenAsItWas() {
    List<String> lines = new ArrayList<>();
    for (Event event : Lives.everyType()) {
      String body = codec.write(event);
      lines.add(Codec.type(event) + " " + Codec.VERSION + " " + body);
      assertThat(codec.read(Codec.type(event), Codec.VERSION, body)).isEqualTo(event);
    }
    Golden.same(
        "harness/src/test/resources/dev/longe/journal/events-1.txt",
        String.join("\n", lines) + "\n");
  }

  @Test
  void goldenFile_holdsEveryType() {
    assertThat(Lives.everyType().stream().map(Codec::type).collect(Collectors.toSet()))
        .isEqualTo(
            Arrays.stream(Event.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toSet()));
  }
}

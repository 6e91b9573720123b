package dev.longe.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.arch.Golden;
import dev.longe.core.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The written form of every shape of every event, as the present code writes it. */
final class GoldenTest {
  private final Codec codec = new Codec();

  @Test
  @Tag("I19")
  void everyShape_isReadAndWrittenAsItWas() {
    List<String> lines = new ArrayList<>();
    for (Event event : Shapes.all()) {
      String body = codec.write(event);
      String type = EventTypes.name(event);
      lines.add(type + " " + codec.version(event) + " " + body);
      assertThat(codec.read("It", type, codec.version(event), body)).isEqualTo(event);
    }
    Golden.same(
        "harness/src/test/resources/dev/longe/journal/events-current.txt",
        String.join("\n", lines) + "\n");
  }

  @Test
  @Tag("I19")
  void goldenFile_holdsEveryShape() {
    assertThat(Coverage.shown(Shapes.all())).containsAll(Coverage.possible(Event.class));
  }
}

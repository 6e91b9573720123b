package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.arch.Golden;
import dev.longe.journal.Coverage;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The written form of every message, as the present code writes it. */
final class WireTest {
  private static final DataConverter WIRE = PayloadFormat.converter(List.of());

  @Test
  @Tag("I19")
  void everyMessage_isReadAndWrittenAsItWas() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, List<?>> messages : WireShapes.all().entrySet()) {
      Type type = WireShapes.types().get(messages.getKey());
      for (Object message : messages.getValue()) {
        Payload payload = WIRE.toPayload(message).orElseThrow();
        lines.add(messages.getKey() + " " + payload.getData().toStringUtf8());
        assertThat((Object) WIRE.fromPayload(payload, (Class<?>) type, type)).isEqualTo(message);
      }
    }
    Golden.same(
        "temporal/src/test/resources/dev/longe/temporal/messages-current.txt",
        String.join("\n", lines) + "\n");
  }

  @Test
  @Tag("I19")
  void goldenFile_holdsEveryShape() {
    List<Object> all = new ArrayList<>();
    WireShapes.all().values().forEach(all::addAll);
    for (Type type : WireShapes.types().values()) {
      assertThat(Coverage.shown(all)).containsAll(Coverage.possible(type));
    }
  }
}

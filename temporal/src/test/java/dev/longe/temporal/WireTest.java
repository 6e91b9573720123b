package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.longe.arch.Golden;
import dev.longe.journal.Coverage;
import dev.longe.journal.Released;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The written form of every message, as the present code writes it. */
final class WireTest {
  private static final DataConverter WIRE = PayloadFormat.converter(List.of());
  private static final JsonMapper JSON = new JsonMapper();
  private static final String RELEASED =
      "src/test/resources/dev/longe/temporal/" + Golden.RELEASED + "/";

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

  /** What a client or a machine of any release sends is read, and answered in what it can read. */
  @Test
  @Tag("I19")
  void everyReleasedMessage_isRead_andLosesNothing() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(RELEASED + "0.1.0/messages.txt"));
    assertThat(lines).hasSizeGreaterThan(150);
    for (String line : lines) {
      String[] parts = line.split(" ", 2);
      Type type = WireShapes.types().get(parts[0]);
      Payload written =
          WIRE.toPayload("").orElseThrow().toBuilder()
              .setData(ByteString.copyFromUtf8(parts[1]))
              .build();
      Object message = WIRE.fromPayload(written, (Class<?>) type, type);
      String now = WIRE.toPayload(message).orElseThrow().getData().toStringUtf8();
      Released.holds(JSON.readTree(parts[1]), JSON.readTree(now), parts[0]);
    }
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

package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Event;
import dev.longe.core.Fault;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the server sees of a prompt: nothing. */
final class EncryptionCodecTest {
  private static final String OLD = TeamKeys.fresh("old");
  private static final String NEW = TeamKeys.fresh("new");
  private static final Event SECRET = new Event.Answered("the secret plan", Optional.empty());

  private static DataConverter with(String... lines) {
    TeamKeys keys = TeamKeys.parse("team.keys", String.join("\n", lines));
    return PayloadFormat.converter(List.of(new EncryptionCodec(keys), new GzipCodec()));
  }

  private static Event read(DataConverter converter, Payload payload) {
    return converter.fromPayload(payload, Event.class, Event.class);
  }

  @Test
  void payload_isReadableWithTheKeyAlone() {
    Payload payload = with(OLD).toPayload(SECRET).orElseThrow();
    assertThat(payload.toString()).doesNotContain("secret plan").contains("old");
    assertThat(read(with(OLD), payload)).isEqualTo(SECRET);
    assertThatThrownBy(() -> read(with(NEW), payload))
        .isInstanceOf(EncryptionCodec.UnknownKey.class)
        .hasMessageContaining("no key «old»");
    String sameName = "old " + NEW.split(" ")[1];
    assertThatThrownBy(() -> read(with(sameName), payload))
        .hasMessageContaining("with the same secret");
    assertThatThrownBy(() ->
            read(
                with(OLD),
                PayloadFormat.converter(List.of(new GzipCodec())).toPayload(SECRET).orElseThrow()))
        .hasMessageContaining("not encrypted");
  }

  @Test
  void rotation_readsOldAndNew_andWritesNew() {
    Payload before = with(OLD).toPayload(SECRET).orElseThrow();
    DataConverter both = with(NEW, OLD);
    assertThat(read(both, before)).isEqualTo(SECRET);
    Payload after = both.toPayload(SECRET).orElseThrow();
    assertThat(read(with(NEW), after)).isEqualTo(SECRET);
  }

  @Test
  void failures_areEncryptedToo_andLargePayloadsAreSmall() {
    DataConverter converter = with(OLD);
    String failure =
        converter
            .exceptionToFailure(ApplicationFailure.newFailure("the secret plan failed", "Fault"))
            .toString();
    assertThat(failure).doesNotContain("secret plan");
    Optional<Payloads> large =
        converter.toPayloads(
            new Event.Answered("the same words again. ".repeat(10_000), Optional.empty()));
    assertThat(large.orElseThrow().getSerializedSize()).isLessThan(2_000);
  }

  @Test
  void badKeyFile_isToldByItsLine() {
    assertThatThrownBy(() -> TeamKeys.parse("team.keys", "# mine\nk AAAA\n"))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("team.keys:2")
        .hasMessageContaining("32 bytes");
    assertThatThrownBy(() -> TeamKeys.parse("team.keys", "# none\n"))
        .hasMessageContaining("contains no key");
  }
}

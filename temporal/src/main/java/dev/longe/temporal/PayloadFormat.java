package dev.longe.temporal;

import com.google.protobuf.ByteString;
import dev.longe.journal.JsonForms;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.common.converter.NullPayloadConverter;
import io.temporal.common.converter.PayloadConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The wire format of values: the journal's JSON, compressed and encrypted. */
final class PayloadFormat implements PayloadConverter {
  private static final String ENCODING = "json/longe";

  private static final JsonMapper JSON =
      JsonForms.messages()
          .addMixIn(CoordinatorRequest.class, JsonForms.ByKind.class)
          .addMixIn(CoordinatorRequest.Answer.class, JsonForms.ByKind.class)
          .build();

  private PayloadFormat() {}

  /**
   * Creates a converter that encodes every payload, also those of failures, with {@code codecs}, in
   * reverse order.
   */
  static DataConverter converter(List<PayloadCodec> codecs) {
    return new CodecDataConverter(
        new DefaultDataConverter(new NullPayloadConverter(), new PayloadFormat()), codecs, true);
  }

  @Override
  public String getEncodingType() {
    return ENCODING;
  }

  @Override
  public Optional<Payload> toData(Object value) {
    return Optional.of(
        Payload.newBuilder()
            .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ByteString.copyFromUtf8(ENCODING))
            .setData(ByteString.copyFrom(JSON.writeValueAsBytes(value)))
            .build());
  }

  @Override
  public <T> T fromData(Payload content, Class<T> valueType, Type valueGenericType) {
    try {
      return JSON.readValue(content.getData().toByteArray(), JSON.constructType(valueGenericType));
    } catch (JacksonException e) {
      throw new DataConverterException("not readable as " + valueGenericType.getTypeName(), e);
    }
  }
}

package dev.longe.temporal;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.payload.codec.PayloadCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses payloads of 512 bytes or more with gzip. */
final class GzipCodec implements PayloadCodec {
  private static final String ENCODING = "binary/gzip";
  private static final int WORTH_BYTES = 512;

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(GzipCodec::encode).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(GzipCodec::decode).toList();
  }

  private static Payload encode(Payload payload) {
    if (payload.getSerializedSize() < WORTH_BYTES) {
      return payload;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      payload.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Payload.newBuilder()
        .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ByteString.copyFromUtf8(ENCODING))
        .setData(ByteString.copyFrom(bytes.toByteArray()))
        .build();
  }

  private static Payload decode(Payload payload) {
    ByteString encoding =
        payload.getMetadataOrDefault(EncodingKeys.METADATA_ENCODING_KEY, ByteString.EMPTY);
    if (!encoding.toStringUtf8().equals(ENCODING)) {
      return payload;
    }
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(payload.getData().toByteArray()))) {
      return Payload.parseFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.longe.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.payload.codec.PayloadCodec;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts whole payloads with AES-256-GCM (NIST SP 800-38D: 96 random bits of nonce, a tag of 128
 * bits); the key's name is stored beside the ciphertext and authenticated by the tag. Safe for use
 * by many threads.
 */
final class EncryptionCodec implements PayloadCodec {
  private static final String ENCODING = "binary/longe-aes256gcm";
  private static final String KEY = "key";
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final TeamKeys keys;
  private final SecureRandom random = new SecureRandom();

  EncryptionCodec(TeamKeys keys) {
    this.keys = keys;
  }

  /** The payload was encrypted with a key that this machine does not have. */
  static final class UnknownKey extends DataConverterException {
    private static final long serialVersionUID = 1L;

    UnknownKey(String name) {
      super("no key «" + name + "»", null);
    }
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(this::encode).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::decode).toList();
  }

  private Payload encode(Payload payload) {
    TeamKeys.Key key = keys.first();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance(ALGORITHM);
      cipher.init(
          javax.crypto.Cipher.ENCRYPT_MODE, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(ByteString.copyFromUtf8(key.name()).toByteArray());
      return Payload.newBuilder()
          .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ByteString.copyFromUtf8(ENCODING))
          .putMetadata(KEY, ByteString.copyFromUtf8(key.name()))
          .setData(
              ByteString.copyFrom(nonce)
                  .concat(ByteString.copyFrom(cipher.doFinal(payload.toByteArray()))))
          .build();
    } catch (GeneralSecurityException e) {
      throw new DataConverterException("can't encrypt", e);
    }
  }

  private Payload decode(Payload payload) {
    ByteString encoding =
        payload.getMetadataOrDefault(EncodingKeys.METADATA_ENCODING_KEY, ByteString.EMPTY);
    if (!encoding.toStringUtf8().equals(ENCODING)) {
      throw new UnknownKey("(none: it is not encrypted)");
    }
    String name = payload.getMetadataOrThrow(KEY).toStringUtf8();
    TeamKeys.Key key = keys.named(name).orElseThrow(() -> new UnknownKey(name));
    byte[] data = payload.getData().toByteArray();
    try {
      javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance(ALGORITHM);
      cipher.init(
          javax.crypto.Cipher.DECRYPT_MODE,
          key.secret(),
          new GCMParameterSpec(TAG_BITS, data, 0, NONCE_BYTES));
      cipher.updateAAD(ByteString.copyFromUtf8(name).toByteArray());
      return Payload.parseFrom(cipher.doFinal(data, NONCE_BYTES, data.length - NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      throw new UnknownKey(name + " with the same secret");
    } catch (InvalidProtocolBufferException e) {
      throw new DataConverterException("not a payload", e);
    }
  }
}

package dev.longe.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputCaptureTest {
  @TempDir Path temp;

  @Test
  void whole_isInTheFile_itsEndInMemory_andTheHashIsOfAllOfIt()
      throws IOException, NoSuchAlgorithmException {
    Path file = temp.resolve("receipts/1-1.gz");
    StringBuilder all = new StringBuilder();
    String hash;
    try (OutputCapture kept = new OutputCapture(file)) {
      for (int i = 0; i < 1_000; i++) {
        kept.line("out " + i);
        kept.errorLine("ü " + i);
        all.append("out ").append(i).append("\nü ").append(i).append('\n');
      }
      assertThat(kept.tail()).hasSize(400).endsWith("out 999", "ü 999");
      assertThat(kept.printed()).hasSize(400).startsWith("out 600").endsWith("out 999");
      hash = kept.sha256();
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(hash)
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
  }

  @Test
  @Tag("F9")
  void diskThatIsFull_isNotLeftUnsaid() {
    assertThatThrownBy(() -> new OutputCapture(Path.of("/dev/full")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
  }
}

package dev.longe.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.agent.AgentEvent;
import dev.longe.core.Fault;
import dev.longe.core.Usage;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TranscriptTest {
  @TempDir Path temp;

  private static String unzipped(Path file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void holdsThePrompt_andWhatWasSaidCalledAndPrinted() throws IOException {
    Path file = temp.resolve("transcripts/abcde/attempt-1.gz");
    try (Transcript t = new Transcript(file, "Mend it.")) {
      t.add(new AgentEvent.Started("s", Optional.empty()));
      t.add(new AgentEvent.Raw("{\"garbage"));
      t.add(new AgentEvent.Said("I look.\nTwice."));
      t.add(new AgentEvent.ToolCalled("Bash", "ls"));
      t.add(new AgentEvent.ToolReturned("Bash", false));
      t.add(new AgentEvent.Used(Usage.NONE));
    }
    assertThat(unzipped(file))
        .isEqualTo("Mend it.\n---\n{\"garbage\nsays: I look.\nTwice.\ncalls Bash: ls\n");
  }

  @Test
  void closedTwice_isClosed() {
    Transcript t = new Transcript(temp.resolve("t.gz"), "Mend it.");
    t.close();
    t.close();
    t.check();
  }

  @Test
  void placeThatCannotBeWritten_isAFault_thatNamesIt() {
    Path file = World.write(temp.resolve("file"), "");
    assertThatThrownBy(() -> new Transcript(file.resolve("below/t.gz"), "Mend it."))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("below/t.gz can't be written");
  }

  @Test
  @Tag("F9")
  void diskThatIsFull_isAFault() {
    assertThatThrownBy(() -> new Transcript(Path.of("/dev/full"), "Mend it."))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("No space left");
  }
}

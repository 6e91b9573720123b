package dev.longe.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.arch.Golden;
import dev.longe.core.Event;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.report.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every released version wrote is read, folded and replayed, for ever. */
final class ReleasedTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TaskId TASK = new TaskId("abcde");

  private final Codec codec = new Codec();

  @TempDir Path temp;

  private Event read(Released.Line line) {
    return codec.read("A line", line.type(), line.version(), line.body());
  }

  @Test
  @Tag("I19")
  void everyEvent_isRead_andLosesNothingInTheSameVersion() {
    assertThat(Released.events()).hasSizeGreaterThan(100);
    for (Released.Line line : Released.events()) {
      Event event = read(line);
      if (codec.version(event) == line.version() && EventTypes.name(event).equals(line.type())) {
        JsonNode now = JSON.readTree(codec.write(event));
        Released.holds(JSON.readTree(line.body()), now, line.type());
      }
    }
  }

  /** The check above sees a property that is gone, and one whose value is another. */
  @Test
  @Tag("I19")
  void lostOrChangedProperty_isSeen() {
    JsonNode now = JSON.readTree("{\"by\":\"you\",\"tokens\":{\"input\":1},\"new\":1}");
    Released.holds(JSON.readTree("{\"by\":\"you\",\"tokens\":{\"input\":1}}"), now, "E");
    for (String released :
        List.of(
            "{\"gone\":1}", "{\"by\":\"me\"}", "{\"tokens\":{\"output\":1}}", "{\"by\":null}")) {
      assertThatThrownBy(() -> Released.holds(JSON.readTree(released), now, "E"))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  @Tag("I19")
  void everyJournal_folds_andReplaysTheSame() {
    Set<State> states = EnumSet.noneOf(State.class);
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    Set<String> types = new HashSet<>();
    for (List<Released.Line> journal : Released.journals()) {
      List<JournalEntry> entries = entries(journal);
      TaskState state = TaskState.of(TASK, entries.stream().map(JournalEntry::event).toList());
      assertThat(Replay.of(entries).decisions()).as(journal.toString()).allMatch(d -> d.same());
      states.add(state.state());
      for (Released.Line line : journal) {
        types.add(line.type());
        if (read(line) instanceof Event.Decided d) {
          reasons.add(d.reason());
        }
      }
    }
    assertThat(states)
        .contains(
            State.LANDED,
            State.DISCARDED,
            State.STOPPED,
            State.ASKING,
            State.WAITING,
            State.PROPOSED);
    assertThat(reasons).hasSizeGreaterThan(30);
    assertThat(types)
        .containsAll(
            Released.events().stream()
                .filter(l -> l.version() == 1)
                .map(Released.Line::type)
                .toList());
  }

  private List<JournalEntry> entries(List<Released.Line> journal) {
    List<JournalEntry> entries = new ArrayList<>();
    for (Released.Line line : journal) {
      int n = entries.size() + 1;
      entries.add(
          new JournalEntry(n, TASK, n, Instant.EPOCH, line.type(), read(line), line.body()));
    }
    return entries;
  }

  @Test
  @Tag("I19")
  void journalFile_opens_lists_foldsAndReplays() throws Exception {
    assertThat(Released.databases()).hasSameSizeAs(Released.names());
    for (Path file : Released.databases()) {
      Path home = temp.resolve(file.resolveSibling(".").normalize().getFileName());
      Files.createDirectories(home);
      Files.copy(file, home.resolve("journal.db"));
      try (Journal journal = Journal.open(home, _ -> false, () -> {})) {
        assertThat(journal.rows()).hasSizeGreaterThan(20);
        for (TaskRow row : journal.rows()) {
          TaskId id = row.id();
          assertThat(journal.state(id).state().word()).as(id.text()).isEqualTo(row.state());
          assertThat(Replay.of(journal.entries(id)).same()).as(id.text()).isTrue();
        }
        assertThat(openWords(journal))
            .extracting(w -> w.getClass().getSimpleName())
            .containsExactlyInAnyOrder("Steered", "Reviewed", "Accepted");
      }
    }
  }

  private static List<Event.Word> openWords(Journal journal) {
    return journal.rows().stream()
        .flatMap(r -> journal.inbox().open(r.id()).stream())
        .map(PostedWord::word)
        .toList();
  }

  @Test
  @Tag("I19")
  void releasedFile_isNeverWritten() {
    byte[] text = {'x'};
    Path released = temp.resolve("released/9.9/events.txt");
    assertThatThrownBy(() -> Golden.write(released, text)).isInstanceOf(AssertionError.class);
    assertThat(released).doesNotExist();
    Golden.write(temp.resolve("current/events.txt"), text);
    assertThat(temp.resolve("current/events.txt")).exists();
  }
}

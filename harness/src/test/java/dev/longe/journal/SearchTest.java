package dev.longe.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Finds events by what they mean today, whatever they were called when they were written. */
final class SearchTest {
  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

  /** Accepted was «Approved» once, and its review was its «reading»; Reviewed was «Read». */
  private static final Upcasters UPCASTERS =
      new Upcasters(
          Map.of(
              new Upcasters.Form("Approved", 1),
              w -> new Written("Accepted", 1, renamed(w.properties(), "reading", "review")),
              new Upcasters.Form("Read", 1),
              w -> new Written("Reviewed", 1, w.properties())));

  @TempDir Path directory;

  private static ObjectNode renamed(ObjectNode properties, String from, String to) {
    properties.set(to, properties.remove(from));
    return properties;
  }

  private static Journal.Stored older(Codec codec, Event event) {
    String body = codec.write(event);
    return switch (EventTypes.name(event)) {
      case "Accepted" ->
          new Journal.Stored(event, "Approved", 1, body.replace("\"review\":", "\"reading\":"));
      case "Reviewed" -> new Journal.Stored(event, "Read", 1, body);
      default -> Journal.Stored.of(codec, event);
    };
  }

  @Test
  @Tag("I19")
  void renamedEvents_areFound() {
    Codec codec = new Codec(UPCASTERS);
    Event.Reviewed read = review("read");
    Event.Reviewed both = review("both");
    List<Event> written =
        List.of(
            read, accepted(Optional.empty()), new Event.PauseAsked(), accepted(Optional.of(both)));
    try (Journal journal = Journal.open(directory, _ -> true, () -> {});
        Database database = new Database(directory.resolve("journal.db"), () -> {})) {
      Event.Submitted submitted = Lives.submitted();
      TaskId later = journal.submit(submitted, () -> new TaskId("aaaaa"), NOW).id();
      TaskId first = journal.submit(submitted, () -> new TaskId("bbbbb"), NOW).id();
      TaskId never = journal.submit(submitted, () -> new TaskId("ccccc"), NOW).id();
      int _ =
          database.write(c -> {
            Journal.insert(c, first, 2, older(codec, accepted(Optional.empty())), NOW);
            for (int i = 0; i < written.size(); i++) {
              Journal.insert(c, later, i + 2L, older(codec, written.get(i)), NOW);
            }
            Journal.insert(c, never, 2, older(codec, read), NOW);
            return Sql.update(c, "UPDATE tasks SET state = 'proposed'");
          });
      Search search = new Search(database, codec, new TaskRows(codec));
      assertThat(search.accepted(submitted.source())).containsExactly(first, later);
      assertThat(search.reviews(9))
          .extracting(JournalEntry::event)
          .containsExactly(read, accepted(Optional.of(both)), read);
      assertThat(search.reviews(1)).hasSize(1);
      assertThat(search.in(State.PROPOSED)).containsExactlyInAnyOrder(first, later, never);
      assertThat(search.in(State.QUEUED, State.LANDED)).isEmpty();
    }
  }

  private static Event.Reviewed review(String note) {
    return new Event.Reviewed(
        1,
        "Ada",
        Tier.LOW,
        List.of(new Insight(Insight.Kind.REVIEWED, note)),
        Duration.ofMinutes(1),
        3);
  }

  private static Event.Accepted accepted(Optional<Event.Reviewed> review) {
    return new Event.Accepted("Ada", false, Optional.empty(), review);
  }
}

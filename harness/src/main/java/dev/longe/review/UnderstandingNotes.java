package dev.longe.review;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.TaskId;
import dev.longe.workspace.Authorship;
import dev.longe.workspace.Notes;
import dev.longe.workspace.Repository;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Append-only records in git notes of who understands which lines. Each record is one JSON object
 * per line. A line of code is identified by a hash of itself and the line above it, so that a
 * record remains valid after a rebase, a squash or a move.
 */
public final class UnderstandingNotes {
  private static final JsonMapper JSON = new JsonMapper();

  private UnderstandingNotes() {}

  /** What a person did with a line of code. */
  public enum Kind {
    /** Wrote the line. */
    WROTE(1),
    /** Wrote the line as a replacement of another. */
    EDITED(1),
    /** Read the line before it landed. */
    REVIEWED(0.7),
    /** Explained in their own words what the line does. */
    EXPLAINED(1),
    /** Correctly predicted what the line does. */
    PREDICTED(1),
    /** Waived the question about the line. */
    WAIVED(0);

    private final double weight;

    Kind(double weight) {
      this.weight = weight;
    }

    /** Weight of the act as understanding, 0 to 1. Own choice. */
    public double weight() {
      return weight;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(Insight.Kind kind) {
      return switch (kind) {
        case WAIVED -> WAIVED;
        case REVIEWED -> REVIEWED;
        case EXPLAINED -> EXPLAINED;
        case PREDICTED -> PREDICTED;
      };
    }
  }

  /** One record: what a person did with these lines, and when. */
  public record Entry(String who, Kind kind, Instant when, List<String> lines) {
    public Entry {
      if (who.isBlank()) {
        throw new IllegalArgumentException("a record must name a person");
      }
      lines = List.copyOf(lines);
    }
  }

  /** Records what the reviewers of a landed commit did, in the commit's note. */
  public static void note(
      Repository repository,
      TaskId task,
      Commit landed,
      List<Event.Reviewed> reviews,
      Instant now) {
    List<Authorship.Added> brought = repository.content().brought(landed);
    StringBuilder note = new StringBuilder();
    for (Event.Reviewed review : reviews) {
      review.insights().stream()
          .map(i -> Kind.of(i.kind()))
          .distinct()
          .forEach(kind -> note.append(line(task, review.by(), kind, now, brought)).append('\n'));
    }
    if (!note.isEmpty()) {
      repository.notes().append(Notes.UNDERSTANDING, landed, note.toString());
    }
  }

  private static String line(
      TaskId task, String who, Kind kind, Instant when, List<Authorship.Added> brought) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("v", 1);
    record.put("who", who);
    record.put("kind", kind.word());
    record.put("when", when.toString());
    record.put("task", task.text());
    List<Object> ranges = new ArrayList<>();
    for (Authorship.Added file : brought.stream().filter(f -> !f.lines().isEmpty()).toList()) {
      int from = 0;
      for (int i = 1; i <= file.lines().size(); i++) {
        boolean ends =
            i == file.lines().size()
                || file.lines().get(i).number() != file.lines().get(i - 1).number() + 1;
        if (ends) {
          ranges.add(range(file.path(), file.lines().subList(from, i)));
          from = i;
        }
      }
    }
    record.put("ranges", ranges);
    return JSON.writeValueAsString(record);
  }

  private static Map<String, Object> range(String path, List<Authorship.Line> lines) {
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("path", path);
    range.put("from", lines.getFirst().number());
    range.put("to", lines.getLast().number());
    range.put("hashes", lines.stream().map(l -> LineHashes.hash(l.previous(), l.text())).toList());
    return range;
  }

  /** Parses the records of a note. Lines in another format are ignored. */
  static List<Entry> read(String note) {
    List<Entry> entries = new ArrayList<>();
    for (String line : note.lines().filter(l -> l.startsWith("{")).toList()) {
      ours(line).ifPresent(entries::add);
    }
    return entries;
  }

  /** The record on a line; empty for a line that another tool or a later version wrote. */
  private static Optional<Entry> ours(String line) {
    try {
      JsonNode record = JSON.readTree(line);
      return record.path("v").asInt(0) == 1 ? Optional.of(entry(record)) : Optional.empty();
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Entry entry(JsonNode record) {
    List<String> hashes = new ArrayList<>();
    for (JsonNode range : record.path("ranges")) {
      range.path("hashes").forEach(h -> hashes.add(h.asString()));
    }
    return new Entry(
        record.path("who").asString(),
        Kind.valueOf(record.path("kind").asString().toUpperCase(Locale.ROOT)),
        Instant.parse(record.path("when").asString()),
        hashes);
  }
}

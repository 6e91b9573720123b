package dev.longe.journal;

import dev.longe.core.Candidate;
import dev.longe.core.CheckName;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.Reason;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import dev.longe.core.policy.Decider;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The projection of each task to one row, so that lists need no fold. */
final class TaskRows {
  private static final int TITLE_CHARS = 100;

  private static final String COLUMNS =
      "id, state, reason, note, title, loop, mode, repository, target, attempts, candidate, checks,"
          + " usd_micros, usd_source, tokens, created, updated";

  private final Codec codec;

  TaskRows(Codec codec) {
    this.codec = codec;
  }

  /** The values that {@link #write} stores for a task. */
  Object[] values(TaskState s, Instant at) {
    Usage spent = s.spent();
    return new Object[] {
      s.id().text(),
      s.state().word(),
      s.reason().map(Reason::code),
      s.note(),
      Text.clip(Text.firstLine(s.submitted().text()), TITLE_CHARS),
      s.loop().name(),
      s.loop().mode().name().toLowerCase(java.util.Locale.ROOT),
      s.submitted().source().repository(),
      s.submitted().source().target(),
      s.agent().driver(),
      s.attempts().size(),
      s.candidate().map(Candidate::commit).map(Object::toString),
      codec.text(checks(s)),
      spent.cost().known().micros(),
      source(spent.cost()),
      spent.tokens().counted(),
      at.toEpochMilli(),
      at.toEpochMilli(),
      Decider.readyAt(s).map(Instant::toEpochMilli)
    };
  }

  int write(SqlConnection c, Object[] values) throws SQLException {
    return Sql.update(
        c,
        """
        INSERT INTO tasks (id, state, reason, note, title, loop, mode, repository, target, account, attempts,
          candidate, checks, usd_micros, usd_source, tokens, created, updated, ready_at)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        ON CONFLICT (id) DO UPDATE SET state=excluded.state, reason=excluded.reason, note=excluded.note,
          account=excluded.account, attempts=excluded.attempts, candidate=excluded.candidate,
          checks=excluded.checks, usd_micros=excluded.usd_micros, usd_source=excluded.usd_source,
          tokens=excluded.tokens, updated=excluded.updated, ready_at=excluded.ready_at
        """,
        values);
  }

  /** The rows of the short list, without details. */
  static List<TaskRow> lines(SqlConnection c, boolean closedToo) throws SQLException {
    return Sql.list(
        c,
        r ->
            new TaskRow(
                new TaskId(r.getString(1)),
                r.getString(2),
                Optional.ofNullable(r.getString(3)),
                "",
                r.getInt(4),
                new Money(r.getLong(5)),
                r.getString(6).equals("unknown"),
                r.getString(7),
                Optional.empty()),
        "SELECT id, state, reason, attempts, usd_micros, usd_source, title FROM tasks"
            + (closedToo ? "" : " WHERE state NOT IN ('landed', 'discarded')")
            + " ORDER BY created, id");
  }

  private static String source(Cost cost) {
    return switch (cost) {
      case Cost.Reported _ -> "reported";
      case Cost.Computed _ -> "computed";
      case Cost.Unknown _ -> "unknown";
    };
  }

  private static List<Map<String, Object>> checks(TaskState s) {
    Map<CheckName, String> receipts = new LinkedHashMap<>();
    s.last()
        .ifPresent(a -> {
          for (Event.Checked one : a.checked()) {
            receipts.put(one.verdict().check(), one.receipt().id());
          }
        });
    List<Map<String, Object>> all = new ArrayList<>();
    for (Verdict verdict : s.verdicts().values()) {
      Map<String, Object> check = new LinkedHashMap<>();
      check.put("name", verdict.check().text());
      check.put("verdict", verdict.word());
      check.put("receipt", Optional.ofNullable(receipts.get(verdict.check())));
      all.add(check);
    }
    return all;
  }

  List<TaskRow> all(SqlConnection c) throws SQLException {
    return Sql.list(c, TaskRows::read, "SELECT " + COLUMNS + " FROM tasks ORDER BY created, id");
  }

  private static TaskRow read(ResultSet r) throws SQLException {
    return new TaskRow(
        new TaskId(r.getString(1)),
        r.getString(2),
        Optional.ofNullable(r.getString(3)),
        "",
        r.getInt(10),
        new Money(r.getLong(13)),
        r.getString(14).equals("unknown"),
        r.getString(5),
        Optional.of(
            new TaskRow.Details(
                r.getString(4),
                r.getString(6),
                r.getString(7),
                r.getString(8),
                Optional.ofNullable(r.getString(9)),
                Optional.ofNullable(r.getString(11)),
                r.getString(12),
                r.getString(14),
                r.getLong(15),
                Instant.ofEpochMilli(r.getLong(16)),
                Instant.ofEpochMilli(r.getLong(17)))));
  }

  /** The row of one task, details included. */
  static Optional<TaskRow> one(SqlConnection c, TaskId task) throws SQLException {
    return Sql.one(
        c, TaskRows::read, "SELECT " + COLUMNS + " FROM tasks WHERE id = ?", task.text());
  }

  JournalEntry entry(ResultSet r) throws SQLException {
    long seq = r.getLong(1);
    String type = r.getString(5);
    String body = r.getString(7);
    return new JournalEntry(
        seq,
        new TaskId(r.getString(2)),
        r.getInt(3),
        Instant.ofEpochMilli(r.getLong(4)),
        type,
        codec.read("Event " + seq + " of the journal", type, r.getInt(6), body),
        body);
  }
}

package dev.longe.report;

import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.Cost;
import dev.longe.core.Reason;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tasks and events as JSON for programs. Keys are added in later versions, never removed. */
public final class Views {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();

  private Views() {}

  /** All tasks as a JSON array. */
  public static String list(List<TaskRow> rows) {
    List<Map<String, Object>> all = new ArrayList<>();
    rows.forEach(r -> all.add(row(r)));
    return JSON.writeValueAsString(all);
  }

  private static Map<String, Object> row(TaskRow r) {
    TaskRow.Details d = r.details().orElseThrow();
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("id", r.id().text());
    m.put("state", r.state());
    m.put("reason", r.reason());
    m.put("note", d.note());
    m.put("title", r.title());
    m.put("attempts", r.attempts());
    m.put("candidate", d.candidate());
    m.put("checks", JSON.readTree(d.checks()));
    Map<String, Object> cost = new LinkedHashMap<>();
    cost.put("usd", r.costUnknown() ? Optional.empty() : r.known().dollars());
    cost.put("usdAtLeast", r.known().dollars());
    cost.put("source", d.costSource());
    cost.put("tokens", d.tokens());
    m.put("cost", cost);
    m.put("repository", d.repository());
    m.put("target", d.target());
    m.put("loop", d.loop());
    m.put("mode", d.mode());
    m.put("created", d.created());
    m.put("updated", d.updated());
    return m;
  }

  /** One task: its list entry, its text, and its attempts. */
  public static String task(TaskRow row, TaskState state, Map<String, Object> dossier) {
    Map<String, Object> m = row(row);
    m.put("text", state.submitted().text());
    m.put("base", state.submitted().source().base().id());
    m.put("attemptList", state.attempts().stream().map(Views::attempt).toList());
    m.put("landed", state.landed().map(l -> Map.of("commit", l.commit().id(), "ref", l.ref())));
    m.put("dossier", dossier);
    return JSON.writeValueAsString(m);
  }

  private static Map<String, Object> attempt(Attempt a) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("attempt", a.number());
    m.put("session", a.session());
    m.put("move", a.move().word());
    m.put("stop", a.stop().map(Narration::word));
    m.put("candidate", a.candidate().map(Candidate::commit).map(Object::toString));
    m.put("files", a.candidate().map(Candidate::files).orElse(List.of()));
    m.put("cost", cost(a.usage()));
    m.put("seconds", a.active().toMillis() / 1000.0);
    return m;
  }

  private static Map<String, Object> cost(Usage usage) {
    Map<String, Object> m = new LinkedHashMap<>();
    boolean unknown = usage.cost() instanceof Cost.Unknown;
    m.put("usd", unknown ? Optional.empty() : usage.cost().known().dollars());
    m.put("usdAtLeast", usage.cost().known().dollars());
    m.put("tokens", usage.tokens().counted());
    return m;
  }

  /** Records, maps and lists as JSON. */
  public static String json(Object value) {
    return JSON.writeValueAsString(value);
  }

  /** One event as one line. */
  public static String event(JournalEntry e) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("seq", e.seq());
    m.put("task", e.task().text());
    m.put("n", e.n());
    m.put("at", e.at());
    m.put("type", e.type());
    m.put("event", JSON.readTree(e.body()));
    return JSON.writeValueAsString(m);
  }

  /** Reason codes with their meanings, for the reference. */
  public static Map<String, String> reasons() {
    Map<String, String> all = new LinkedHashMap<>();
    for (Reason r : Reason.values()) {
      all.put(r.code(), r.meaning());
    }
    return all;
  }
}

package dev.longe.report;

import static dev.longe.testing.TaskHistory.ID;
import static dev.longe.testing.TaskHistory.TESTS;
import static dev.longe.testing.TaskHistory.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Commit;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.Stop;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.journal.JournalEntry;
import dev.longe.journal.TaskRow;
import dev.longe.review.Dossier;
import dev.longe.review.DossierData;
import dev.longe.testing.TaskHistory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON on which scripts rely. */
final class ViewsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant WHEN = Instant.parse("2026-11-20T08:00:00Z");

  private static TaskRow row(String costSource) {
    return new TaskRow(
        ID,
        "proposed",
        Optional.of("checks-passed"),
        "",
        2,
        new Money(1_500_000),
        costSource.equals("unknown"),
        "Mend \"it\".",
        Optional.of(
            new TaskRow.Details(
                "",
                "fix",
                "execute",
                "/repo",
                Optional.empty(),
                Optional.of("c".repeat(40)),
                "[{\"name\":\"tests\",\"verdict\":\"passed\",\"receipt\":\"2-1\"}]",
                costSource,
                12_345,
                WHEN,
                WHEN.plusSeconds(60))));
  }

  private static List<String> keys(JsonNode node) {
    return List.copyOf(node.propertyNames());
  }

  @Test
  void row_hasTheKeysThatScriptsRead() {
    JsonNode row = JSON.readTree(Views.list(List.of(row("reported")))).get(0);
    assertThat(keys(row))
        .containsExactly(
            "id",
            "state",
            "reason",
            "note",
            "title",
            "attempts",
            "candidate",
            "checks",
            "cost",
            "repository",
            "target",
            "loop",
            "mode",
            "created",
            "updated");
    assertThat(row.path("title").asString()).isEqualTo("Mend \"it\".");
    assertThat(row.path("target").isNull()).isTrue();
    assertThat(row.path("created").asString()).isEqualTo("2026-11-20T08:00:00Z");
    assertThat(row.path("checks").get(0).path("verdict").asString()).isEqualTo("passed");
  }

  @Test
  @Tag("I7")
  void unknownCost_isNull_withTheKnownPartBesideIt() {
    JsonNode known = JSON.readTree(Views.list(List.of(row("computed")))).get(0).path("cost");
    assertThat(known.path("usd").asDouble()).isEqualTo(1.5);
    JsonNode unknown = JSON.readTree(Views.list(List.of(row("unknown")))).get(0).path("cost");
    assertThat(unknown.path("usd").isNull()).isTrue();
    assertThat(unknown.path("usdAtLeast").asDouble()).isEqualTo(1.5);
    assertThat(unknown.path("tokens").asLong()).isEqualTo(12_345);
  }

  @Test
  void noTasks_areAnEmptyArray() {
    assertThat(Views.list(List.of())).isEqualTo("[]");
  }

  private static TaskHistory twoAttempts() {
    TaskHistory h = TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).prepared();
    h.started(Move.FRESH)
        .stopped(
            new Stop.Crashed(3, "boom"),
            new Usage(new Tokens(10, 5, 0, 0), new Cost.Unknown(new Money(20_000))));
    h.candidate(TaskHistory.candidate(1, List.of("a"), List.of()))
        .checked(TaskHistory.failed(TESTS, "x"));
    return h.attempt(Move.CONTINUE, List.of("a", "b"), passed(TESTS)).proposed();
  }

  private static JsonNode shown(TaskHistory h) {
    Map<String, Object> dossier = DossierData.of(Dossier.of(h.state()));
    return JSON.readTree(Views.task(row("unknown"), h.state(), dossier));
  }

  @Test
  void task_tellsEachAttempt_withItsStopCandidateAndCost() {
    JsonNode task = shown(twoAttempts());
    assertThat(task.path("text").asString()).isEqualTo("Mend it.");
    assertThat(task.path("base").asString()).isEqualTo(TaskHistory.BASE.id());
    assertThat(task.path("landed").isNull()).isTrue();
    JsonNode first = task.path("attemptList").get(0);
    assertThat(first.path("stop").asString()).isEqualTo("crashed with exit 3: boom");
    assertThat(first.path("cost").path("usd").isNull()).isTrue();
    assertThat(first.path("cost").path("usdAtLeast").asDouble()).isEqualTo(0.02);
    assertThat(first.path("seconds").asDouble()).isEqualTo(120);
    JsonNode second = task.path("attemptList").get(1);
    assertThat(second.path("move").asString()).isEqualTo("continue");
    assertThat(second.path("session").asInt()).isEqualTo(1);
    assertThat(second.path("candidate").asString()).hasSize(40);
    assertThat(second.path("files")).extracting(JsonNode::asString).containsExactly("a", "b");
    assertThat(second.path("cost").path("usd").asDouble()).isZero();
  }

  @Test
  void runningAttempt_hasNoStopAndNoCandidate() {
    JsonNode task =
        shown(TaskHistory.of(TaskHistory.loop(TaskHistory.tests())).prepared().started(Move.FRESH));
    JsonNode only = task.path("attemptList").get(0);
    assertThat(only.path("stop").isNull()).isTrue();
    assertThat(only.path("candidate").isNull()).isTrue();
    assertThat(only.path("files").isEmpty()).isTrue();
  }

  @Test
  void landedTask_namesCommitAndRef() {
    Commit commit = new Commit("d".repeat(40));
    JsonNode task =
        shown(
            twoAttempts()
                .accepted()
                .happens(new Event.Landed(commit, "refs/heads/main", List.of())));
    assertThat(task.path("landed").path("commit").asString()).isEqualTo(commit.id());
    assertThat(task.path("landed").path("ref").asString()).isEqualTo("refs/heads/main");
  }

  @Test
  void dossier_isThere_asDataForPrograms() {
    JsonNode dossier = shown(twoAttempts()).path("dossier");
    assertThat(dossier.path("reason").asString()).isEqualTo("checks-passed");
    assertThat(dossier.path("tier").asString()).isEqualTo("high");
    JsonNode checked = dossier.path("checked").get(0);
    assertThat(checked.path("name").asString()).isEqualTo("tests");
    assertThat(checked.path("verdict").asString()).isEqualTo("passed");
    assertThat(checked.path("exit").asInt(-1)).isZero();
    assertThat(checked.path("receipt").asString()).isEqualTo("2-1");
    assertThat(dossier.path("next").get(0).asString()).isEqualTo("longe review abcde");
  }

  @Test
  void event_carriesItsStoredForm_unchanged() {
    String body = "{\"text\":\"a\",\"unknown\":[1,2]}";
    JournalEntry entry =
        new JournalEntry(
            7, ID, 3, WHEN, "answered", new Event.Answered("a", Optional.empty()), body);
    JsonNode told = JSON.readTree(Views.event(entry));
    assertThat(keys(told)).containsExactly("seq", "task", "n", "at", "type", "event");
    assertThat(told.path("event").toString()).isEqualTo(body);
    assertThat(Views.event(entry)).doesNotContain("\n");
  }

  @Test
  void reasons_areAllThere_byTheirCodes() {
    assertThat(Views.reasons())
        .hasSize(Reason.values().length)
        .containsEntry("limit-money", Reason.LIMIT_MONEY.meaning());
  }
}

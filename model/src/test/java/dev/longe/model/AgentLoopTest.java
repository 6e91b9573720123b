package dev.longe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model can hold 100,000 tokens and may answer five times. */
@Timeout(60)
final class AgentLoopTest {
  private static final Conversation.Used LITTLE = new Conversation.Used(10, 5, 100, 7);

  @TempDir Path temp;
  private Path directory;
  private final Played played = new Played();
  private final Queue<String> steers = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A model that gives these answers, or fails with these statuses. */
  private static final class Played implements Conversation {
    final Deque<Object> answers = new ArrayDeque<>();
    final List<String> heard = new ArrayList<>();
    final List<Result> results = new ArrayList<>();
    List<String> open = List.of();
    int asked;

    @Override
    public void user(String text) {
      heard.add(text);
    }

    @Override
    public void results(List<Result> more) {
      results.addAll(more);
    }

    @Override
    public List<String> open() {
      return open;
    }

    @Override
    public Answer answer() throws Failure {
      asked++;
      Object next = answers.remove();
      if (next instanceof Integer status) {
        throw new Failure(status, "no", Optional.of(7L), new IOException("no"));
      }
      return (Answer) next;
    }

    @Override
    public String save() {
      return String.join("|", heard);
    }

    @Override
    public void load(String json) {
      heard.add("loaded " + json);
    }
  }

  @BeforeEach
  void directory() throws IOException {
    directory = Files.createDirectory(temp.resolve("work"));
  }

  private static Conversation.Call call(String tool, Map<String, Object> input) {
    return new Conversation.Call("t", tool, ScriptedServer.JSON.valueToTree(input));
  }

  private AgentLoopTest answers(Conversation.Call... calls) {
    return answers("I work.", LITTLE, Conversation.End.COMPLETE, calls);
  }

  private AgentLoopTest answers(
      String text, Conversation.Used used, Conversation.End end, Conversation.Call... calls) {
    played.answers.add(new Conversation.Answer(text, List.of(calls), used, end));
    return this;
  }

  private AgentLoopTest fails(int status) {
    played.answers.add(status);
    return this;
  }

  private List<JsonNode> run(boolean resume) throws Conversation.Failure, IOException {
    Request request = ScriptedServer.request("anthropic", Optional.empty(), directory, resume);
    new AgentLoop(request, played, steers, new JsonLines(out), Duration.ZERO).run();
    return told();
  }

  private List<JsonNode> told() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(ScriptedServer.JSON.readTree(line));
    }
    return lines;
  }

  private static List<String> types(List<JsonNode> lines) {
    return lines.stream().map(l -> l.path("type").asText()).toList();
  }

  private static String reason(List<JsonNode> lines) {
    assertThat(lines.getLast().path("type").asText()).isEqualTo("ended");
    return lines.getLast().path("reason").asText();
  }

  private Conversation.Call write(String file) {
    return call("write", Map.of("path", file, "content", "x"));
  }

  @Test
  void worksUntilTheModelSaysThatItIsDone_andTellsEachStep()
      throws Conversation.Failure, IOException {
    List<JsonNode> lines =
        answers(write("a.py")).answers(call("finish", Map.of("summary", "mended"))).run(false);
    assertThat(types(lines))
        .containsExactly("started", "usage", "said", "tool", "returned", "usage", "said", "ended");
    assertThat(lines.getFirst().path("session").asText()).isEqualTo("session");
    assertThat(lines.getFirst().path("model").asText()).isEqualTo("m-1");
    assertThat(lines.get(4).path("failed").asBoolean()).isFalse();
    assertThat(reason(lines)).isEqualTo("done");
    assertThat(lines.getLast().path("detail").asText()).isEqualTo("mended");
    assertThat(directory.resolve("a.py")).hasContent("x");
    assertThat(played.heard).containsExactly("Mend it.");
  }

  @Test
  void usage_isTheSumOfAllAnswers() throws Conversation.Failure, IOException {
    List<JsonNode> lines = answers(write("a")).answers().run(false);
    JsonNode last =
        lines.stream().filter(l -> l.path("type").asText().equals("usage")).toList().getLast();
    assertThat(last.path("input").asLong()).isEqualTo(20);
    assertThat(last.path("output").asLong()).isEqualTo(10);
    assertThat(last.path("cacheRead").asLong()).isEqualTo(200);
    assertThat(last.path("cacheWrite").asLong()).isEqualTo(14);
    assertThat(last.path("context").asLong()).isEqualTo(122);
  }

  @ParameterizedTest
  @CsvSource({
    "finish,summary,done",
    "cannot,why,cannot",
    "ask,question,ask",
  })
  void wordAboutTheEnd_endsIt_beforeAnyLaterCall(String tool, String key, String reason)
      throws Conversation.Failure, IOException {
    List<JsonNode> lines =
        answers(write("before"), call(tool, Map.of(key, "because")), write("after")).run(false);
    assertThat(reason(lines)).isEqualTo(reason);
    assertThat(lines.getLast().path("detail").asText()).isEqualTo("because");
    assertThat(directory.resolve("before")).exists();
    assertThat(directory.resolve("after")).doesNotExist();
  }

  @Test
  void questionThatIsEmpty_isStillAQuestion() throws Conversation.Failure, IOException {
    List<JsonNode> lines = answers(call("ask", Map.of())).run(false);
    assertThat(lines.getLast().path("detail").asText()).isEqualTo("the agent gives no question");
  }

  @Test
  void answerWithoutACall_isTheEnd() throws Conversation.Failure, IOException {
    assertThat(reason(answers().run(false))).isEqualTo("done");
  }

  @Test
  void toolThatFails_isToldToTheModel_whichGoesOn() throws Conversation.Failure, IOException {
    List<JsonNode> lines =
        answers(call("read", Map.of("path", "../secret")), call("fly", Map.of()))
            .answers()
            .run(false);
    assertThat(played.results).extracting(Conversation.Result::failed).containsExactly(true, true);
    assertThat(played.results.getLast().text()).isEqualTo("there is no tool fly");
    assertThat(reason(lines)).isEqualTo("done");
  }

  @Test
  void turns_areLimited() throws Conversation.Failure, IOException {
    for (int i = 0; i < 6; i++) {
      answers(write("a" + i));
    }
    assertThat(reason(run(false))).isEqualTo("turn-limit");
    assertThat(played.asked).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"FULL,context-full", "REFUSED,declined"})
  void endOfTheAnswer_mayBeTheEndOfAll(Conversation.End end, String reason)
      throws Conversation.Failure, IOException {
    assertThat(reason(answers("No.", LITTLE, end, write("a")).run(false))).isEqualTo(reason);
    assertThat(directory.resolve("a")).doesNotExist();
  }

  @Test
  void answerThatWasCutOff_goesOn() throws Conversation.Failure, IOException {
    List<JsonNode> lines = answers("Half", LITTLE, Conversation.End.CUT).answers().run(false);
    assertThat(reason(lines)).isEqualTo("done");
    assertThat(played.heard.getLast()).contains("cut off at its length limit");
  }

  @Test
  void contextThatIsNearlyFull_isToldOnce_thenGivenUpWithAllResults()
      throws Conversation.Failure, IOException {
    Conversation.Used near = new Conversation.Used(80_000, 0, 0, 0);
    Conversation.Used full = new Conversation.Used(12_000, 0, 80_000, 0);
    List<JsonNode> lines =
        answers("", near, Conversation.End.COMPLETE, write("a"))
            .answers("", near, Conversation.End.COMPLETE, write("b"))
            .answers("", full, Conversation.End.COMPLETE, write("c"))
            .run(false);
    assertThat(reason(lines)).isEqualTo("context-full");
    assertThat(played.heard.stream().filter(h -> h.contains("context is nearly full"))).hasSize(1);
    assertThat(played.results).hasSize(3);
    assertThat(directory.resolve("c")).exists();
  }

  @Test
  void humansWords_goInAfterTheResults_andKeepItGoing() throws Conversation.Failure, IOException {
    steers.add("Use the cache.");
    steers.add("And hurry.");
    List<JsonNode> lines = answers().answers().run(false);
    assertThat(played.heard).containsExactly("Mend it.", "Use the cache.\n\nAnd hurry.");
    assertThat(reason(lines)).isEqualTo("done");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 529})
  void failureThatMayPass_isTriedAgainTwice(int status) throws Conversation.Failure, IOException {
    fails(status).fails(status).answers();
    assertThat(reason(run(false))).isEqualTo("done");
    fails(status).fails(status).fails(status).answers();
    assertThatThrownBy(() -> run(false))
        .isInstanceOfSatisfying(
            Conversation.Failure.class, f -> assertThat(f.status()).isEqualTo(status));
    assertThat(played.asked).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 429})
  void failureThatWillNotPass_isNotTriedAgain(int status) throws IOException {
    fails(status);
    assertThatThrownBy(() -> run(false)).isInstanceOf(Conversation.Failure.class);
    assertThat(played.asked).isEqualTo(1);
    assertThat(told()).as("no session that could be gone on with").isEmpty();
  }

  @Test
  void session_isKeptAfterEachStep_andNoPartIsLeft() throws Conversation.Failure, IOException {
    answers(write("a")).answers().run(false);
    assertThat(temp.resolve("session.json")).hasContent("Mend it.");
    assertThat(temp.resolve("session.json.part")).doesNotExist();
  }

  @Test
  void resumed_firstAnswersTheCallsThatWereCutOff() throws Conversation.Failure, IOException {
    Files.writeString(temp.resolve("session.json"), "earlier");
    played.open = List.of("t7", "t8");
    answers().run(true);
    assertThat(played.heard).startsWith("loaded earlier", "Mend it.");
    assertThat(played.results)
        .containsExactly(
            new Conversation.Result("t7", "interrupted from outside", true),
            new Conversation.Result("t8", "interrupted from outside", true));
  }

  @Test
  void resumed_withoutItsSession_fails() {
    assertThatThrownBy(() -> run(true)).isInstanceOf(IOException.class);
  }

  @Test
  void judge_tellsItsOpinions_andKeepsNoSession() throws Conversation.Failure, IOException {
    answers(call("opinions", Map.of("opinions", List.of(Map.of("criterion", 1, "answer", "met")))));
    Request r = ScriptedServer.request("anthropic", Optional.empty(), directory, false);
    Request judging =
        new Request(
            r.api(),
            r.model(),
            r.url(),
            r.keyVariable(),
            r.keyless(),
            r.directory(),
            r.session(),
            r.resume(),
            r.prompt(),
            r.context(),
            r.turns(),
            1);
    new AgentLoop(judging, played, steers, new JsonLines(out), Duration.ZERO).run();
    JsonNode last = told().getLast();
    assertThat(last.path("type").asText()).isEqualTo("opinions");
    assertThat(last.path("opinions").get(0).path("answer").asText()).isEqualTo("met");
    assertThat(temp.resolve("session.json")).doesNotExist();
  }
}

package dev.longe.agent.registry;

import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.agent.DriverContext;
import dev.longe.agent.Json;
import dev.longe.agent.Launch;
import dev.longe.agent.Login;
import dev.longe.agent.Program;
import dev.longe.agent.model.ModelProgram;
import dev.longe.agent.model.ModelProtocol;
import dev.longe.core.AgentSpec;
import dev.longe.core.Opinion;
import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.intake.AgentsFile;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Asks a model for its opinions. It gets no tools but the one to answer with, and sees nothing but
 * what it is told. Safe for use by many threads.
 */
public final class JudgeClient {
  private static final Program PROGRAM = new Program("java", "", "", "");

  private final DriverContext host;
  private final AgentsFile agents;

  public JudgeClient(
      Sandbox sandbox, Environment environment, InstantSource clock, AgentsFile agents) {
    this.host = new DriverContext(sandbox, environment, clock);
    this.agents = agents;
  }

  /**
   * What came of it.
   *
   * @param failure why there are no opinions
   */
  public record Answer(
      List<Opinion> opinions, Optional<String> model, Usage usage, Optional<Stop> failure) {
    public Answer {
      opinions = List.copyOf(opinions);
    }
  }

  /**
   * Asks about every criterion, and waits for the answer.
   *
   * @param assignment the prompt is what the judge sees
   * @throws dev.longe.core.Fault if the model has no address, or the program can't be started
   */
  public Answer ask(AgentSpec spec, List<String> rubric, Assignment assignment) {
    ModelProgram program = new ModelProgram(host, agents.entry(spec.driver()));
    String named = agents.model(spec).orElseThrow();
    ModelProtocol protocol = new ModelProtocol(_ -> {}, host.clock());
    Path session = assignment.exchange().resolve("judge.json");
    String request = program.request(program.target(named), assignment, session, rubric.size());
    AgentRun run =
        Launch.of(
            host,
            assignment,
            PROGRAM,
            Login.unknown("its program reads the key"),
            program.argv(),
            Map.of(),
            request,
            true,
            protocol);
    AgentRun.Ending ending = run.await();
    Optional<JsonNode> told = protocol.end().filter(e -> Json.text(e, "type").equals("opinions"));
    return new Answer(
        told.map(t -> opinions(t.path("opinions"), rubric)).orElse(List.of()),
        protocol.model(),
        ending.usage(),
        told.isPresent() ? Optional.empty() : Optional.of(ending.stop()));
  }

  /** One for each criterion: where the judge left one out it can't tell. */
  private static List<Opinion> opinions(JsonNode told, List<String> rubric) {
    Map<Integer, JsonNode> byNumber = new HashMap<>();
    told.forEach(o -> byNumber.put(o.path("criterion").asInt(0), o));
    List<Opinion> all = new ArrayList<>();
    for (int i = 1; i <= rubric.size(); i++) {
      JsonNode o = byNumber.getOrDefault(i, Json.MAPPER.createObjectNode());
      all.add(
          new Opinion(rubric.get(i - 1), answer(Json.text(o, "answer")), Json.text(o, "evidence")));
    }
    return all;
  }

  private static Opinion.Answer answer(String word) {
    for (Opinion.Answer a : Opinion.Answer.values()) {
      if (a.word().equals(word)) {
        return a;
      }
    }
    return Opinion.Answer.CANNOT_TELL;
  }
}

package dev.longe.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.Money;
import dev.longe.core.MoveStep;
import dev.longe.core.Sandboxing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoopFileTest {
  private static final String FULL =
      """
      ---
      mode: execute
      agent: [claude, {command: [./agent.sh, --fast]}]
      setup: npm ci
      checks:
        - run: npm test
          report: reports/junit.xml
          timeout: 90s
        - run: [npx, vitest, run, date]
          name: acceptance
          red: true
          hidden: true
          cases: 12
        - metric: ./bench.sh
          goal: ">= 90"
          noise: 1.5
        - human: Does it look right?
      protect: ["test/**"]
      moves: [{continue: 2}, {fresh: 1}, hand-off, ask]
      limits: {attempts: 3, money: $2.50, tokens: 2M, time: 1h, silence: 5m, output: 64MB, diff: 400 lines, day: $20}
      review: risk
      sandbox: required
      env: [JAVA_HOME]
      carry: [.env.test, data/, ./a/b, data]
      ---
      {{task}}

      Fix the cause.
      """;

  private static Loop parse(String text) {
    return LoopFile.parse("fix", "fix.md", text, AgentsFile.NONE);
  }

  private static List<String> problems(String text) {
    InvalidInput e = catchThrowableOfType(InvalidInput.class, () -> parse(text));
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void everyKey_isRead() {
    Loop loop = parse(FULL);
    assertThat(loop.agents())
        .map(Object::toString)
        .containsExactly("claude", "command:./agent.sh --fast");
    assertThat(loop.setup()).contains(new Command.Shell("npm ci"));
    CheckSpec.Run first = (CheckSpec.Run) loop.checks().getFirst();
    assertThat(first.report()).contains("reports/junit.xml");
    assertThat(((CheckSpec.Run) loop.checks().get(1)).casesMin()).hasValue(12);
    assertThat(first.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(loop.checks().get(1).red()).isTrue();
    assertThat(loop.checks().get(1).hidden()).isTrue();
    assertThat(((CheckSpec.Metric) loop.checks().get(2)).noise()).isEqualTo(1.5);
    assertThat(loop.checks().get(3)).isInstanceOf(CheckSpec.Human.class);
    assertThat(loop.moves())
        .containsExactly(
            new MoveStep(MoveStep.Kind.CONTINUE, 2),
            new MoveStep(MoveStep.Kind.FRESH, 1),
            new MoveStep(MoveStep.Kind.HAND_OFF, 1),
            new MoveStep(MoveStep.Kind.ASK, 1));
    assertThat(loop.limits())
        .isEqualTo(
            new Limits(
                3,
                new Money(2_500_000),
                2_000_000,
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                64 << 20,
                400,
                Optional.of(new Money(20_000_000))));
    assertThat(loop.sandbox()).isEqualTo(Sandboxing.DEFAULT.with(Sandboxing.Level.REQUIRED));
    assertThat(loop.carry()).containsExactly(".env.test", "data", "a/b");
    assertThat(loop.prompt()).startsWith("{{task}}").endsWith("Fix the cause.");
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, must be relative to the top of the repository",
    "../x, must not contain «..»",
    "a/../../x, must not contain «..»",
    ".git/config, must not name git's own files",
    "a/.GIT, must not name git's own files",
    "., must name a file or directory",
  })
  void carriedPath_isInTheRepository(String path, String problem) {
    String carry = "carry: [" + path + "]\n";
    assertThat(problems("---\nagent: claude\nchecks: npm test\n" + carry + "---\n{{task}}\n"))
        .containsExactly("fix.md:4: carry[0]: " + problem + ", was " + path);
  }

  @Test
  void defaults_areThese() {
    Loop loop = parse("---\nagent: claude\nchecks: npm test\n---\n{{task}}\n");
    assertThat(loop.mode()).isEqualTo(Mode.EXECUTE);
    assertThat(loop.moves()).isEqualTo(Loop.DEFAULT_MOVES);
    assertThat(loop.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(loop.protect()).isEqualTo(LoopFile.DEFAULT_PROTECT);
    assertThat(((CheckSpec.Run) loop.checks().getFirst()).timeout())
        .isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void judge_hasARubric_andAModel() {
    Loop loop =
        parse(
            """
            ---
            agent: codex:gpt-5.5
            checks:
              - judge: [It says why., It adds no fallback.]
                agent: model:anthropic/claude-opus-5-5
                timeout: 3m
            ---
            {{task}}
            """);
    assertThat(loop.checks().getFirst())
        .isEqualTo(
            new CheckSpec.Judge(
                new CheckName("judge"),
                new AgentSpec("model", List.of("anthropic/claude-opus-5-5")),
                List.of("It says why.", "It adds no fallback."),
                Duration.ofMinutes(3)));
    assertThat(
            problems(
                """
                ---
                agent: codex
                checks:
                  - {judge: It says why.}
                  - {judge: [It says why.], agent: claude, red: true, name: b}
                ---
                {{task}}
                """))
        .anyMatch(p -> p.contains("checks[0]: a judge needs an agent"))
        .anyMatch(p -> p.contains("checks[1]: the agent of a judge must have the driver model"))
        .anyMatch(p -> p.contains("checks[1].red: is not allowed"));
  }

  @Test
  void everyProblem_isReportedAtOnce_withItsPlace() {
    String bad =
        """
        ---
        mode: execut
        agent: clod
        chekcs: []
        checks:
          - run: npm test
            timout: 3m
          - metric: x
          - {}
        moves: [jump]
        limits: {money: $0, tokens: many, colour: red}
        ---
        {{task}} {{spec}}
        """;
    assertThat(problems(bad))
        .anyMatch(p -> p.startsWith("fix.md:2: mode: must be execute or explore"))
        .anyMatch(p ->
            p.startsWith(
                "fix.md:3: agent: there is no agent «clod»; the agents are acp, claude, codex"))
        .anyMatch(
            p -> p.startsWith("fix.md:4: chekcs: is not known; allowed are agent, carry, checks"))
        .anyMatch(p -> p.startsWith("fix.md:7: checks[0].timout: is not known"))
        .anyMatch(p -> p.contains("checks[1]: a metric needs a goal"))
        .anyMatch(p -> p.contains("checks[2]: must have one of the keys run, metric, human"))
        .anyMatch(p -> p.contains("moves[0]: there is no move «jump»"))
        .anyMatch(p -> p.contains("limits.money: must be greater than 0, was $0"))
        .anyMatch(p -> p.contains("limits.tokens: must be a number"))
        .anyMatch(p -> p.contains("limits.colour: is not known"))
        .anyMatch(p -> p.contains("{{spec}}: is not known"))
        .hasSize(11);
  }

  @Test
  void withoutChecks_itCanNotExecute_butExplore() {
    assertThat(problems("---\nagent: claude\n---\n{{task}}"))
        .anyMatch(p -> p.contains("at least one check"));
    assertThat(parse("---\nagent: claude\nmode: explore\n---\n{{task}}").checks()).isEmpty();
  }

  @Test
  void brokenFiles_areSentences() {
    assertThat(problems("no front matter")).singleElement().asString().contains("front matter");
    assertThat(problems("---\nagent: [\n---\nx")).anyMatch(p -> p.contains("is not valid YAML"));
    assertThat(problems("---\nagent: claude\nchecks: a\n---\n"))
        .anyMatch(p -> p.contains("no prompt"));
    assertThat(problems("---\n- a\n---\nx")).anyMatch(p -> p.contains("must be a map"));
  }

  @ParameterizedTest
  @CsvSource({"-1, must not be negative", "1.5, must be a whole number", "all, must be a number"})
  void casesOfACheck_areAWholeNumber(String value, String problem) {
    String loop = FULL.replace("cases: 12", "cases: " + value);
    assertThat(problems(loop)).singleElement().asString().contains("cases").contains(problem);
  }

  @Test
  void setup_namesWhatItDependsOn() {
    String loop = "---\nagent: claude\nsetup: %s\nchecks: ['true']\n---\n{{task}}\n";
    Loop keyed = parse(loop.formatted("{run: npm install, key: [package.json, 'patches/**']}"));
    assertThat(keyed.setup()).contains(new Command.Shell("npm install"));
    assertThat(keyed.setupKey()).containsExactly("package.json", "patches/**");
    assertThat(parse(loop.formatted("npm ci")).setupKey()).isEmpty();
    assertThat(problems(loop.formatted("{key: [a]}")).toString()).contains("needs the key run");
    assertThat(problems(loop.formatted("{run: make, key: []}")).toString())
        .contains("must name the files that the setup depends on");
  }
}

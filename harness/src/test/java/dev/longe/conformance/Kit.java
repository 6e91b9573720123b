package dev.longe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.agent.Agent;
import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.agent.Program;
import dev.longe.agent.registry.Agents;
import dev.longe.core.TaskId;
import dev.longe.intake.AgentEntry;
import dev.longe.intake.AgentsFile;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.Sandbox;
import dev.longe.testing.ModelServer;
import dev.longe.testing.ModelServer.Turn;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real agent, on the path, against a scripted model; how it is set up, started and watched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Kit {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final long OUTPUT_MAX = 100L << 20;

  @TempDir Path temp;
  ModelServer model;
  Path home;
  Path work;
  private Path exchange;
  final String mark = "77" + System.nanoTime();
  private Optional<String> command = Optional.empty();

  /** What a loop calls the agent. */
  abstract String agent();

  /** Its settings, written into a home of its own. */
  abstract void configure(Path itsHome, String url);

  /** Variables that it needs. */
  abstract Map<String, String> variables(String url);

  /** What it is started with besides its driver's own arguments. */
  List<String> arguments() {
    return List.of();
  }

  /** Which driver it is behind. */
  String driver() {
    return agent();
  }

  String program() {
    return agent();
  }

  Optional<String> modelName() {
    return Optional.empty();
  }

  /** Why it does not do what a case asks for; empty for a case that it must pass. */
  Optional<String> lacks(Case tried) {
    return Optional.empty();
  }

  @BeforeEach
  void world() throws IOException {
    model = new ModelServer();
    Path place = Files.createTempDirectory(temp, "case");
    home = place.resolve("home");
    work = World.repository(place.resolve("work"), "answer.txt", "0\n");
    exchange = place.resolve("exchange");
    World.make(exchange);
    World.make(home);
    configure(home, model.url());
    command = Optional.empty();
  }

  @AfterEach
  void end() {
    model.close();
  }

  @AfterAll
  void settle() throws IOException {
    Findings.settle(agent());
  }

  final void tell(Case tried, String cell) {
    Findings.of(agent()).tell(tried, cell);
  }

  /** True where the agent is known not to do it, which is then told. */
  final boolean lacking(Case tried) {
    Optional<String> why = lacks(tried);
    why.ifPresent(w -> tell(tried, "no: " + w));
    return why.isPresent();
  }

  /** How a script starts the real one with the arguments that it got. */
  String realStart() {
    return "'" + real(program()) + "'";
  }

  /** From now on it is started through a script that ends with starting the real one. */
  final void through(String script) {
    Path wrapper = temp.resolve("wrapper-" + mark + ".sh");
    World.script(wrapper, script.replace("REAL", realStart()) + "\n");
    command = Optional.of(wrapper.toString());
  }

  /** Names of variables that its entry lists. */
  List<String> env() {
    return List.of();
  }

  final String url() {
    return model.url();
  }

  static Path real(String program) {
    for (String directory : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return Path.of(directory, program);
      }
    }
    throw new AssertionError(program + " is not on the path");
  }

  final Environment environment() {
    Map<String, String> all = new HashMap<>(World.ENVIRONMENT.all());
    all.keySet().removeIf(k -> k.startsWith("XDG_"));
    all.put("HOME", home.toString());
    all.put("LONGE_SANDBOX", "none");
    all.putAll(variables(model.url()));
    return new Environment(all);
  }

  AgentEntry entry() {
    return new AgentEntry(
        agent(),
        driver(),
        command(),
        arguments(),
        env(),
        agent(),
        Optional.empty(),
        modelName(),
        java.util.Set.of(),
        AgentEntry.Endpoint.DEFAULT);
  }

  Optional<String> command() {
    return command;
  }

  final Agent driven() {
    return new Agents(
            World.SANDBOX,
            environment(),
            InstantSource.system(),
            new AgentsFile(Map.of(agent(), entry())))
        .named(agent());
  }

  /** Where it works. */
  final Place place() {
    return new Place(work, environment().pick(driven().variables()), new Confinement.Open());
  }

  /** One attempt and all that it told. */
  record Attempt(AgentRun run, List<AgentEvent> events) {
    AgentRun.Ending await() {
      return run.await();
    }

    Optional<String> session() {
      return of(AgentEvent.Started.class).map(AgentEvent.Started::session).findFirst();
    }

    <T extends AgentEvent> java.util.stream.Stream<T> of(Class<T> type) {
      return events.stream().filter(type::isInstance).map(type::cast);
    }
  }

  final Attempt start(String prompt) {
    return start(prompt, 1, Optional.empty(), work);
  }

  final Attempt start(String prompt, int attempt, Optional<String> resume, Path directory) {
    Agent agent = driven();
    List<AgentEvent> events = new CopyOnWriteArrayList<>();
    Assignment assignment =
        new Assignment(
            new TaskId("abcde"),
            attempt,
            attempt,
            resume,
            List.of(),
            directory,
            List.of(),
            exchange,
            prompt,
            environment().pick(agent.variables()),
            new Confinement.Open(),
            PATIENCE,
            OUTPUT_MAX);
    return new Attempt(agent.start(assignment, events::add), events);
  }

  final String answerFile() {
    return Assignment.answerFile(exchange).toString();
  }

  /** A tool call that goes on until the file {@code go} is there. */
  final Turn waiting() {
    return new Turn.Shell(
        "touch working; while [ ! -e go ]; do sleep 0.05; done; rm go working; : " + mark);
  }

  final void untilItWorks() {
    World.until("the tool runs", () -> Files.exists(work.resolve("working")));
  }

  /** Living processes that carry this text among their arguments. */
  static List<Long> carrying(String text) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(World::alive)
        .filter(pid -> commandLine(pid).contains(text))
        .toList();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Its entry as a user would write it. */
  private String yaml() {
    AgentEntry e = entry();
    StringBuilder text = new StringBuilder(agent() + ":\n  driver: " + e.driver() + "\n");
    e.command().ifPresent(c -> text.append("  command: ").append(c).append('\n'));
    list(text, "arguments", e.arguments());
    list(text, "env", e.env());
    e.model().ifPresent(m -> text.append("  model: ").append(m).append('\n'));
    e.endpoint()
        .api()
        .ifPresent(
            a -> text.append("  api: ").append(a.name().toLowerCase(Locale.ROOT)).append('\n'));
    e.endpoint().url().ifPresent(u -> text.append("  endpoint: ").append(u).append('\n'));
    e.endpoint().key().ifPresent(k -> text.append("  key: ").append(k).append('\n'));
    return text.toString();
  }

  private static void list(StringBuilder text, String key, List<String> items) {
    if (!items.isEmpty()) {
      text.append("  ")
          .append(key)
          .append(": ['")
          .append(String.join("', '", items))
          .append("']\n");
    }
  }

  /** A repository whose loop names the agent and nothing else of it. */
  final Path looping(String more) {
    World.write(home.resolve("longe/agents.yaml"), yaml());
    return World.repository(
        home.resolveSibling("shop"),
        "answer.txt",
        "0\n",
        "check.sh",
        "grep -qx 42 answer.txt\n",
        ".longe/loops/default.md",
        "---\nagent: " + agent() + "\nchecks: [bash check.sh]\n" + more + "---\n{{task}}\n");
  }

  /** What the program {@code longe} says, standing in {@code directory}. */
  final Sandbox.Outcome longe(Path directory, String... arguments) {
    List<String> argv = World.longe(arguments);
    Map<String, String> all = new HashMap<>(environment().all());
    all.put("LONGE_HOME", home.resolve("longe").toString());
    return World.SANDBOX.run(
        new ProcessSpec(
            argv, directory, all, false, new Confinement.Open(), PATIENCE, OUTPUT_MAX, "", false));
  }

  final Program installed() {
    return driven().program().orElseThrow();
  }

  final void assertGone() {
    assertThat(carrying(mark)).isEmpty();
    assertThat(carrying(temp.toString())).isEmpty();
  }
}

package dev.longe.agent.command;

import dev.longe.agent.Agent;
import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.AnswerFile;
import dev.longe.agent.Assignment;
import dev.longe.agent.ProcessRun;
import dev.longe.agent.Program;
import dev.longe.core.Capabilities;
import dev.longe.core.Fault;
import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.intake.AgentEntry;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Output;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Any program: the prompt on its standard input, the changed tree as its work, exit 0 as its end.
 */
public final class CommandAgent implements Agent {
  private final Sandbox sandbox;

  private final AgentEntry entry;

  public CommandAgent(Sandbox sandbox, AgentEntry entry) {
    this.sandbox = sandbox;
    this.entry = entry;
  }

  @Override
  public List<String> variables() {
    return entry.env();
  }

  @Override
  public Optional<Program> program() {
    return entry.command().map(c -> Program.named(c, entry.name()));
  }

  private List<String> argv(Assignment a) {
    List<String> argv = new ArrayList<>();
    entry.command().ifPresent(argv::add);
    argv.addAll(entry.arguments());
    argv.addAll(a.arguments());
    return argv;
  }

  @Override
  public Capabilities can() {
    return new Capabilities(true, false, true);
  }

  @Override
  public AgentRun start(Assignment a, Consumer<AgentEvent> events) {
    AnswerFile.clear(a.answerFile());
    writePrompt(a);
    Map<String, String> environment = new HashMap<>(a.environment());
    environment.put("LONGE_TASK", a.task().text());
    environment.put("LONGE_ATTEMPT", Integer.toString(a.attempt()));
    environment.put("LONGE_SESSION", a.sessionName());
    environment.put("LONGE_PROMPT_FILE", a.promptFile().toString());
    environment.put("LONGE_ANSWER_FILE", a.answerFile().toString());
    Printed printed = new Printed(events);
    events.accept(new AgentEvent.Started(a.sessionName(), Optional.empty()));
    RunningProcess process =
        sandbox.start(
            new ProcessSpec(
                a.argv(argv(a)),
                a.directory(),
                environment,
                true,
                a.confinement(),
                a.timeout(),
                a.outputBytesMax(),
                a.prompt(),
                false),
            printed);
    return new Run(process, a, printed, events);
  }

  private static void writePrompt(Assignment a) {
    try {
      Files.writeString(a.promptFile(), a.prompt());
    } catch (IOException e) {
      throw new Fault(
          "The prompt can't be written to " + a.promptFile() + ": " + e.getMessage(), e);
    }
  }

  /** What the program prints is for people; the last lines explain a crash. */
  private static final class Printed implements Output {
    private final Consumer<AgentEvent> events;
    private final LastLines lastLines = new LastLines();

    Printed(Consumer<AgentEvent> events) {
      this.events = events;
    }

    @Override
    public void line(String line) {
      events.accept(new AgentEvent.Raw(line));
      events.accept(new AgentEvent.Said(line));
      lastLines.line(line);
    }

    @Override
    public void errorLine(String line) {
      events.accept(new AgentEvent.Raw(line));
      lastLines.errorLine(line);
    }
  }

  private static final class Run extends ProcessRun {
    private final Assignment assignment;
    private final Printed printed;
    private final Consumer<AgentEvent> events;

    Run(
        RunningProcess process,
        Assignment assignment,
        Printed printed,
        Consumer<AgentEvent> events) {
      super(process);
      this.assignment = assignment;
      this.printed = printed;
      this.events = events;
    }

    @Override
    protected Ending ending(Exit exit) {
      AnswerFile answer = AnswerFile.read(assignment.answerFile());
      if (!answer.problem().isEmpty()) {
        events.accept(new AgentEvent.Said("[longe] " + answer.problem()));
      }
      Stop own =
          exit.status() == 0
              ? new Stop.Ended()
              : new Stop.Crashed(exit.status(), printed.lastLines.decisive());
      return new Ending(answer.stop().orElse(own), answer.usage().orElse(Usage.UNKNOWN));
    }

    @Override
    public boolean steer(String message) {
      return false;
    }
  }
}

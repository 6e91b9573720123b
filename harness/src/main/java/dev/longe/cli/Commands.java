package dev.longe.cli;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * All commands. Only the one that is asked for is looked at closely: reading annotations is most of
 * the start.
 */
final class Commands {
  /**
   * What a process of an attempt or a check may run too: it changes nothing outside of its tree.
   */
  private static final Set<String> READING =
      Set.of(
          "init",
          "ls",
          "show",
          "log",
          "diff",
          "invariants",
          "replay",
          "labels",
          "quality",
          "understood",
          "check-loop",
          "agents",
          "doctor",
          "completion");

  private Commands() {}

  /** Whether a command line asks for help, or for a command that only reads. */
  static boolean onlyReads(ParseResult parsed) {
    boolean help = false;
    String name = "";
    for (CommandLine line : parsed.asCommandLineList()) {
      ParseResult part = line.getParseResult();
      help |= part.isUsageHelpRequested() || part.isVersionHelpRequested();
      name = line.getCommandName();
    }
    return help || READING.contains(name) || !parsed.hasSubcommand();
  }

  private record Entry(String name, String description, Supplier<Object> make) {}

  private static List<Entry> all(App app) {
    return List.of(
        new Entry(
            "init",
            "Look at the repository and write a loop for it: .longe/loops/default.md.",
            () -> new InitCommand(app)),
        new Entry(
            "run",
            "Work on a task in the foreground until it is proposed, asks, or stops.",
            () -> new RunCommand(app)),
        new Entry(
            "submit",
            "Put a task into the queue; «longe serve» works on it.",
            () -> new SubmitCommand(app)),
        new Entry(
            "serve",
            "Work on all tasks of the queue until it is told to end (Ctrl-C).",
            () -> new ServeCommand(app)),
        new Entry(
            "worker",
            "Work for the engine that LONGE_ENGINE names, with others, until it is told to end.",
            () -> new WorkerCommand(app)),
        new Entry(
            "team",
            "Show what all workers share: machines, slots, money, quotas; or set its terms.",
            () -> new TeamCommand(app)),
        new Entry(
            "move",
            "Have a task go on on another worker, with its session where that can travel.",
            () -> new MoveCommand(app)),
        new Entry(
            "migrate",
            "Move open tasks from this machine to the engine that LONGE_ENGINE names, or back.",
            () -> new MigrateCommand(app)),
        new Entry("ls", "List the tasks that are open.", () -> new LsCommand(app)),
        new Entry(
            "show",
            "Show one task: where it stands, why, what was checked, what it cost.",
            () -> new ShowCommand(app)),
        new Entry("log", "Tell all that happened to a task.", () -> new LogCommand(app)),
        new Entry(
            "diff",
            "Show what a task's newest candidate changes against its base.",
            () -> new DiffCommand(app)),
        new Entry(
            "steer",
            "Send the agent a message: at once where it can take one, else with its next prompt.",
            () -> new HumanCommands.Steer(app)),
        new Entry(
            "pause",
            "End the running attempt, keep its work, start no other until «longe resume».",
            () -> new HumanCommands.Pause(app)),
        new Entry(
            "resume",
            "Let a waiting, paused or stopped task go on, with new limits where given.",
            () -> new HumanCommands.Resume(app)),
        new Entry(
            "stop",
            "End a task here: its work is kept, and when this returns nothing of it runs.",
            () -> new HumanCommands.Stop(app)),
        new Entry(
            "answer",
            "Answer a task's question; it goes on with your answer.",
            () -> new HumanCommands.Answer(app)),
        new Entry(
            "review",
            "Walk through what waits for you: read it in order, then accept, reject, split, take"
                + " over.",
            () -> new ReviewCommand(app)),
        new Entry(
            "accept",
            "Land the candidate on the branch that the task started from.",
            () -> new AcceptCommand(app)),
        new Entry(
            "reject",
            "Send the candidate back with a reason; the same session goes on with it.",
            () -> new HumanCommands.Reject(app)),
        new Entry(
            "discard",
            "Throw a task's work away: its candidates, its trees, its refs.",
            () -> new HumanCommands.Discard(app)),
        new Entry(
            "undo",
            "Take a landed change back with a commit of its own.",
            () -> new UndoCommand(app)),
        new Entry(
            "promote",
            "Make the findings of an exploration the draft of a task.",
            () -> new PromoteCommand(app)),
        new Entry(
            "outcomes",
            "Show what became of landed changes, and what they cost.",
            () -> new OutcomesCommand(app)),
        new Entry(
            "invariants",
            "Show what the repository says always holds, and where nobody says anything.",
            () -> new InvariantsCommand(app)),
        new Entry(
            "replay",
            "Take every decision of a task again from its journal, and compare with what was"
                + " decided.",
            () -> new ReplayCommand(app)),
        new Entry(
            "labels",
            "List what judges said beside what humans said later about the same candidates.",
            () -> new LabelsCommand(app)),
        new Entry(
            "quality",
            "Measure the code, and find what a change adds that hides errors or grows without"
                + " need.",
            () -> new QualityCommand(app)),
        new Entry(
            "understood",
            "Show which lines some human understands, and which are dark.",
            () -> new UnderstoodCommand(app)),
        new Entry(
            "check-loop",
            "Say in words what a loop file would do, or all that is wrong with it.",
            () -> new CheckLoopCommand(app)),
        new Entry(
            "drill",
            "Set scripted bad agents on this installation; each must be caught by its guard.",
            () -> new DrillCommand(app)),
        new Entry(
            "agents",
            "List the agents that a loop may name: version, credentials, abilities.",
            () -> new AgentsCommand(app)),
        new Entry(
            "doctor",
            "Try out what this machine offers: git, agents, sandbox, journal.",
            () -> new DoctorCommand(app)),
        new Entry(
            "demo",
            "See the loop at work on a small real repository: no key, no network, no cost.",
            () -> new DemoCommand(app)),
        new Entry(
            "completion",
            "Print a completion script for bash and zsh: source <(longe completion)",
            () -> new CompletionCommand(app)));
  }

  @Command(
      name = "longe",
      description = "The harness loop for coding agents: the checks decide when it is done.",
      mixinStandardHelpOptions = true,
      version = "longe 0.1.0",
      synopsisSubcommandLabel = "COMMAND")
  private static final class Root implements Runnable {
    @CommandLine.Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "Say what to do: longe COMMAND.");
    }
  }

  /** The command line for these arguments: the command that they name whole, the others by name. */
  static CommandLine of(App app, String... arguments) {
    CommandLine line = new CommandLine(new Root());
    for (Entry entry : all(app)) {
      boolean named = List.of(arguments).contains(entry.name());
      line.addSubcommand(entry.name(), named ? whole(entry) : byName(entry));
    }
    return line;
  }

  /** The command line with every command whole. */
  static CommandLine of(App app) {
    CommandLine line = new CommandLine(new Root());
    all(app).forEach(entry -> line.addSubcommand(entry.name(), whole(entry)));
    return line;
  }

  private static CommandSpec whole(Entry entry) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(entry.make().get());
    spec.mixinStandardHelpOptions(true).usageMessage().description(entry.description());
    return spec;
  }

  private static CommandSpec byName(Entry entry) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(entry.description());
    return spec;
  }
}

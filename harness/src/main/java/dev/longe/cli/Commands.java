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
 * All commands. Only the requested command is built completely, because reading annotations takes
 * most of the start time.
 */
final class Commands {
  /**
   * The commands that a process of an attempt or a check may run too: they change nothing outside
   * of its tree.
   */
  private static final Set<String> READING =
      Set.of(
          "init",
          "ls",
          "show",
          "log",
          "output",
          "transcript",
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
            "Write .longe/loops/default.md, a loop file for the repository.",
            () -> new InitCommand(app)),
        new Entry(
            "run",
            "Work on a task in the foreground until it is proposed, asks or stops.",
            () -> new RunCommand(app)),
        new Entry(
            "submit",
            "Add a task to the queue. «longe serve» works on the queue.",
            () -> new SubmitCommand(app)),
        new Entry(
            "serve",
            "Work on all tasks of the queue until interrupted (Ctrl-C).",
            () -> new ServeCommand(app)),
        new Entry(
            "worker",
            "Work on the tasks of the server that LONGE_ENGINE names until interrupted (Ctrl-C).",
            () -> new WorkerCommand(app)),
        new Entry(
            "team",
            "Show the machines, slots, money and quotas of the team, or change its settings.",
            () -> new TeamCommand(app)),
        new Entry(
            "move",
            "Move a task to another worker, with its session if its driver can export sessions.",
            () -> new MoveCommand(app)),
        new Entry(
            "migrate",
            "Move open tasks from this machine to the server that LONGE_ENGINE names, or back.",
            () -> new MigrateCommand(app)),
        new Entry("ls", "List the open tasks.", () -> new LsCommand(app)),
        new Entry(
            "show",
            "Show one task: its state and the reason, its checks and its cost.",
            () -> new ShowCommand(app)),
        new Entry("log", "Show the events of a task.", () -> new LogCommand(app)),
        new Entry(
            "output",
            "Show what the checks printed on the candidate of an attempt.",
            () -> new OutputCommand(app)),
        new Entry(
            "transcript",
            "Show the prompt of an attempt and what its agent printed.",
            () -> new TranscriptCommand(app)),
        new Entry(
            "diff",
            "Show the difference between a task's newest candidate and its base.",
            () -> new DiffCommand(app)),
        new Entry(
            "steer",
            "Send the agent a message: at once if it takes messages while it works, else with the"
                + " next prompt.",
            () -> new HumanCommands.Steer(app)),
        new Entry(
            "pause",
            "End the running attempt, keep its work, and start no other attempt until «longe"
                + " resume».",
            () -> new HumanCommands.Pause(app)),
        new Entry(
            "resume",
            "Continue a waiting, paused or stopped task. Options set new limits.",
            () -> new HumanCommands.Resume(app)),
        new Entry(
            "stop",
            "Stop a task and keep its work. Returns when none of its processes runs any more.",
            () -> new HumanCommands.Stop(app)),
        new Entry(
            "answer",
            "Answer a task's question. The task continues with the answer.",
            () -> new HumanCommands.Answer(app)),
        new Entry(
            "review",
            "Review the tasks that wait for you: read each, then accept, reject, split or take it"
                + " over.",
            () -> new ReviewCommand(app)),
        new Entry(
            "accept",
            "Land the candidate on the branch that the task started from.",
            () -> new AcceptCommand(app)),
        new Entry(
            "reject",
            "Send the candidate back to the agent with a reason. The task continues.",
            () -> new HumanCommands.Reject(app)),
        new Entry(
            "discard",
            "Delete a task's work: its candidates, its working trees and its refs.",
            () -> new HumanCommands.Discard(app)),
        new Entry("undo", "Revert a landed change with a new commit.", () -> new UndoCommand(app)),
        new Entry(
            "promote",
            "Write a draft of a new task from the findings of an exploration.",
            () -> new PromoteCommand(app)),
        new Entry(
            "outcomes",
            "Show what became of landed changes, and what they cost.",
            () -> new OutcomesCommand(app)),
        new Entry(
            "invariants",
            "Show the invariants that the repository states, and the code that no invariant"
                + " covers.",
            () -> new InvariantsCommand(app)),
        new Entry(
            "replay",
            "Compute every decision of a task again from its journal, and compare with the recorded"
                + " ones.",
            () -> new ReplayCommand(app)),
        new Entry(
            "labels",
            "List the opinions of judges beside the later decisions of humans about the same"
                + " candidates.",
            () -> new LabelsCommand(app)),
        new Entry(
            "quality",
            "Measure the code, or list what a change adds that hides errors or grows without need.",
            () -> new QualityCommand(app)),
        new Entry(
            "understood",
            "Show how many lines at least one person understands, by file and directory.",
            () -> new UnderstoodCommand(app)),
        new Entry(
            "check-loop",
            "Check a loop file: describe what it does, or list everything that is wrong with it.",
            () -> new CheckLoopCommand(app)),
        new Entry(
            "drill",
            "Run scripted bad agents on this installation. A guard must catch each of them.",
            () -> new DrillCommand(app)),
        new Entry(
            "agents",
            "List the agents that a loop may name, with their versions, credentials and abilities.",
            () -> new AgentsCommand(app)),
        new Entry(
            "doctor",
            "Test what this machine offers: git, agents, sandbox, journal; or what a loop gets of"
                + " it.",
            () -> new DoctorCommand(app)),
        new Entry(
            "gc",
            "Delete prepared bases that no task needs. This also happens by itself.",
            () -> new GcCommand(app)),
        new Entry(
            "demo",
            "Run the loop on a small example repository. Needs no key and no network, and costs"
                + " nothing.",
            () -> new DemoCommand(app)),
        new Entry(
            "completion",
            "Print a completion script for bash and zsh. Usage: source <(longe completion)",
            () -> new CompletionCommand(app)),
        new Entry("help", "Show the help text of a command.", HelpCommand::new));
  }

  @Command(
      name = "longe",
      description = "The harness loop for coding agents: checks decide when a task is done.",
      mixinStandardHelpOptions = true,
      version = "longe 0.1.0",
      synopsisSubcommandLabel = "COMMAND")
  private static final class Root implements Runnable {
    @CommandLine.Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "The name of a command is missing.");
    }
  }

  /** The command line for these arguments: the named command complete, the others by name only. */
  static CommandLine of(App app, String... arguments) {
    CommandLine line = new CommandLine(new Root());
    for (Entry entry : all(app)) {
      boolean named = List.of(arguments).contains(entry.name());
      line.addSubcommand(entry.name(), named ? whole(entry) : byName(entry));
    }
    return line;
  }

  /** The command line with every command complete. */
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

package dev.longe.cli;

import dev.longe.tasks.LoopProposal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe init}: looks at a repository and proposes a loop for it. */
@Command(name = "init")
final class InitCommand implements Callable<Integer> {
  private final App app;

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description =
          "The agent of the loop. Default: the first one that is installed and logged in.")
  Optional<String> agent = Optional.empty();

  @Option(
      names = "--check",
      paramLabel = "CMD",
      description =
          "The check of the loop. Default: the test command of the project, if it is recognized.")
  Optional<String> check = Optional.empty();

  InitCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    LoopProposal loop = LoopProposal.write(app.installation(), app.directory(), agent, check);
    app.out().println("Wrote " + LoopProposal.FILE + " for " + loop.top() + ":");
    app.out().println();
    app.out().print(loop.text());
    app.out().println();
    loop.missingAgent()
        .ifPresent(name ->
            app.err()
                .println(
                    "Note: no agent that Longe knows is installed and logged in here; the loop"
                        + " names «"
                        + name
                        + "». «longe agents» lists all, and any program works: command:PROGRAM."));
    app.out()
        .println(
            "Read it, correct it and commit it: git add .longe && git commit -m 'Add a Longe"
                + " loop'");
    app.out().println("Then: longe run \"what is to be done\"");
    return ExitCode.OK.code();
  }
}

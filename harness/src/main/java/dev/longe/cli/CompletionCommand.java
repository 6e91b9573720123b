package dev.longe.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code longe completion}: a script that completes commands and options. */
@Command(name = "completion")
final class CompletionCommand implements Callable<Integer> {
  private final App app;

  CompletionCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    app.out().print(AutoComplete.bash("longe", Commands.of(app)));
    return ExitCode.OK.code();
  }
}

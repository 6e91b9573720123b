package dev.longe.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longe help [COMMAND]}: prints the same text as {@code longe COMMAND --help}. */
@Command(name = "help")
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The name of a command. Default: list all commands.")
  Optional<String> command = Optional.empty();

  @Override
  public Integer call() {
    CommandLine longe = spec.root().commandLine();
    CommandLine shown = command.map(name -> named(longe, name)).orElse(longe);
    shown.usage(shown.getOut());
    return ExitCode.OK.code();
  }

  private CommandLine named(CommandLine longe, String name) {
    return Optional.ofNullable(longe.getSubcommands().get(name))
        .orElseThrow(() ->
            new ParameterException(spec.commandLine(), "longe has no command «" + name + "»."));
  }
}

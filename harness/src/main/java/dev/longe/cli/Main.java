package dev.longe.cli;

import dev.longe.core.Fault;
import dev.longe.core.NotHuman;
import dev.longe.intake.InvalidInput;
import dev.longe.sandbox.Environment;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code longe}. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    int code;
    try (App app =
        new App(
            new Environment(System.getenv()),
            Path.of("").toAbsolutePath(),
            out,
            err,
            System.in,
            terminal)) {
      code = run(app, arguments);
    } catch (InvalidInput e) {
      err.println(e.getMessage());
      code = ExitCode.USAGE.code();
    }
    out.flush();
    Runtime.getRuntime().halt(code);
  }

  /** Runs one command; returns its exit code. */
  static int run(App app, String... arguments) {
    CommandLine line = Commands.of(app, arguments);
    line.setOut(writer(app.out()));
    line.setErr(writer(app.err()));
    line.setExecutionStrategy(parsed -> execute(app, parsed));
    line.setExecutionExceptionHandler((e, _, _) -> failed(app, e));
    line.setParameterExceptionHandler((e, _) -> misused(app, e));
    return line.execute(arguments);
  }

  /** Executes a command; a process of an attempt or a check may only execute commands that read. */
  private static int execute(App app, ParseResult parsed) {
    if (!Commands.onlyReads(parsed) && app.owners().refusal().isPresent()) {
      app.err().println(app.owners().refusal().get());
      return ExitCode.USAGE.code();
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static int misused(App app, ParameterException e) {
    app.err().println(meaning(e));
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    app.err().println("See «" + spec.qualifiedName() + " --help».");
    return ExitCode.USAGE.code();
  }

  private static String meaning(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
            && e.getCommandLine().getParent() == null
            && !unmatched.getUnmatched().getFirst().startsWith("-")
        ? "longe has no command «" + unmatched.getUnmatched().getFirst() + "»."
        : String.valueOf(e.getMessage());
  }

  private static int failed(App app, Exception e) {
    switch (e) {
      case InvalidInput invalid -> {
        app.err().println(invalid.getMessage());
        return ExitCode.USAGE.code();
      }
      case NotHuman refused -> {
        app.err().println(refused.getMessage());
        return ExitCode.USAGE.code();
      }
      case Fault fault -> {
        app.err().println(fault.getMessage());
        return ExitCode.FAULT.code();
      }
      default -> {
        app.err()
            .println(
                "This is a fault of Longe itself. Nothing in the journal is lost. The details:");
        e.printStackTrace(app.err());
        return ExitCode.FAULT.code();
      }
    }
  }
}

package dev.longe.core;

import java.util.List;

/** A program to run. */
public sealed interface Command {
  /** A program with its arguments, started without a shell. */
  record Argv(List<String> words) implements Command {
    public Argv {
      words = List.copyOf(words);
      Require.that(!words.isEmpty(), "a command needs a program");
    }
  }

  /**
   * A line for {@code bash -euo pipefail}: a failure of any part of it is a failure of the line.
   */
  record Shell(String line) implements Command {
    public Shell {
      Require.text(line, "command line");
    }
  }

  /** The command as a person would type it in a shell. */
  default String shown() {
    return switch (this) {
      case Argv a -> String.join(" ", a.words());
      case Shell s -> s.line();
    };
  }
}

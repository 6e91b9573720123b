package dev.longe.intake;

import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Text;
import java.util.Optional;
import java.util.OptionalInt;

/** Creates checks that are given by a command line alone. */
final class Checks {
  private static final int NAME_CHARS = 60;

  private Checks() {}

  static CheckSpec run(String line, boolean red) {
    return new CheckSpec.Run(
        name(line),
        new Command.Shell(line),
        Optional.empty(),
        LoopFile.DEFAULT_TIMEOUT,
        red,
        false,
        OptionalInt.empty());
  }

  /** The name of a check that has none: its command. */
  static CheckName name(String line) {
    return new CheckName(Text.clip(Text.firstLine(line), NAME_CHARS));
  }
}

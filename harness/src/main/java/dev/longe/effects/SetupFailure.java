package dev.longe.effects;

import dev.longe.core.Command;
import dev.longe.core.Fault;
import dev.longe.core.TaskState;
import dev.longe.sandbox.Sandbox;
import java.util.List;

/** Explains that the setup command of a user's loop failed. */
final class SetupFailure {
  /** How many lines of the beginning, and of the end, of the output are shown. */
  private static final int LINES = 3;

  private SetupFailure() {}

  static Fault of(TaskState task, Command command, Sandbox.Outcome outcome) {
    return new Fault(
        "The setup of your loop failed: «%s» ended with exit %d. Correct the key «setup» in the loop's file %s.md. Its output: %s"
            .formatted(
                command.shown(),
                outcome.exit().status(),
                task.loop().name(),
                shown(outcome.output() + "\n" + outcome.error())));
  }

  private static String shown(String output) {
    List<String> lines = output.strip().lines().filter(l -> !l.isBlank()).toList();
    if (lines.isEmpty()) {
      return "none";
    }
    if (lines.size() <= 2 * LINES) {
      return String.join(" / ", lines);
    }
    return String.join(" / ", lines.subList(0, LINES))
        + " / … / "
        + String.join(" / ", lines.subList(lines.size() - LINES, lines.size()));
  }
}

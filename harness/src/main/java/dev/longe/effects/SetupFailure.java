package dev.longe.effects;

import dev.longe.core.Command;
import dev.longe.core.SetupFailed;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;

/** Explains that the setup command of a user's loop failed. */
final class SetupFailure {
  /** How many lines of the beginning, and of the end, of the output are shown. */
  private static final int LINES = 3;

  private static final int CHARS = 200;

  private SetupFailure() {}

  static SetupFailed of(TaskState task, Command command, Sandbox.Outcome outcome) {
    List<String> text = new ArrayList<>();
    List<String> output = shown(outcome.output() + "\n" + outcome.error());
    text.add(
        "The setup of your loop failed: «%s» %s. %s"
            .formatted(
                Text.clip(command.shown(), CHARS),
                ended(outcome.exit()),
                output.isEmpty() ? "It printed nothing." : "It printed:"));
    output.forEach(l -> text.add("  " + Text.clip(l, CHARS)));
    text.add(
        "Correct what it complains about, then type «longe resume %s»: the setup runs again."
            .formatted(task.id()));
    text.add(
        "If the key «setup» is wrong, correct it in the loop's file %s.md and commit that, type «longe discard %s», and submit the task again: a task keeps the loop that it was submitted with."
            .formatted(task.loop().name(), task.id()));
    return new SetupFailed(String.join("\n", text));
  }

  private static String ended(Exit exit) {
    return switch (exit.ending()) {
      case EXITED -> "ended with exit " + exit.status();
      case TIMED_OUT -> "did not end in time";
      case TOO_MUCH_OUTPUT -> "printed more than is allowed";
      case KILLED -> "was killed";
    };
  }

  private static List<String> shown(String output) {
    List<String> lines = output.strip().lines().filter(l -> !l.isBlank()).toList();
    if (lines.size() <= 2 * LINES) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, LINES));
    some.add("…");
    some.addAll(lines.subList(lines.size() - LINES, lines.size()));
    return some;
  }
}

package dev.longe.effects;

import dev.longe.core.Command;
import dev.longe.core.SetupFailed;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.sandbox.Exit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Explains that the setup command of a user's loop failed. */
final class SetupFailure {
  private static final int CHARS = 200;

  private SetupFailure() {}

  /**
   * @param output the lines of its output that are shown
   * @param whole the file with its whole output
   */
  static SetupFailed of(
      TaskState task, Command command, Exit exit, List<String> output, Path whole) {
    List<String> text = new ArrayList<>();
    text.add(
        "The setup of your loop failed: «%s» %s. %s"
            .formatted(
                Text.clip(command.shown(), CHARS),
                ended(exit),
                output.isEmpty() ? "It printed nothing." : "It printed:"));
    output.forEach(l -> text.add("  " + Text.clip(l, CHARS)));
    if (!output.isEmpty()) {
      text.add("All that it printed: cat " + whole);
    }
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
}

package dev.longe.review;

import dev.longe.core.Mode;
import dev.longe.core.TaskState;
import dev.longe.core.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions that a human can take on a task now. */
final class NextSteps {
  private NextSteps() {}

  static List<String> commands(TaskState task) {
    List<String> words =
        switch (task.state()) {
          case PROPOSED ->
              task.loop().mode() == Mode.EXPLORE
                  ? List.of("diff", "promote", "reject --because \"…\"", "discard")
                  : List.of("review", "diff", "accept", "reject --because \"…\"", "discard");
          case ASKING ->
              task.acceptable()
                  ? List.of("review", "diff", "accept", "reject --because \"…\"", "discard")
                  : List.of("answer \"…\"", "diff", "stop", "discard");
          case STOPPED -> List.of("resume", "diff", "discard");
          case WAITING -> List.of("resume", "stop");
          case QUEUED, PREPARING, ATTEMPTING, CHECKING ->
              List.of("log -f", "steer \"…\"", "pause", "stop");
          case LANDED, DISCARDED -> List.of();
        };
    return Stream.concat(words.stream(), receipt(task).stream())
        .map(w -> command(task, w))
        .toList();
  }

  /** Shows what the last failed check printed, if it failed on the newest candidate. */
  private static Optional<String> receipt(TaskState task) {
    return task.last().stream()
        .filter(_ -> !task.state().closed())
        .flatMap(a -> a.checked().stream())
        .filter(c -> c.verdict() instanceof Verdict.Failed || c.verdict() instanceof Verdict.Broken)
        .map(c -> "show --receipt " + c.receipt().id())
        .reduce((_, last) -> last);
  }

  /** A command with the task's id after the command's name. */
  private static String command(TaskState task, String words) {
    int blank = words.indexOf(' ');
    return blank < 0
        ? "longe " + words + " " + task.id()
        : "longe " + words.substring(0, blank) + " " + task.id() + words.substring(blank);
  }
}

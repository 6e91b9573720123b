package dev.longe.effects;

import dev.longe.core.AgentSpec;
import dev.longe.core.Attempt;
import dev.longe.core.Insight;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import java.util.stream.Collectors;

/** The messages of the harness's own commits. */
final class CommitMessages {
  private CommitMessages() {}

  /** The {@code Assisted-by} trailer as the Linux kernel defines it. */
  static String assistedBy(AgentSpec agent, Attempt attempt) {
    return "Assisted-by: " + agent.driver() + attempt.model().map(m -> ":" + m).orElse("");
  }

  /** A trailer for each human who read the change; a waiver is no review. */
  private static String reviewedBy(TaskState task) {
    return task.reviews().stream()
        .filter(r -> r.attempt() == task.attempts().size())
        .filter(r -> r.insights().stream().anyMatch(i -> i.kind() == Insight.Kind.REVIEWED))
        .map(r -> "Reviewed-by: " + r.by() + "\n")
        .distinct()
        .collect(Collectors.joining());
  }

  /** The message of the commit that lands. */
  static String landing(TaskState task) {
    Attempt attempt =
        task.attempts().reversed().stream()
            .filter(a -> a.candidate().isPresent())
            .findFirst()
            .orElseThrow();
    String text = task.submitted().text().strip();
    String title = Text.clip(Text.firstLine(text), 72);
    String body = text.lines().count() > 1 || !title.equals(text) ? "\n\n" + text : "";
    return title
        + body
        + "\n\nLonge-Task: "
        + task.id()
        + "\n"
        + assistedBy(task.loop().agents().get(attempt.agent()), attempt)
        + "\n"
        + reviewedBy(task);
  }
}

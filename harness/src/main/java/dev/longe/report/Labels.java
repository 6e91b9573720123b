package dev.longe.report;

import dev.longe.core.Event;
import dev.longe.core.Opinion;
import dev.longe.core.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pairs judges' opinions with later human decisions on the same candidates, to show how reliable a
 * judge is.
 */
public final class Labels {
  private Labels() {}

  /**
   * One opinion with its label.
   *
   * @param answer the judge's answer
   * @param human {@code accepted}, {@code rejected}, or empty while no human has decided
   */
  public record Label(
      TaskId task,
      int attempt,
      String check,
      String criterion,
      String answer,
      String evidence,
      String model,
      String human) {}

  /** All opinions of a task, in order. */
  public static List<Label> of(TaskId task, List<Event> events) {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Event.Judged judged) {
        String human = word(events.subList(i + 1, events.size()), judged.attempt()).orElse("");
        for (Opinion o : judged.opinions()) {
          labels.add(
              new Label(
                  task,
                  judged.attempt(),
                  judged.check().text(),
                  o.criterion(),
                  o.answer().word(),
                  o.evidence(),
                  judged.model().orElse(""),
                  human));
        }
      }
    }
    return labels;
  }

  /** The first human decision on the candidate before the next attempt starts. */
  private static Optional<String> word(List<Event> later, int attempt) {
    for (Event event : later) {
      if (event instanceof Event.AttemptStarted started && started.attempt() > attempt) {
        return Optional.empty();
      }
      if (event instanceof Event.Accepted) {
        return Optional.of("accepted");
      }
      if (event instanceof Event.Rejected) {
        return Optional.of("rejected");
      }
    }
    return Optional.empty();
  }
}

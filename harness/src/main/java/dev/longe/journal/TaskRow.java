package dev.longe.journal;

import dev.longe.core.Money;
import dev.longe.core.TaskId;
import java.time.Instant;
import java.util.Optional;

/**
 * A task in a list, for any engine.
 *
 * @param state the word of a {@code core.State}
 * @param reason the code of a {@code core.Reason}
 * @param waits why no machine works on the task although it is ready; empty if one does
 * @param known the known part of the cost
 * @param costUnknown whether more was spent than is known
 * @param title the first line of its text, shortened
 * @param details the values that only long lists show
 */
public record TaskRow(
    TaskId id,
    String state,
    Optional<String> reason,
    String waits,
    int attempts,
    Money known,
    boolean costUnknown,
    String title,
    Optional<Details> details) {

  /**
   * The values that only long lists show.
   *
   * @param checks a JSON array of {@code {name, verdict, receipt}}
   * @param costSource {@code reported}, {@code computed} or {@code unknown}
   */
  public record Details(
      String note,
      String loop,
      String mode,
      String repository,
      Optional<String> target,
      Optional<String> candidate,
      String checks,
      String costSource,
      long tokens,
      Instant created,
      Instant updated) {}
}

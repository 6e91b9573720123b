package dev.longe.core;

/**
 * How a task is accepted into the queue and how its change lands.
 *
 * @param landing the commits that the target's history gets
 * @param readiness what happens to a task whose text leaves questions open
 */
public record Delivery(LandingForm landing, ReadinessRule readiness) {
  /** One commit on top of the target; open questions are a warning and do not refuse the task. */
  public static final Delivery DEFAULT = new Delivery(LandingForm.SQUASH, ReadinessRule.WARN);

  /** The form in which a change lands on its target. */
  public enum LandingForm {
    /** One commit with the task's text. */
    SQUASH,
    /** One commit for each candidate that changed the tree. */
    REBASE,
    /** As {@link #REBASE}, joined to the target by a merge commit. */
    MERGE
  }

  /** What happens to a task whose text leaves questions open. */
  public enum ReadinessRule {
    WARN,
    GATE
  }
}

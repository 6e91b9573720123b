package dev.longe.core;

/**
 * How a task comes in and how its change goes out.
 *
 * @param landing what the target's history shows of it
 * @param readiness whether a task whose text leaves questions open is let in
 */
public record Delivery(Landing landing, Readiness readiness) {
  /** One commit on top of the target; open questions are told, not held against it. */
  public static final Delivery DEFAULT = new Delivery(Landing.SQUASH, Readiness.WARN);

  /** The form in which a change reaches its target. */
  public enum Landing {
    /** One commit with the task's text. */
    SQUASH,
    /** One commit for each candidate that brought the tree further. */
    REBASE,
    /** The same behind a merge commit. */
    MERGE
  }

  /** What follows where a task's text leaves questions open. */
  public enum Readiness {
    WARN,
    GATE
  }
}

package dev.longe.tasks;

/** The result of a human's word. */
public sealed interface WordResult {
  /** It is in the task's journal. */
  record Taken() implements WordResult {}

  /**
   * It changed nothing.
   *
   * @param why one sentence for a person
   */
  record Refused(String why) implements WordResult {}

  /** The result as the inbox has it. */
  static WordResult of(String answer) {
    return answer.equals(dev.longe.journal.Inbox.TAKEN) ? new Taken() : new Refused(answer);
  }
}

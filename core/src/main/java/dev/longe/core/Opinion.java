package dev.longe.core;

/**
 * A judge's answer to one criterion of its rubric.
 *
 * @param evidence the place in the change that supports the answer, as {@code file:line} with a few
 *     words
 */
public record Opinion(String criterion, Answer answer, String evidence) {
  public Opinion {
    Require.text(criterion, "criterion");
  }

  /** The possible answers. If the judge can't tell, a human is asked. */
  public enum Answer {
    MET("met"),
    NOT_MET("not met"),
    CANNOT_TELL("cannot tell");

    private final String word;

    Answer(String word) {
      this.word = word;
    }

    /** The word that a judge answers with and that a screen shows. */
    public String word() {
      return word;
    }
  }
}

package dev.longe.core;

/**
 * What a judge says about one criterion of its rubric.
 *
 * @param evidence where in the change it sees that, as {@code file:line} with a few words
 */
public record Opinion(String criterion, Answer answer, String evidence) {
  public Opinion {
    Require.text(criterion, "criterion");
  }

  /** Saying that one cannot tell costs nothing: a human is asked then. */
  public enum Answer {
    MET("met"),
    NOT_MET("not met"),
    CANNOT_TELL("cannot tell");

    private final String word;

    Answer(String word) {
      this.word = word;
    }

    /** The word that a screen shows and that a judge answers with. */
    public String word() {
      return word;
    }
  }
}

package dev.longe.review;

import dev.longe.core.Insight;
import dev.longe.core.Tier;
import java.util.List;

/**
 * A conversation in which a human shows what they have understood, as deep as the tier. Explaining
 * before taking over halves what goes wrong later without making anybody slower (77 → 39 %, arXiv
 * 2602.20206). What can be run is run; no model grades anything, and nobody is ranked.
 *
 * <p>Each value is one state of it and never changes. Whoever leads the conversation asks the
 * question of an {@link Asking}, runs the command of a {@link Probing}, and goes on with the state
 * that follows from the answer. A conversation that is left before its end accepts nothing.
 */
public sealed interface Examination {
  /** What to tell the human about the last answer; empty where nothing is to be said. */
  List<String> told();

  /** The human is asked something. */
  final class Asking implements Examination {
    private final ExaminationState progress;
    private final Question question;
    private final boolean walkThrough;

    Asking(ExaminationState progress, Question question, boolean walkThrough) {
      this.progress = progress;
      this.question = question;
      this.walkThrough = walkThrough;
    }

    @Override
    public List<String> told() {
      return progress.told();
    }

    public Question question() {
      return question;
    }

    /** Whether the change is shown file by file before this question is asked. */
    public boolean walkThrough() {
      return walkThrough;
    }

    /**
     * The state after an answer. An answer that begins with the word «waive» skips the question;
     * what follows that word is recorded as the reason.
     */
    public Examination answer(String answer) {
      return progress.answered(question, answer.strip());
    }
  }

  /** A command is to be run on the base and on the candidate. */
  final class Probing implements Examination {
    private final ExaminationState progress;
    private final String command;
    private final String expected;

    Probing(ExaminationState progress, String command, String expected) {
      this.progress = progress;
      this.command = command;
      this.expected = expected;
    }

    @Override
    public List<String> told() {
      return progress.told();
    }

    public String command() {
      return command;
    }

    /** The state after the command was run. */
    public Examination ran(ProbeResult result) {
      return progress.probed(command, expected, result);
    }
  }

  /**
   * Nothing more is asked.
   *
   * @param insights what the human showed to have understood, or waived, in order
   */
  record Finished(List<String> told, List<Insight> insights) implements Examination {
    public Finished {
      told = List.copyOf(told);
      insights = List.copyOf(insights);
    }
  }

  /** The human does not accept with unread files. */
  record Declined() implements Examination {
    @Override
    public List<String> told() {
      return List.of();
    }
  }

  /**
   * The beginning of an examination.
   *
   * @param unread how many files that are to be read the human has not seen
   */
  static Examination of(Dossier dossier, int unread) {
    return ExaminationState.begin(Question.of(dossier, unread), unread).next();
  }

  /**
   * What will be asked about a change of this tier, for whoever is about to begin; may be empty.
   */
  static String announced(Tier tier) {
    return switch (tier) {
      case LOW -> "";
      case MEDIUM -> "Medium tier: one question before it lands; «waive WHY» skips it.";
      case HIGH ->
          "High tier: explain it, name its invariant, and foretell one outcome, which is then run;"
              + " «waive WHY» skips a question and is counted.";
    };
  }
}

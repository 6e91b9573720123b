package dev.longe.tasks;

import dev.longe.review.Examination;
import dev.longe.review.Question;
import java.util.List;

/** The result of an acceptance, or of the answer to one of its questions. */
public sealed interface ReviewStep {
  /** Messages for the human about the last answer, one per line. */
  List<String> told();

  /** The human is asked something before the candidate is accepted. */
  final class Asks implements ReviewStep {
    private final TaskReview review;
    private final Examination.Asking asking;

    Asks(TaskReview review, Examination.Asking asking) {
      this.review = review;
      this.asking = asking;
    }

    @Override
    public List<String> told() {
      return asking.told();
    }

    public Question question() {
      return asking.question();
    }

    /** Whether {@link TaskReview#toRead} is shown file by file before this question is asked. */
    public boolean walkThrough() {
      return asking.walkThrough();
    }

    /**
     * Answers the question. If the human predicted the output of a command, the command runs now.
     * After the last question the acceptance and its review are said as one word.
     */
    public ReviewStep answer(String text) {
      return review.go(asking.answer(text));
    }
  }

  /** Nothing more was asked; the word was said with this result. */
  record Said(List<String> told, WordResult result) implements ReviewStep {
    public Said {
      told = List.copyOf(told);
    }
  }

  /** The human does not accept with unread files; nothing was said. */
  record Declined() implements ReviewStep {
    @Override
    public List<String> told() {
      return List.of();
    }
  }
}

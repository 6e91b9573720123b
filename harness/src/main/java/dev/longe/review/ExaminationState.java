package dev.longe.review;

import dev.longe.core.Insight;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Progress of an examination.
 *
 * @param left topics still to be asked about, the current one first
 * @param failed number of rejected answers to the current topic
 * @param told messages about the last answer
 */
record ExaminationState(
    List<Question> left, List<Insight> insights, int failed, List<String> told) {
  private static final Pattern WAIVE = Pattern.compile("waive(?<why>|\\s.*)", Pattern.DOTALL);
  private static final int TRIES = 2;
  private static final int WORDS_MIN = 5;

  ExaminationState {
    left = List.copyOf(left);
    insights = List.copyOf(insights);
    told = List.copyOf(told);
  }

  static ExaminationState begin(List<Question> questions, int unread) {
    List<Insight> read = unread > 0 ? List.of() : List.of(new Insight(Insight.Kind.REVIEWED, ""));
    return new ExaminationState(questions, read, 0, List.of());
  }

  /** The state that asks about the current topic, or the end if no topic is left. */
  Examination next() {
    return left.isEmpty()
        ? new Examination.Finished(told, insights)
        : new Examination.Asking(this, left.getFirst(), failed == TRIES);
  }

  Examination answered(Question question, String answer) {
    Matcher waive = WAIVE.matcher(answer);
    if (waive.matches() && !(question instanceof Question.ConfirmUnread)) {
      return with(Insight.Kind.WAIVED, waive.group("why").strip()).next();
    }
    return switch (question) {
      case Question.ConfirmUnread q ->
          answer.equals("yes")
              ? with(Insight.Kind.WAIVED, q.files() + " files unread").next()
              : new Examination.Declined();
      case Question.Explain q ->
          isSentence(answer)
              ? with(Insight.Kind.EXPLAINED, answer).next()
              : failing(
                  List.of("Please answer with at least %d words.".formatted(WORDS_MIN)),
                  "no answer: " + q.text());
      case Question.NameInvariant q ->
          isAbout(q, answer)
              ? with(Insight.Kind.EXPLAINED, "invariant: " + answer).next()
              : failing(
                  List.of(
                      q.ids().isEmpty()
                          ? "Please answer with at least %d words.".formatted(WORDS_MIN)
                          : "Please name one of the invariants by its id."),
                  "no answer: " + q.text());
      case Question.ChooseCommand _ ->
          new Examination.Asking(silent(), new Question.Foretell(answer), false);
      case Question.Foretell q -> new Examination.Probing(silent(), q.command(), answer);
    };
  }

  private static boolean isSentence(String answer) {
    return answer.split("\\s+").length >= WORDS_MIN;
  }

  private static boolean isAbout(Question.NameInvariant question, String answer) {
    return question.ids().isEmpty()
        ? isSentence(answer)
        : question.ids().stream().anyMatch(id -> names(answer, id));
  }

  /** Whether a text contains the id as a whole word. */
  private static boolean names(String text, String id) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(id) + "(?![\\w-])").matcher(text).find();
  }

  /** The state after a command was run on the base and on the candidate. */
  Examination probed(String command, String expected, ProbeResult ran) {
    boolean same = expected.equals("same");
    boolean right = same ? !ran.differs() : ran.differs() && ran.candidate().equals(expected);
    List<String> all =
        new ArrayList<>(List.of("base:      " + ran.base(), "candidate: " + ran.candidate()));
    if (right) {
      all.add(same ? "Right: the output is the same as on the base." : "Right.");
      String foretold =
          "«%s» prints «%s»; on the base it prints «%s»"
                  .formatted(command, ran.candidate(), ran.base())
              + (same ? " (predicted: the same)" : "");
      return with(Insight.Kind.PREDICTED, foretold).telling(all).next();
    }
    if (!same) {
      all.add(
          ran.differs()
              ? "The output differs from your prediction. Look at the change again."
              : "The base and the candidate print the same. Choose a command that shows the"
                  + " change.");
    }
    return failing(all, "no prediction was right");
  }

  /** Asks again, or records the topic as not answered after the last try. */
  private Examination failing(List<String> hints, String waiver) {
    ExaminationState now =
        failed < TRIES
            ? new ExaminationState(left, insights, failed + 1, hints)
            : with(Insight.Kind.WAIVED, waiver).telling(hints);
    return now.next();
  }

  /** The state with the current topic completed by this insight. */
  private ExaminationState with(Insight.Kind kind, String text) {
    List<Insight> more = new ArrayList<>(insights);
    more.add(new Insight(kind, text));
    return new ExaminationState(left.subList(1, left.size()), more, 0, List.of());
  }

  private ExaminationState telling(List<String> lines) {
    return new ExaminationState(left, insights, failed, lines);
  }

  private ExaminationState silent() {
    return telling(List.of());
  }
}

package dev.longe.core;

import java.util.List;
import java.util.OptionalDouble;

/** The result of one check on one candidate. */
public sealed interface Verdict {
  CheckName check();

  record Passed(CheckName check, OptionalDouble value) implements Verdict {}

  /**
   * The candidate does not pass the check.
   *
   * @param cases the failing test cases, sorted; a check without a report has one case with the
   *     name of the check
   * @param feedback what the agent is told, at most {@value #FEEDBACK_CHARS} characters
   * @param signature a text that is equal for equal failures
   */
  record Failed(
      CheckName check, List<String> cases, String feedback, String signature, OptionalDouble value)
      implements Verdict {
    public Failed {
      cases = cases.stream().sorted().distinct().toList();
      Require.that(!cases.isEmpty(), "a failed verdict must name a failing case");
      Require.that(feedback.length() <= FEEDBACK_CHARS, "feedback is too long");
    }
  }

  /** The check could not be carried out. This says nothing about the candidate. */
  record Broken(CheckName check, String fault) implements Verdict {
    public Broken {
      Require.text(fault, "fault");
    }
  }

  /** A human has to answer. */
  record Waiting(CheckName check, String question) implements Verdict {
    public Waiting {
      Require.text(question, "question");
    }
  }

  /** About 2,000 tokens at four characters a token. */
  int FEEDBACK_CHARS = 8_000;

  /** The verdict as one word for a screen. */
  default String word() {
    return switch (this) {
      case Passed _ -> "passed";
      case Failed _ -> "failed";
      case Broken _ -> "broken";
      case Waiting _ -> "waiting";
    };
  }
}

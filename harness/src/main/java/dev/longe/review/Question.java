package dev.longe.review;

import dev.longe.core.Invariant;
import dev.longe.core.Tier;
import java.util.ArrayList;
import java.util.List;

/** A question that a human is asked before a change is accepted. */
public sealed interface Question {
  /** The question, one line for display. */
  String text();

  /** Asks whether to accept although files are unread. Only «yes» continues. */
  record ConfirmUnread(int files) implements Question {
    @Override
    public String text() {
      return "%d files are unread. Accept without reading them? (yes)".formatted(files);
    }
  }

  /** Asks for one sentence, in the human's own words, about what the change does. */
  record Explain(String text) implements Question {}

  /**
   * Asks which invariant the change affects.
   *
   * @param ids the invariants whose paths the change touches; the answer names one of them. If
   *     empty, the answer is a sentence.
   */
  record NameInvariant(List<String> ids) implements Question {
    public NameInvariant {
      ids = List.copyOf(ids);
    }

    @Override
    public String text() {
      return ids.isEmpty()
          ? "Which invariant does the change keep or add? Answer with one sentence."
          : "Which invariant of the repository does the change concern, and how is it kept?";
    }
  }

  /** Asks for a command whose output the human will predict. */
  record ChooseCommand() implements Question {
    @Override
    public String text() {
      return "Enter a command that runs the changed code with an input that no test uses:";
    }
  }

  /**
   * Asks what {@code command} prints on the candidate. «same» means the same output as on the base.
   */
  record Foretell(String command) implements Question {
    @Override
    public String text() {
      return "What will it print on the candidate? («same»: the same as on the base)";
    }
  }

  /** The questions about a change, in order. */
  static List<Question> of(Dossier dossier, int unread) {
    List<Question> all = new ArrayList<>();
    if (unread > 0) {
      all.add(new ConfirmUnread(unread));
    }
    all.addAll(of(dossier.tier(), dossier.invariants().stream().map(Invariant::id).toList()));
    return List.copyOf(all);
  }

  private static List<Question> of(Tier tier, List<String> invariants) {
    return switch (tier) {
      case LOW -> List.of();
      case MEDIUM ->
          List.of(new Explain("What is different now for those who use or call this code?"));
      case HIGH ->
          List.of(
              new Explain("In your own words, what does this change do?"),
              new NameInvariant(invariants),
              new ChooseCommand());
    };
  }
}

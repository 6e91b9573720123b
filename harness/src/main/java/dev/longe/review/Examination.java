package dev.longe.review;

import dev.longe.core.Insight;
import dev.longe.core.Invariant;
import dev.longe.core.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a human what they have understood, as deep as the tier. Explaining before taking over halves
 * what goes wrong later without making anybody slower (77 → 39 %, arXiv 2602.20206). What can be
 * run is run; no model grades anything, and nobody is ranked.
 */
public final class Examination {
  private static final Pattern WAIVE = Pattern.compile("waive(?<why>|\\s.*)", Pattern.DOTALL);
  private static final int TRIES = 2;
  private static final int WORDS_MIN = 5;

  /** The other side of the table. */
  public interface Person {
    void tell(String line);

    /** An answer; empty where nobody answers any more. */
    Optional<String> ask(String question);
  }

  private final Person person;
  private final Dossier dossier;
  private final Function<String, ProbeResult> probe;
  private final Runnable walkThrough;
  private final List<Insight> insights = new ArrayList<>();

  /**
   * @param probe runs a command on the base and on the candidate
   * @param walkThrough shows the change step by step
   */
  public Examination(
      Person person, Dossier dossier, Function<String, ProbeResult> probe, Runnable walkThrough) {
    this.person = person;
    this.dossier = dossier;
    this.probe = probe;
    this.walkThrough = walkThrough;
  }

  /** What the human showed to have understood, or waived. */
  public List<Insight> ask() {
    switch (dossier.tier()) {
      case LOW -> {}
      case MEDIUM -> explain("One question: what is different now for whoever uses or calls this?");
      case HIGH -> {
        explain("In your own words, what does this change do?");
        invariant();
        predict();
      }
    }
    return List.copyOf(insights);
  }

  /** How far this goes, for whoever is about to begin. */
  public static String announced(Tier tier) {
    return switch (tier) {
      case LOW -> "";
      case MEDIUM -> "Medium tier: one question before it lands; «waive WHY» skips it.";
      case HIGH ->
          "High tier: explain it, name its invariant, and foretell one outcome, which is then run;"
              + " «waive WHY» skips a question and is counted.";
    };
  }

  private void explain(String question) {
    answered(question, a -> a.split("\\s+").length >= WORDS_MIN, "In a few more words, please.")
        .ifPresent(a -> insights.add(new Insight(Insight.Kind.EXPLAINED, a)));
  }

  private void invariant() {
    List<String> ids = dossier.invariants().stream().map(Invariant::id).toList();
    Predicate<String> names =
        ids.isEmpty()
            ? a -> a.split("\\s+").length >= WORDS_MIN
            : a -> ids.stream().anyMatch(id -> names(a, id));
    String question =
        ids.isEmpty()
            ? "Which invariant does it keep or bring about? One sentence."
            : "Which of the repository's invariants does it bear, and how is it kept?";
    answered(question, names, ids.isEmpty() ? "As a sentence, please." : "Name one by its id.")
        .ifPresent(a -> insights.add(new Insight(Insight.Kind.EXPLAINED, "invariant: " + a)));
  }

  /** Whether the id stands in the text, and not as a part of another one. */
  private static boolean names(String text, String id) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(id) + "(?![\\w-])").matcher(text).find();
  }

  /** An answer that will do, within the tries; then the walk-through, then one more. */
  private Optional<String> answered(String question, Predicate<String> will, String hint) {
    for (int attempt = 1; attempt <= TRIES + 1; attempt++) {
      Optional<String> answer = person.ask(question);
      if (answer.isEmpty() || waived(answer.get())) {
        return Optional.empty();
      }
      if (will.test(answer.get().strip())) {
        return answer.map(String::strip);
      }
      person.tell(hint);
      if (attempt == TRIES) {
        walkThrough.run();
      }
    }
    insights.add(new Insight(Insight.Kind.WAIVED, "no answer: " + question));
    return Optional.empty();
  }

  private boolean waived(String answer) {
    Matcher waive = WAIVE.matcher(answer.strip());
    if (!waive.matches()) {
      return false;
    }
    insights.add(new Insight(Insight.Kind.WAIVED, waive.group("why").strip()));
    return true;
  }

  /** One changed input: what comes out is run, on the base and on the candidate. */
  private void predict() {
    for (int attempt = 1; attempt <= TRIES + 1; attempt++) {
      Optional<String> command =
          person.ask("A command that runs the changed code, with an input that no test uses:");
      if (command.isEmpty() || waived(command.get())) {
        return;
      }
      Optional<String> expected =
          person.ask("What will it print on the candidate? («same»: as on the base)");
      if (expected.isEmpty() || waived(expected.get())) {
        return;
      }
      if (cameTrue(command.get().strip(), expected.get().strip())) {
        return;
      }
      if (attempt == TRIES) {
        walkThrough.run();
      }
    }
    insights.add(new Insight(Insight.Kind.WAIVED, "no prediction came true"));
  }

  private boolean cameTrue(String command, String expected) {
    ProbeResult ran = probe.apply(command);
    person.tell("base:      " + ran.base());
    person.tell("candidate: " + ran.candidate());
    if (expected.equals("same")) {
      if (!ran.differs()) {
        person.tell("Right: the change leaves this as it was.");
        keep(command, expected, ran);
      }
      return !ran.differs();
    }
    if (!ran.differs()) {
      person.tell("This input does not show the change: both print the same. Choose another.");
      return false;
    }
    boolean right = ran.candidate().equals(expected);
    person.tell(right ? "Right." : "Not what you expected. That is worth a second look.");
    if (right) {
      keep(command, expected, ran);
    }
    return right;
  }

  private void keep(String command, String expected, ProbeResult ran) {
    insights.add(
        new Insight(
            Insight.Kind.PREDICTED,
            "«%s» gives «%s», was «%s»".formatted(command, ran.candidate(), ran.base())
                + (expected.equals("same") ? " (foretold: the same)" : "")));
  }
}

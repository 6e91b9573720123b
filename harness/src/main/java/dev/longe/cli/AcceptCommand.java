package dev.longe.cli;

import dev.longe.core.Event;
import dev.longe.core.Insight;
import dev.longe.core.TaskState;
import dev.longe.core.Tier;
import dev.longe.intake.InvalidInput;
import dev.longe.review.Dossier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe accept}: the human's yes. */
@Command(name = "accept")
final class AcceptCommand extends HumanCommand {
  @Option(names = "--branch-only", description = "Put the change on the branch longe/TASK instead.")
  boolean branchOnly;

  @Option(
      names = "--waive",
      paramLabel = "WHY",
      description =
          "Accept a change of the high tier without «longe review». The waiver and its reason are"
              + " recorded.")
  Optional<String> waive = Optional.empty();

  private Optional<Event.Accepted> afterReview = Optional.empty();

  AcceptCommand(App app) {
    super(app, false);
  }

  /** The yes after a review. */
  static AcceptCommand after(App app, TaskState task, Event.Reviewed review) {
    AcceptCommand accept = new AcceptCommand(app);
    accept.task = task.id().text();
    accept.afterReview =
        Optional.of(
            new Event.Accepted(review.by(), false, task.candidateCommit(), Optional.of(review)));
    return accept;
  }

  @Override
  Event.Word word(TaskState state) {
    return afterReview.orElseGet(() ->
        new Event.Accepted(
            app().tasks().reviewer(state, app().directory()),
            branchOnly,
            LastShown.of(app(), state),
            Optional.empty()));
  }

  @Override
  Event.Word whole(Event.Word word, TaskState state) {
    int attempt = state.attempts().size();
    boolean known = state.reviews().stream().anyMatch(r -> r.attempt() == attempt);
    return word instanceof Event.Accepted yes && yes.review().isEmpty() && !known
        ? new Event.Accepted(
            yes.by(), yes.branchOnly(), yes.candidate(), Optional.of(unread(yes.by(), state)))
        : word;
  }

  private Event.Reviewed unread(String by, TaskState state) {
    Dossier dossier = Dossiers.of(app(), state);
    if (dossier.tier() == Tier.HIGH && waive.isEmpty()) {
      throw InvalidInput.option(
          "accept",
          "this change is in the high tier (%s); «longe review %s» asks what it takes, or say --waive WHY"
              .formatted(String.join("; ", dossier.tierReasons()), state.id()));
    }
    return new Event.Reviewed(
        state.attempts().size(),
        by,
        dossier.tier(),
        List.of(new Insight(Insight.Kind.WAIVED, waive.orElse("accepted without «longe review»"))),
        Duration.ZERO,
        dossier.lines());
  }
}

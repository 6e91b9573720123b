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

  private Optional<Event.Reviewed> reviewed = Optional.empty();

  AcceptCommand(App app) {
    super(app, false);
  }

  /** The yes after a review. */
  static AcceptCommand after(App app, TaskState task, Event.Reviewed review) {
    AcceptCommand accept = new AcceptCommand(app);
    accept.task = task.id().text();
    accept.reviewed = Optional.of(review);
    return accept;
  }

  @Override
  Event word() {
    return new Event.Accepted(Reviewer.of(app(), app().state(app().task(task))), branchOnly);
  }

  @Override
  List<Event> before(TaskState state) {
    int attempt = state.attempts().size();
    boolean known = state.reviews().stream().anyMatch(r -> r.attempt() == attempt);
    return known ? List.of() : List.of(reviewed.orElseGet(() -> unread(state, attempt)));
  }

  private Event.Reviewed unread(TaskState state, int attempt) {
    Dossier dossier = Dossiers.of(app(), state);
    if (dossier.tier() == Tier.HIGH && waive.isEmpty()) {
      throw InvalidInput.option(
          "accept",
          "this change is in the high tier (%s); «longe review %s» asks what it takes, or say --waive WHY"
              .formatted(String.join("; ", dossier.tierReasons()), state.id()));
    }
    return new Event.Reviewed(
        attempt,
        Reviewer.of(app(), state),
        dossier.tier(),
        List.of(new Insight(Insight.Kind.WAIVED, waive.orElse("accepted without «longe review»"))),
        Duration.ZERO,
        dossier.lines());
  }
}

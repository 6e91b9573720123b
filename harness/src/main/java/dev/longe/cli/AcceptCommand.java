package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.intake.InvalidInput;
import dev.longe.tasks.Acceptance;
import dev.longe.tasks.WordResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe accept}: accepts a candidate. */
@Command(name = "accept")
final class AcceptCommand extends HumanCommand {
  @Option(names = "--branch-only", description = "Put the change on the branch longe/TASK instead.")
  boolean branchOnly;

  @Option(
      names = "--waive",
      paramLabel = "WHY",
      description =
          "Accept a change of high risk without «longe review». The waiver and its reason are"
              + " recorded.")
  Optional<String> waive = Optional.empty();

  AcceptCommand(App app) {
    super(app, false);
  }

  @Override
  WordResult say(TaskId id) {
    Acceptance.Request request = new Acceptance.Request(branchOnly, waive);
    return switch (app().tasks().accept(id, app().directory(), request)) {
      case Acceptance.Said said -> said.result();
      case Acceptance.NeedsReview high ->
          throw InvalidInput.option(
              "accept",
              "the risk of this change is high (%s); review it with «longe review %s», or use --waive WHY"
                  .formatted(String.join("; ", high.reasons()), id));
    };
  }

  @Override
  int followed(TaskId id, Follower follower) {
    if (detach) {
      Foreground.leave(app(), id);
      return ExitCode.OK.code();
    }
    Optional<String> refusal = Foreground.land(app(), follower, id);
    refusal.ifPresent(app().err()::println);
    return (refusal.isEmpty() ? ExitCode.OK : ExitCode.USAGE).code();
  }
}

package dev.longe.cli;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.Overrides;
import dev.longe.tasks.WordResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that say a word to a task, one for each word. */
final class HumanCommands {
  private HumanCommands() {}

  private static String said(String text, String parameter) {
    if (text.isBlank()) {
      throw InvalidInput.option(parameter, "is empty");
    }
    return text;
  }

  /** A command that says one word and needs nothing else. */
  abstract static class WordCommand extends HumanCommand {
    WordCommand(App app, boolean goesOn) {
      super(app, goesOn);
    }

    abstract Event.Word word();

    @Override
    final WordResult say(TaskId id) {
      return app().tasks().say(id, word());
    }
  }

  @Command(name = "steer")
  static final class Steer extends WordCommand {
    @Parameters(index = "1", paramLabel = "MESSAGE", description = "The message to the agent.")
    String message = "";

    Steer(App app) {
      super(app, false);
    }

    @Override
    Event.Word word() {
      return new Event.Steered(said(message, "MESSAGE"), false);
    }
  }

  @Command(name = "pause")
  static final class Pause extends WordCommand {
    Pause(App app) {
      super(app, false);
    }

    @Override
    Event.Word word() {
      return new Event.PauseAsked();
    }
  }

  @Command(name = "resume")
  static final class Resume extends HumanCommand {
    @Option(
        names = "--attempts",
        paramLabel = "N",
        description = "New limit of attempts, including those made so far.")
    Optional<String> attempts = Optional.empty();

    @Option(
        names = "--money",
        paramLabel = "$N",
        description = "New limit in US dollars, including those spent so far.")
    Optional<String> money = Optional.empty();

    @Option(
        names = "--tokens",
        paramLabel = "N",
        description = "New limit of tokens, including those used so far.")
    Optional<String> tokens = Optional.empty();

    @Option(
        names = "--time",
        paramLabel = "TIME",
        description = "New limit of working time, including the time used so far.")
    Optional<String> time = Optional.empty();

    Resume(App app) {
      super(app, true);
    }

    @Override
    WordResult say(TaskId id) {
      return app().tasks().resume(id, Overrides.raise(attempts, money, tokens, time));
    }
  }

  @Command(name = "stop")
  static final class Stop extends WordCommand {
    Stop(App app) {
      super(app, false);
    }

    @Override
    Event.Word word() {
      return new Event.StopAsked();
    }

    @Override
    int followed(TaskId id, Follower follower) {
      app().tasks().stopCaveat().ifPresent(app().err()::println);
      app().out().println("Continue it with: longe resume " + id);
      return super.followed(id, follower);
    }
  }

  @Command(name = "answer")
  static final class Answer extends HumanCommand {
    @Parameters(index = "1", paramLabel = "TEXT", description = "The answer.")
    String text = "";

    Answer(App app) {
      super(app, true);
    }

    @Override
    WordResult say(TaskId id) {
      return app().tasks().answer(id, said(text, "TEXT"));
    }
  }

  @Command(name = "reject")
  static final class Reject extends HumanCommand {
    @Option(
        names = "--because",
        required = true,
        paramLabel = "TEXT",
        description = "What is wrong with the candidate. The agent gets this text.")
    String because = "";

    Reject(App app) {
      super(app, true);
    }

    @Override
    WordResult say(TaskId id) {
      return app().tasks().reject(id, said(because, "--because"));
    }
  }

  @Command(name = "discard")
  static final class Discard extends HumanCommand {
    Discard(App app) {
      super(app, false);
    }

    @Override
    WordResult say(TaskId id) {
      return app().tasks().discard(id);
    }
  }
}

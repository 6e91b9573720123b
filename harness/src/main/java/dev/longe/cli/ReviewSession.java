package dev.longe.cli;

import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.intake.InvalidInput;
import dev.longe.review.Dossier;
import dev.longe.review.DossierText;
import dev.longe.review.Examination;
import dev.longe.tasks.AgentTree;
import dev.longe.tasks.ReviewStep;
import dev.longe.tasks.TaskReview;
import dev.longe.tasks.WordResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows the review of one task on a terminal, and reads the reviewer's input. */
final class ReviewSession {
  private static final Pattern COMMENT = Pattern.compile("(\\S+):(\\d{1,9})\\s+(.+)");
  private static final String HELP =
      """
      d             show the next file (also Enter)
      a             accept
      r WHY         reject; the agent gets WHY and your comments as its next message
      c FILE:LINE TEXT   comment on a line
      t             take over: open the agent's session, or a shell in its tree
      s PATH …      split: keep only these paths; the rest becomes a new task
      x             discard
      k             skip this task
      q             quit\
      """;

  /** What the session does after a command. */
  private enum Then {
    STAY,
    NEXT_TASK,
    QUIT
  }

  private final App app;
  private final BufferedReader in;
  private final TaskId task;
  private final TaskReview review;

  ReviewSession(App app, BufferedReader in, TaskId task) {
    this.app = app;
    this.in = in;
    this.task = task;
    this.review = app.tasks().review(task, app.directory());
  }

  private void tell(String line) {
    app.out().println(line);
  }

  /** A line that the reviewer types; empty if the input has ended. */
  private Optional<String> ask(String question) {
    app.out().println();
    app.out().print(app.style().bold(question) + " ");
    app.out().flush();
    try {
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns false if the reviewer wants no further task. */
  boolean run() {
    DossierText.terminal(review.dossier(), app.style()).forEach(this::tell);
    String announced =
        review.task().acceptable() ? Examination.announced(review.dossier().tier()) : "";
    if (!announced.isEmpty()) {
      tell("");
      tell(app.style().note(announced));
    }
    Then then = Then.STAY;
    while (then == Then.STAY) {
      String unread = review.unread() == 0 ? "read" : review.unread() + " unread";
      Optional<String> line = ask("[%s] d a r c t s x k q ?".formatted(unread));
      then = line.isEmpty() ? Then.QUIT : obeyed(line.get().strip());
    }
    return then == Then.NEXT_TASK;
  }

  private Then obeyed(String said) {
    String command = said.isEmpty() ? "d" : said.split("\\s+", 2)[0];
    String rest = said.substring(Math.min(said.length(), command.length())).strip();
    try {
      return switch (command) {
        case "d" -> show();
        case "c" -> comment(rest);
        case "t" -> takeOver();
        case "a" -> accept();
        case "r" -> reject(rest);
        case "s" -> split(rest);
        case "x" -> decided(review::discard);
        case "k" -> Then.NEXT_TASK;
        case "q" -> Then.QUIT;
        case "?" -> staying(HELP);
        default -> staying("«" + command + "» is not a command; ? lists the commands.");
      };
    } catch (InvalidInput | Fault e) {
      return staying(String.valueOf(e.getMessage()));
    }
  }

  private Then staying(String line) {
    tell(line);
    return Then.STAY;
  }

  private Then show() {
    Optional<Dossier.FileToRead> next = review.next();
    return staying(next.map(this::diff).orElse("All files are shown; a accepts, r WHY rejects."));
  }

  private String diff(Dossier.FileToRead file) {
    return review.diff(file, app.style().colour());
  }

  private Then comment(String text) {
    Matcher m = COMMENT.matcher(text);
    boolean kept =
        m.matches() && review.comment(m.group(1), Integer.parseInt(m.group(2)), m.group(3));
    return staying(
        kept
            ? "The comment is noted. The agent gets it when you reject."
            : "A comment must be FILE:LINE TEXT, and FILE must be a file of this change.");
  }

  private Then accept() {
    Follower follower = new Follower(app, task, false).fromNow();
    ReviewStep step = review.accept();
    while (true) {
      step.told().forEach(this::tell);
      switch (step) {
        case ReviewStep.Asks asks -> {
          if (asks.walkThrough()) {
            review.toRead().forEach(file -> tell(diff(file)));
          }
          Optional<String> answer = ask(asks.question().text());
          if (answer.isEmpty()) {
            return staying("The input has ended; nothing is accepted.");
          }
          step = Foreground.telling(follower, () -> asks.answer(answer.get()));
        }
        case ReviewStep.Said said -> {
          return accepted(said.result(), follower);
        }
        case ReviewStep.Declined _ -> {
          return Then.STAY;
        }
      }
    }
  }

  private Then accepted(WordResult result, Follower follower) {
    return switch (result) {
      case WordResult.Taken _ ->
          Foreground.land(app, follower, task).map(this::staying).orElse(Then.NEXT_TASK);
      case WordResult.Refused refused -> refused(refused.why());
    };
  }

  private Then reject(String why) {
    Follower follower = new Follower(app, task, false).fromNow();
    return switch (Foreground.telling(follower, () -> review.reject(why))) {
      case TaskReview.Rejection.Said said -> workLeft(said.result());
      case TaskReview.Rejection.NeedsReason _ ->
          staying("Give a reason: r WHY. The agent gets it as its next message.");
    };
  }

  private Then split(String paths) {
    Follower follower = new Follower(app, task, false).fromNow();
    List<String> keep = List.of(paths.split("\\s+"));
    return switch (Foreground.telling(follower, () -> review.split(keep))) {
      case TaskReview.Division.Done split -> {
        tell("The rest (" + Text.list(split.files(), 5) + ") is now task " + split.rest() + ".");
        yield workLeft(split.result());
      }
      case TaskReview.Division.Refused refused -> refused(refused.why());
      case TaskReview.Division.NoPart _ ->
          staying("Name some of the files of this change, but not all: s PATH …");
    };
  }

  private Then takeOver() {
    return switch (review.tree()) {
      case AgentTree.OnWorker _ ->
          staying(
              "The tree is on a worker and can't be taken over. Reject the candidate with a reason,"
                  + " or split it.");
      case AgentTree.Gone _ -> staying("The tree of " + task + " does not exist any more.");
      case AgentTree.Here here -> takeOver(here);
    };
  }

  private Then takeOver(AgentTree.Here tree) {
    tell("The agent's tree, as the agent sees it: " + tree.directory());
    if (app.terminal()) {
      work(tree);
    }
    if (!yes("Run the checks on the tree as it is now? (yes)")) {
      return Then.STAY;
    }
    Follower follower = new Follower(app, task, false).fromNow();
    return workLeft(Foreground.telling(follower, review::takeOver));
  }

  private void work(AgentTree.Here tree) {
    if (!tree.session().isEmpty()
        && yes(
            "Open the agent's session with «%s»? (yes; otherwise a shell in the tree)"
                .formatted(String.join(" ", tree.session())))) {
      review.openSession().forEach(this::tell);
      return;
    }
    String shell = app.environment().all().getOrDefault("SHELL", "/bin/sh");
    tell("This is a shell in the tree; «exit» returns to the review.");
    review.openShell(shell);
  }

  private boolean yes(String question) {
    return ask(question).filter(answer -> answer.strip().equals("yes")).isPresent();
  }

  /** A decision after which nothing is left to do. */
  private Then decided(Supplier<WordResult> word) {
    Follower follower = new Follower(app, task, false).fromNow();
    return switch (Foreground.telling(follower, word)) {
      case WordResult.Taken _ -> Then.NEXT_TASK;
      case WordResult.Refused refused -> refused(refused.why());
    };
  }

  /** Reports the result of a word; the work that follows is left for {@code serve}. */
  private Then workLeft(WordResult result) {
    return switch (result) {
      case WordResult.Taken _ -> {
        Foreground.leave(app, task);
        yield Then.NEXT_TASK;
      }
      case WordResult.Refused refused -> refused(refused.why());
    };
  }

  private Then refused(String why) {
    app.err().println(why);
    return Then.STAY;
  }
}

package dev.longe.cli;

import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Insight;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.intake.InvalidInput;
import dev.longe.review.CandidateChange;
import dev.longe.review.Dossier;
import dev.longe.review.DossierText;
import dev.longe.review.Examination;
import dev.longe.workspace.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One task on the reviewer's table. */
final class ReviewSession implements Examination.Person {
  private static final Pattern COMMENT = Pattern.compile("(\\S+):(\\d+)\\s+(.+)");
  private static final String HELP =
      """
      d             show the next file (Enter too)
      a             accept
      r WHY         reject; WHY, with your comments, is the next message of its session
      c FILE:LINE TEXT   comment on a line
      t             take over: a shell in its tree
      s PATH …      split: only these now, the rest becomes a task of its own
      x             discard
      k             leave it, next task
      q             leave it, quit\
      """;

  private final App app;
  private final BufferedReader in;
  private final TaskState task;
  private final Instant began;
  private final Optional<CandidateChange> change;
  private final Dossier dossier;
  private final Deque<Dossier.Read> unread = new ArrayDeque<>();
  private final List<String> comments = new ArrayList<>();

  ReviewSession(App app, BufferedReader in, TaskState task) {
    this.app = app;
    this.in = in;
    this.task = task;
    this.began = app.now();
    this.change = Dossiers.change(app, task);
    this.dossier = change.map(c -> Dossier.of(task, c)).orElseGet(() -> Dossier.of(task));
    dossier.reading().stream().filter(r -> r.folded().isEmpty()).forEach(unread::add);
  }

  @Override
  public void tell(String line) {
    app.out().println(line);
  }

  @Override
  public Optional<String> ask(String question) {
    app.out().println();
    app.out().print(app.style().bold(question) + " ");
    app.out().flush();
    try {
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** False if the reviewer has had enough. */
  boolean run() {
    DossierText.terminal(dossier, app.style()).forEach(this::tell);
    LastShown.note(app, task);
    String announced = task.acceptable() ? Examination.announced(dossier.tier()) : "";
    if (!announced.isEmpty()) {
      tell("");
      tell(app.style().note(announced));
    }
    while (true) {
      Optional<String> line =
          ask(
              "[%s] d a r c t s x k q ?"
                  .formatted(unread.isEmpty() ? "read" : unread.size() + " unread"));
      if (line.isEmpty()) {
        return false;
      }
      String said = line.get().strip();
      String word = said.isEmpty() ? "d" : said.split("\\s+", 2)[0];
      String rest = said.substring(Math.min(said.length(), word.length())).strip();
      try {
        switch (word) {
          case "d" -> show();
          case "c" -> comment(rest);
          case "t" -> {
            if (new TakeOver(app, task, this).run()) {
              return true;
            }
          }
          case "a" -> {
            if (accept()) {
              return true;
            }
          }
          case "r" -> {
            if (reject(rest)) {
              return true;
            }
          }
          case "s" -> {
            if (split(rest)) {
              return true;
            }
          }
          case "x" -> {
            return say(new Event.Discarded(task.candidateCommit()), false);
          }
          case "k" -> {
            return true;
          }
          case "q" -> {
            return false;
          }
          case "?" -> tell(HELP);
          default -> tell("«" + word + "» is no word here; ? shows what there is.");
        }
      } catch (InvalidInput | Fault e) {
        tell(String.valueOf(e.getMessage()));
      }
    }
  }

  private void show() {
    Dossier.Read next = unread.poll();
    if (next == null || change.isEmpty()) {
      tell("All is shown; a accepts, r WHY rejects.");
      return;
    }
    print(next);
  }

  private void print(Dossier.Read file) {
    Repository repository = Dossiers.repository(app, task);
    CandidateChange c = change.orElseThrow();
    tell(
        repository
            .content()
            .diff(c.base(), c.candidate(), app.style().colour(), List.of(file.path())));
  }

  private void comment(String text) {
    Matcher m = COMMENT.matcher(text);
    boolean known =
        m.matches() && dossier.reading().stream().anyMatch(r -> r.path().equals(m.group(1)));
    if (!known) {
      tell("A comment is FILE:LINE TEXT, with a file of this change.");
      return;
    }
    comments.add(text);
    tell("Noted; it goes with your rejection.");
  }

  private boolean accept() {
    if (!task.acceptable()) {
      tell(task.id() + " can't be accepted: it is " + task.state().word() + ".");
      return false;
    }
    List<Insight> insights = new ArrayList<>();
    if (unread.isEmpty()) {
      insights.add(new Insight(Insight.Kind.REVIEWED, ""));
    } else {
      Optional<String> sure =
          ask("%d files are unread. Accept without reading them? (yes)".formatted(unread.size()));
      if (sure.filter(s -> s.strip().equals("yes")).isEmpty()) {
        return false;
      }
      insights.add(new Insight(Insight.Kind.WAIVED, unread.size() + " files unread"));
    }
    insights.addAll(
        new Examination(
                this,
                dossier,
                command -> app.effects().probe(task, command),
                () ->
                    dossier.reading().stream()
                        .filter(r -> r.folded().isEmpty())
                        .forEach(this::print))
            .ask());
    Event.Reviewed review = reviewed(insights);
    int code = AcceptCommand.after(app, task, review).call();
    return code == ExitCode.OK.code();
  }

  private Event.Reviewed reviewed(List<Insight> insights) {
    return new Event.Reviewed(
        task.attempts().size(),
        app.tasks().reviewer(task, app.directory()),
        dossier.tier(),
        insights,
        Duration.between(began, app.now()),
        dossier.lines());
  }

  private boolean reject(String why) {
    if (why.isBlank() && comments.isEmpty()) {
      tell("Say why: r WHY. It is what the agent reads next.");
      return false;
    }
    List<String> parts = new ArrayList<>();
    if (!why.isBlank()) {
      parts.add(why);
    }
    comments.forEach(c -> parts.add("- " + c));
    return say(new Event.Rejected(String.join("\n", parts), task.candidateCommit()), true);
  }

  private boolean split(String paths) {
    List<String> keep = List.of(paths.split("\\s+"));
    List<String> rest =
        dossier.reading().stream().map(Dossier.Read::path).filter(p -> !keep.contains(p)).toList();
    boolean known = dossier.reading().stream().map(Dossier.Read::path).toList().containsAll(keep);
    if (!known || rest.isEmpty() || change.isEmpty()) {
      tell("Name some, not all, of the files of this change: s PATH …");
      return false;
    }
    TaskId follow = new Split(app, task, change.get()).rest(rest);
    tell("The rest (" + Text.list(rest, 5) + ") is task " + follow + ".");
    return say(
        new Event.Rejected(
            "This is too much for one review. Keep only the change of "
                + String.join(", ", keep)
                + " and what it cannot do without; undo the rest, which is another task now.",
            task.candidateCommit()),
        true);
  }

  /** Leaves a word; work that follows from it is for {@code serve}. */
  boolean say(Event.Word word, boolean goesOn) {
    HumanCommand command =
        new HumanCommand(app, goesOn) {
          @Override
          Event.Word word(TaskState state) {
            return word;
          }
        };
    command.task = task.id().text();
    command.detach = goesOn;
    return command.call() == ExitCode.OK.code();
  }
}

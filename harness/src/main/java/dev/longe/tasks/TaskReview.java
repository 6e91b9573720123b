package dev.longe.tasks;

import dev.longe.core.AgentSpec;
import dev.longe.core.Attempt;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Insight;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.AgentSession;
import dev.longe.review.CandidateChange;
import dev.longe.review.Dossier;
import dev.longe.review.Examination;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A human's review of one task: they read its change, then decide. Every decision names the
 * candidate that this review shows; if the task has another one by then, the word is refused with
 * what changed, and a new review has to be opened. Not safe for use by many threads. Every method
 * may throw a {@link dev.longe.core.Fault} when the repository, the journal or the engine can't be
 * used.
 */
public final class TaskReview {
  private final JournaledTasks tasks;
  private final TaskState task;
  private final Path directory;
  private final Instant began;
  private final Optional<CandidateChange> change;
  private final Dossier dossier;
  private final Deque<Dossier.FileToRead> unread = new ArrayDeque<>();
  private final List<String> comments = new ArrayList<>();

  /**
   * @param task as it is shown
   * @param directory the reviewer's current directory, see {@link Tasks#reviewer}
   */
  TaskReview(JournaledTasks tasks, TaskState task, Path directory) {
    this.tasks = tasks;
    this.task = task;
    this.directory = directory;
    this.began = tasks.installation().clock().instant();
    this.change = Dossiers.change(tasks.installation(), task);
    this.dossier = Dossiers.of(task, change);
    unread.addAll(toRead());
  }

  /** The result of a rejection. */
  public sealed interface Rejection {
    /** The word was said. */
    record Said(WordResult result) implements Rejection {}

    /** Nothing was said: there is neither a reason nor a comment. */
    record NeedsReason() implements Rejection {}
  }

  /** The result of a split. */
  public sealed interface Division {
    /**
     * The rest is a task of its own, and a word keeps this task to its part.
     *
     * @param files of the rest
     */
    record Done(TaskId rest, List<String> files, WordResult result) implements Division {
      public Done {
        files = List.copyOf(files);
      }
    }

    /** The task can't take the word that is needed for it; nothing was done. */
    record Refused(String why) implements Division {}

    /** The paths are not a part of this change: some, not all, of its files. */
    record NoPart() implements Division {}
  }

  /** The task as this review shows it. */
  public TaskState task() {
    return task;
  }

  public Dossier dossier() {
    return dossier;
  }

  /** The candidate that this review shows and that its decisions name; empty if there is none. */
  public Optional<Commit> candidate() {
    return task.candidateCommit();
  }

  /** The files that a human is to read, in reading order. */
  public List<Dossier.FileToRead> toRead() {
    return dossier.reading().stream().filter(r -> r.folded().isEmpty()).toList();
  }

  /** How many files to read were not shown yet. */
  public int unread() {
    return unread.size();
  }

  /** The next unread file, which counts as read from now on; empty if all are read. */
  public Optional<Dossier.FileToRead> next() {
    return Optional.ofNullable(unread.poll());
  }

  /**
   * What the candidate changes in a file of this review.
   *
   * @param coloured whether the text has the colours of a terminal
   */
  public String diff(Dossier.FileToRead file, boolean coloured) {
    CandidateChange c = change.orElseThrow();
    return tasks
        .installation()
        .repository(Path.of(task.submitted().source().repository()))
        .content()
        .diff(c.base(), c.candidate(), coloured, List.of(file.path()));
  }

  /**
   * Keeps a comment on a line; all comments go with the rejection.
   *
   * @return false if the change has no such file; then nothing is kept
   */
  public boolean comment(String file, int line, String text) {
    boolean known = paths().contains(file);
    if (known) {
      comments.add("%s:%d %s".formatted(file, line, text));
    }
    return known;
  }

  /** Comments so far, each as {@code FILE:LINE TEXT}. */
  public List<String> comments() {
    return List.copyOf(comments);
  }

  /**
   * Accepts the candidate, after the questions that its tier asks. No word is said before the last
   * question is answered; a review that ends earlier accepts nothing.
   */
  public ReviewStep accept() {
    if (!task.acceptable()) {
      return new ReviewStep.Said(
          List.of(),
          new WordResult.Refused(
              task.id() + " can't be accepted: it is " + task.state().word() + "."));
    }
    return go(Examination.of(dossier, unread.size()));
  }

  /** Continues the examination up to the next question. */
  ReviewStep go(Examination examination) {
    return switch (examination) {
      case Examination.Asking asking -> new ReviewStep.Asks(this, asking);
      case Examination.Probing probing -> go(probing.ran(tasks.probe(task, probing.command())));
      case Examination.Finished finished ->
          new ReviewStep.Said(finished.told(), accepted(finished));
      case Examination.Declined _ -> new ReviewStep.Declined();
    };
  }

  private WordResult accepted(Examination.Finished finished) {
    Event.Reviewed review = reviewed(finished.insights());
    return tasks.say(
        task.id(), new Event.Accepted(review.by(), false, candidate(), Optional.of(review)));
  }

  private Event.Reviewed reviewed(List<Insight> insights) {
    return new Event.Reviewed(
        task.attempts().size(),
        by(),
        dossier.tier(),
        insights,
        Duration.between(began, tasks.installation().clock().instant()),
        dossier.lines());
  }

  private String by() {
    return tasks.reviewer(task, directory);
  }

  /** Sends the candidate back with a reason and the comments, one of them at least. */
  public Rejection reject(String why) {
    if (why.isBlank() && comments.isEmpty()) {
      return new Rejection.NeedsReason();
    }
    List<String> parts = new ArrayList<>();
    if (!why.isBlank()) {
      parts.add(why);
    }
    comments.forEach(c -> parts.add("- " + c));
    return new Rejection.Said(
        tasks.say(task.id(), new Event.Rejected(String.join("\n", parts), candidate())));
  }

  /** Limits the task to some files of its change, and makes the rest a separate task. */
  public Division split(List<String> keep) {
    List<String> rest = paths().stream().filter(p -> !keep.contains(p)).toList();
    if (change.isEmpty() || rest.isEmpty() || !paths().containsAll(keep)) {
      return new Division.NoPart();
    }
    Event.Rejected word =
        new Event.Rejected(
            "This is too much for one review. Keep only the change of "
                + String.join(", ", keep)
                + " and what it cannot do without; undo the rest, which is another task now.",
            candidate());
    Optional<String> refusal = HumanWord.refusal(tasks.state(task.id()), word);
    return refusal.isPresent()
        ? new Division.Refused(refusal.get())
        : new Division.Done(
            new Split(tasks, task, change.get()).rest(rest), rest, tasks.say(task.id(), word));
  }

  private List<String> paths() {
    return dossier.reading().stream().map(Dossier.FileToRead::path).toList();
  }

  /** Where the agent's tree is, for a human who wants to change it. */
  public AgentTree tree() {
    return tasks.runsHere()
        ? tasks
            .agentTree(task)
            .<AgentTree>map(
                d -> new AgentTree.Here(d, task.last().map(this::sessionCommand).orElse(List.of())))
            .orElseGet(AgentTree.Gone::new)
        : new AgentTree.OnWorker();
  }

  /**
   * The command that opens the session in the agent's program; empty if the user no longer has this
   * agent.
   */
  private List<String> sessionCommand(Attempt attempt) {
    AgentSpec agent = task.loop().agents().get(attempt.agent());
    return tasks.installation().agents().names().contains(agent.driver())
        ? session().command()
        : List.of();
  }

  private AgentSession session() {
    return tasks.installation().effects((_, _) -> {}).session(task);
  }

  /**
   * Opens the agent's session on the terminal of this process, and returns when it has ended.
   *
   * @return what the user should know afterwards
   */
  public List<String> openSession() {
    return session().open();
  }

  /** Opens a shell in the agent's tree on the terminal, and returns when it has ended. */
  public void openShell(String program) {
    session().shell(program);
  }

  /** Runs the checks on the agent's tree as the human left it. */
  public WordResult takeOver() {
    return tasks.say(task.id(), new Event.TakenOver(by(), candidate()));
  }

  /** Discards the task. */
  public WordResult discard() {
    return tasks.say(task.id(), new Event.Discarded(candidate()));
  }
}

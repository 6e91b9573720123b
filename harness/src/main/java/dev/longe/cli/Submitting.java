package dev.longe.cli;

import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.tasks.Note;
import dev.longe.tasks.Submission;

/** Shows the result of a request. */
final class Submitting {
  private Submitting() {}

  /**
   * The new task's id; the notes are printed.
   *
   * @throws dev.longe.intake.InvalidInput with all problems, if the request was refused
   */
  static TaskId task(App app, Submission submission) {
    submission.notes().forEach(n -> app.err().println(line(n)));
    return submission.accepted();
  }

  private static String line(Note note) {
    return switch (note) {
      case Note.UncommittedFiles u ->
          "Note: uncommitted changes in %s are not part of the task; it starts from %s."
              .formatted(Text.count(u.files(), "file"), u.base().brief());
      case Note.Filters f ->
          "Note: %s: no filter runs for a task; its files are as the commit has them, for git-lfs pointer files."
              .formatted(String.join(", ", f.names()));
      case Note.DetachedHead _ ->
          "Note: no branch is checked out; if you accept the change, it lands on the branch"
              + " longe/TASK.";
      case Note.LoopOutsideBase l ->
          "Note: the loop is read from %s; the commit %s does not contain this file."
              .formatted(l.file(), l.base().brief());
      case Note.NoCredentials c ->
          "Note: no credentials for %s were found; %s.".formatted(c.agent(), c.remedy());
      case Note.NotConfined n -> "Note: " + n.why();
      case Note.OpenQuestion q -> "Open question: " + q.question();
    };
  }
}

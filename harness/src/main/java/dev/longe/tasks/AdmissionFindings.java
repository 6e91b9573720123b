package dev.longe.tasks;

import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is found wrong with one request, and what is noted. Used by one thread. */
final class AdmissionFindings {
  private final List<Problem> problems = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();

  /** What is wrong with the task, its loop or this machine. */
  void problem(String path, String message) {
    problems.add(new Problem("task", 0, path, message));
  }

  /** What is wrong with an option of the request. */
  void option(String option, String message) {
    problems.add(new Problem("command line", 0, option, message));
  }

  void all(List<Problem> more) {
    problems.addAll(more);
  }

  void note(Note note) {
    notes.add(note);
  }

  /** What is read; empty if it is invalid, and then its problems are kept. */
  <T> Optional<T> reading(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (InvalidInput e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  Submission.Refused refused() {
    return new Submission.Refused(problems, notes);
  }

  List<Note> notes() {
    return List.copyOf(notes);
  }
}

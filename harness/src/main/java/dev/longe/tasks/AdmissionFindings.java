package dev.longe.tasks;

import dev.longe.intake.InvalidInput;
import dev.longe.intake.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The problems and notes of one request. Used by one thread. */
final class AdmissionFindings {
  private final List<Problem> problems = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();

  /** Adds a problem of the task, its loop or this machine. */
  void problem(String path, String message) {
    problems.add(new Problem("task", 0, path, message));
  }

  /** Adds a problem with an option of the request. */
  void option(String option, String message) {
    problems.add(new Problem("command line", 0, option, message));
  }

  void all(List<Problem> more) {
    problems.addAll(more);
  }

  void note(Note note) {
    notes.add(note);
  }

  /** The result of {@code read}. If the input is invalid, adds its problems and returns empty. */
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

package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.policy.Readiness;
import java.nio.file.Path;

/** Something about a request that the user should know, and that stops nothing. */
public sealed interface Note {
  /**
   * The work tree has changes that are no part of the task.
   *
   * @param files how many files are changed
   * @param base the commit from which the task starts
   */
  record UncommittedFiles(int files, Commit base) implements Note {}

  /** The loop comes from a file that the base does not hold. */
  record LoopOutsideBase(Path file, Commit base) implements Note {}

  /**
   * No credentials of an agent were found.
   *
   * @param agent the name of its driver
   * @param remedy how to get them
   */
  record NoCredentials(String agent, String remedy) implements Note {}

  /** A question that the task leaves open. */
  record OpenQuestion(Readiness.Question question) implements Note {}
}

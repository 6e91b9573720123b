package dev.longe.tasks;

import dev.longe.core.Commit;
import dev.longe.core.policy.Readiness;
import java.nio.file.Path;
import java.util.List;

/** Something that the user should know about a request, but that does not prevent it. */
public sealed interface Note {
  /**
   * The work tree has uncommitted changes, which are not part of the task.
   *
   * @param files how many files are changed
   * @param base the commit from which the task starts
   */
  record UncommittedFiles(int files, Commit base) implements Note {}

  /**
   * The repository's attributes name filters, which run in no tree of a task.
   *
   * @param names for example {@code lfs}
   */
  record Filters(List<String> names) implements Note {
    public Filters {
      names = List.copyOf(names);
    }
  }

  /** No branch is checked out, so an accepted change lands on a branch of its own. */
  record DetachedHead() implements Note {}

  /** The loop comes from a file that is not in the base commit. */
  record LoopOutsideBase(Path file, Commit base) implements Note {}

  /**
   * No credentials of an agent were found.
   *
   * @param agent the name of its driver
   * @param remedy how to get them
   */
  record NoCredentials(String agent, String remedy) implements Note {}

  /** The task leaves a question open. */
  record OpenQuestion(Readiness.Question question) implements Note {}

  /**
   * The processes of the task are not confined on this machine.
   *
   * @param why in one sentence
   */
  record NotConfined(String why) implements Note {}
}

package dev.longe.review;

import static dev.longe.testing.TaskHistory.BASE;

import dev.longe.core.Commit;
import dev.longe.core.Invariant;
import dev.longe.workspace.Content.FileChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** SampleChanges as they would be read from a repository. */
final class SampleChanges {
  private static final Commit CANDIDATE = new Commit("c".repeat(40));

  private SampleChanges() {}

  static FileChange file(String path, int lines) {
    return new FileChange(path, path, lines, 0, false);
  }

  static FileChange moved(String from, String path, int lines) {
    return new FileChange(path, from, lines, 0, false);
  }

  static FileChange binary(String path) {
    return new FileChange(path, path, 0, 0, true);
  }

  static CandidateChange of(FileChange... files) {
    return new CandidateChange(BASE, CANDIDATE, List.of(files), Map.of(), List.of(), List.of());
  }

  static CandidateChange bearing(CandidateChange change, Invariant... borne) {
    return new CandidateChange(
        change.base(),
        change.candidate(),
        change.files(),
        change.texts(),
        List.of(borne),
        change.dependencies());
  }

  static CandidateChange adding(CandidateChange change, String... dependencies) {
    return new CandidateChange(
        change.base(),
        change.candidate(),
        change.files(),
        change.texts(),
        change.borne(),
        List.of(dependencies));
  }

  /** The change with a file's text. */
  static CandidateChange holding(CandidateChange change, String path, String text) {
    Map<String, String> texts = new HashMap<>(change.texts());
    texts.put(path, text);
    return new CandidateChange(
        change.base(),
        change.candidate(),
        change.files(),
        texts,
        change.borne(),
        change.dependencies());
  }
}

package dev.longe.core.policy;

import dev.longe.core.TaskState;
import dev.longe.core.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fresh session is told in addition to the task. It never contains a transcript.
 *
 * @param tree what the working tree already contains
 * @param evidence what fails now
 * @param refuted what was tried, and what the checks said
 */
public record HandOver(String tree, String evidence, String refuted) {

  static HandOver of(TaskState task) {
    String tree =
        task.candidate()
            .filter(c -> !c.files().isEmpty())
            .map(c ->
                "The working tree holds earlier work: +%d −%d lines in %s. Keep what is right, undo what is not."
                    .formatted(c.added(), c.removed(), Text.list(c.files(), 10)))
            .orElse("The working tree is as the task found it.");
    String evidence =
        task.attempts().reversed().stream()
            .filter(a -> !a.checked().isEmpty())
            .findFirst()
            .map(a -> Prompt.evidence(task, a))
            .orElse("");
    return new HandOver(tree, evidence, Prompt.refutations(task));
  }

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add("# Where this stands\nAn earlier session worked on this and did not finish. " + tree);
    if (!evidence.isBlank()) {
      parts.add(evidence);
    }
    if (!refuted.isBlank()) {
      parts.add("# Tried before, not enough\n" + refuted);
    }
    return String.join("\n\n", parts);
  }
}

package dev.longe.report;

import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.CheckName;
import dev.longe.core.Event;
import dev.longe.core.Reason;
import dev.longe.core.Spans;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page on which a human decides about a task, made from the journal and its receipts alone. */
public final class Dossier {
  private static final int FILES = 12;
  private static final int CHARS = 400;

  private final Style style;
  private final TaskState task;
  private final List<String> lines = new ArrayList<>();

  private Dossier(Style style, TaskState task) {
    this.style = style;
    this.task = task;
  }

  public static List<String> of(Style style, TaskState task) {
    return new Dossier(style, task).write();
  }

  private List<String> write() {
    String reason = task.reason().map(r -> " (" + r.code() + ": " + r.meaning() + ")").orElse("");
    lines.add(style.bold(task.id() + "  " + task.state().word()) + reason);
    task.submitted()
        .text()
        .strip()
        .lines()
        .limit(FILES)
        .forEach(l -> lines.add("  " + Text.clip(l, CHARS)));
    if (!task.note().isBlank()) {
      section("Says");
      task.note().lines().limit(FILES).forEach(l -> lines.add("  " + Text.clip(l, CHARS)));
    }
    task.candidate().ifPresent(this::change);
    checks();
    attempts();
    section("Cost");
    lines.add(
        "  "
            + Prices.shown(task.spent())
            + " of "
            + task.limits().money()
            + "; worked "
            + Spans.shown(task.worked()));
    next();
    return lines;
  }

  private void section(String title) {
    lines.add("");
    lines.add(style.bold(title));
  }

  private void change(Candidate c) {
    section("Candidate " + c.number() + "  " + c.commit().brief());
    lines.add(
        c.files().isEmpty()
            ? "  changes nothing"
            : "  +%d −%d lines in %s"
                .formatted(c.added(), c.removed(), Text.list(c.files(), FILES)));
    if (!c.protectedTouched().isEmpty()) {
      lines.add(style.note("  touches protected paths: " + Text.list(c.protectedTouched(), FILES)));
    }
  }

  private void checks() {
    Optional<Attempt> last = task.last();
    if (last.isEmpty() || task.verdicts().isEmpty()) {
      return;
    }
    section("Checks on candidate " + last.get().number());
    for (Verdict v : task.verdicts().values()) {
      lines.add(
          "  " + word(v) + "  " + v.check() + receipt(last.get(), v.check()) + red(v.check()));
    }
    List<String> not =
        task.loop().checks().stream()
            .map(c -> c.name())
            .filter(n -> !task.verdicts().containsKey(n))
            .map(CheckName::text)
            .toList();
    if (!not.isEmpty()) {
      lines.add("  not run: " + Text.list(not, FILES));
    }
  }

  private String word(Verdict v) {
    return switch (v) {
      case Verdict.Passed _ -> style.good("passed ");
      case Verdict.Failed _ -> style.bad("failed ");
      case Verdict.Broken _ -> style.bad("broken ");
      case Verdict.Waiting _ -> style.note("waiting");
    };
  }

  private String receipt(Attempt attempt, CheckName check) {
    return attempt.checked().stream()
        .filter(c -> c.verdict().check().equals(check))
        .map(Event.Checked::receipt)
        .reduce((_, later) -> later)
        .map(r ->
            style.dim(
                "  receipt %s: exit %d in %s on tree %s"
                    .formatted(r.id(), r.exit(), Spans.shown(r.took()), Text.clip(r.tree(), 11))))
        .orElse("");
  }

  private String red(CheckName check) {
    boolean seen =
        task.base().stream()
            .anyMatch(
                b -> b.verdict().check().equals(check) && b.verdict() instanceof Verdict.Failed);
    return seen ? "  seen to fail on the base" : "";
  }

  private void attempts() {
    if (task.attempts().isEmpty()) {
      return;
    }
    section("Attempts");
    for (Attempt a : task.attempts()) {
      String stop = a.stop().map(Narration::word).orElse("running");
      String change =
          a.candidate().map(c -> ", +%d −%d lines".formatted(c.added(), c.removed())).orElse("");
      List<String> failed =
          a.checked().stream()
              .map(Event.Checked::verdict)
              .filter(v -> !(v instanceof Verdict.Passed))
              .map(v -> v.check() + " " + v.word())
              .distinct()
              .toList();
      String refused = failed.isEmpty() ? "" : "; refused: " + Text.list(failed, 3);
      lines.add(
          "  %d  %s, session %d: %s%s%s"
              .formatted(a.number(), a.move().word(), a.session(), stop, change, refused));
    }
  }

  private void next() {
    List<String> commands =
        switch (task.state()) {
          case PROPOSED -> List.of("diff", "accept", "reject --because \"…\"", "discard");
          case ASKING -> asking();
          case STOPPED -> List.of("resume", "diff", "discard");
          case WAITING -> List.of("resume", "stop");
          case QUEUED, PREPARING, ATTEMPTING, CHECKING ->
              List.of("log -f", "steer \"…\"", "pause", "stop");
          case LANDED, DISCARDED -> List.of();
        };
    if (!commands.isEmpty()) {
      section("Next");
      commands.forEach(c -> lines.add("  " + command(c)));
    }
  }

  private List<String> asking() {
    boolean yes =
        task.reason()
            .filter(r -> r == Reason.HUMAN_CHECK || r == Reason.PROTECTED_TOUCHED)
            .isPresent();
    return yes
        ? List.of("diff", "accept", "reject --because \"…\"", "discard")
        : List.of("answer \"…\"", "diff", "stop", "discard");
  }

  /** The command with the task's id after its name. */
  private String command(String words) {
    int blank = words.indexOf(' ');
    return blank < 0
        ? "longe " + words + " " + task.id()
        : "longe " + words.substring(0, blank) + " " + task.id() + words.substring(blank);
  }
}

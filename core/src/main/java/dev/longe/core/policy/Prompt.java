package dev.longe.core.policy;

import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.Invariant;
import dev.longe.core.LimitName;
import dev.longe.core.Mode;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.Remark;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.core.Verdict;
import dev.longe.core.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Builds the prompt of an attempt from the journal alone. */
public final class Prompt {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

  /** The variable that stands for the task's text. */
  public static final String TASK = "task";

  private static final int INVARIANTS_MAX = 20;
  private static final int REMARKS_TOLD = 8;

  private Prompt() {}

  /** The unknown variables of a template; empty for a valid template. */
  public static List<String> unknownVariables(String template) {
    return VARIABLE
        .matcher(template)
        .results()
        .map(m -> m.group(1))
        .filter(v -> !v.equals(TASK))
        .distinct()
        .toList();
  }

  /**
   * The prompt of the attempt that {@code start} starts.
   *
   * @param answerFile the file in which the agent may leave its structured answer
   */
  public static String of(TaskState task, Decision.Start start, String answerFile) {
    List<String> parts = new ArrayList<>();
    boolean goesOn = start.move() == Move.CONTINUE;
    if (!goesOn) {
      parts.add(spec(task));
      if (!task.frame().invariants().isEmpty()) {
        parts.add(invariants(task.frame().invariants()));
      }
    }
    Optional<Attempt> last = task.last();
    if (goesOn) {
      last.ifPresent(a -> parts.add(followUp(task, a, start.reason())));
    } else {
      last.ifPresent(_ -> parts.add(HandOver.of(task).text()));
      last.filter(_ -> start.reason() == Reason.GETTING_WORSE)
          .ifPresent(a -> parts.add(smaller(task, a)));
    }
    if (!task.messages().isEmpty()) {
      parts.add("From the human:\n" + String.join("\n\n", task.messages()));
    }
    if (!goesOn) {
      parts.add(exits(answerFile));
    }
    return String.join("\n\n", parts) + "\n";
  }

  private static String spec(TaskState task) {
    String spec =
        VARIABLE
            .matcher(task.loop().prompt())
            .replaceAll(Matcher.quoteReplacement(task.submitted().text()))
            .strip();
    return task.loop().mode() == Mode.EXECUTE
        ? spec
        : spec
            + "\n\n"
            + "This explores: nothing of it lands. Write what you found, with its evidence and what"
            + " you would do, to FINDINGS.md.";
  }

  /** The section about the invariants of the repository. */
  private static String invariants(List<Invariant> invariants) {
    List<String> lines = new ArrayList<>();
    lines.add("# What always holds here");
    for (Invariant i : invariants.stream().limit(INVARIANTS_MAX).toList()) {
      lines.add("- " + i.id() + ": " + i.sentence() + " (" + Text.list(i.paths(), 5) + ")");
    }
    lines.add(
        "Keep these instead of guarding against their breach. A default or a guard that one of them"
            + " asks for says so in a comment: invariant: ID");
    return String.join("\n", lines);
  }

  private static String smaller(TaskState task, Attempt attempt) {
    List<String> rising = Trend.tellable(task, task.policy(), attempt);
    String what = rising.isEmpty() ? "" : " (" + String.join(", ", rising) + ")";
    return "# Make it smaller\n"
        + "Each of the last attempts left the code harder to change than the one before"
        + what
        + ". Find the cause of what fails and state the invariant that must hold; then take away"
        + " whatever was added around it: branches, copies, guards.";
  }

  private static String followUp(TaskState task, Attempt last, Reason reason) {
    return switch (reason) {
      case LOST, RESUMED, RATE_LIMITED, PROVIDER_DOWN, PAUSED ->
          "You were interrupted from outside. Your working tree is as you left it. Go on.";
      case ANSWERED -> "Your question was answered. Go on with the task.";
      case REJECTED -> "A human read your change and sent it back. Go on with the task.";
      case FIRST,
          CHECKS_PASSED,
          CHECKS_FAILED,
          PROGRESS,
          CRITERION_FLAT,
          NO_CHANGE,
          TREE_SEEN,
          SAME_FAILURE,
          CONTEXT_FULL,
          SILENT,
          CRASHED,
          AGENT_ASKED,
          AGENT_CANNOT,
          AGENT_REFUSED,
          HUMAN_CHECK,
          PROTECTED_TOUCHED,
          VERIFIER_BROKEN,
          RED_NOT_RED,
          LIMIT_ATTEMPTS,
          LIMIT_MONEY,
          LIMIT_TOKENS,
          LIMIT_TIME,
          LIMIT_OUTPUT,
          MOVES_EXHAUSTED,
          BUDGET,
          STOPPED_BY_USER,
          FAULT,
          SETUP_FAILED,
          GETTING_WORSE,
          REVIEW_CAPACITY,
          FINDINGS ->
          "Not done yet. The harness checked your working tree.\n\n" + evidence(task, last);
    };
  }

  /** What the checks found, failing cases first. Of a hidden check it says only that it failed. */
  static String evidence(TaskState task, Attempt attempt) {
    List<String> parts = new ArrayList<>();
    int room = Verdict.FEEDBACK_CHARS;
    for (Verdict verdict : Verdicts.of(task, attempt).values()) {
      if (verdict instanceof Verdict.Failed f) {
        String text = Text.clip("## Check «" + f.check() + "» failed\n" + told(task, f), room);
        parts.add(text);
        room = Math.max(200, room - text.length());
      }
    }
    attempt
        .measured()
        .map(m -> m.remarks().stream().filter(r -> !r.fails()).map(Remark::line).toList())
        .filter(w -> !w.isEmpty())
        .ifPresent(w ->
            parts.add(
                "Your change also brings these; take out what no invariant asks for:\n- "
                    + String.join("\n- ", w.subList(0, Math.min(w.size(), REMARKS_TOLD)))));
    attempt
        .candidate()
        .map(Candidate::protectedTouched)
        .filter(p -> !p.isEmpty())
        .ifPresent(p ->
            parts.add(
                "These paths are protected, the checks use their original content: "
                    + Text.list(p, 10)
                    + ". Undo your changes to them."));
    return String.join("\n\n", parts);
  }

  private static String told(TaskState task, Verdict.Failed failed) {
    boolean hidden =
        task.loop().checks().stream().anyMatch(c -> c.name().equals(failed.check()) && c.hidden());
    return hidden ? "It does not tell what it looks at. Read the task again." : failed.feedback();
  }

  private static String exits(String answerFile) {
    return """
    ---
    When you stop, the harness runs the checks itself; what you say about them is not read.
    If this can't be done as asked, or a check contradicts the task, don't work around it. Write one JSON object
    to the file %s and stop:
    {"cannot": "why"} or {"ask": "a question to the human"}. It costs nothing and goes to a human.\
    """
        .formatted(answerFile);
  }

  /** The message to a running agent that is close to a limit. */
  public static String wrapUp(LimitName limit) {
    return "The limit of "
        + limit.key()
        + " for this task is near. Wrap up now: leave the tree in its best working state and stop.";
  }

  static String refutations(TaskState task) {
    return task.attempts().stream()
        .filter(a -> a.candidate().isPresent())
        .map(a -> "- attempt " + a.number() + ": " + outcome(task, a))
        .collect(Collectors.joining("\n"));
  }

  private static String outcome(TaskState task, Attempt a) {
    Candidate c = a.candidate().orElseThrow();
    List<String> failing =
        Verdicts.failing(task, a).stream().filter(name -> !hidden(task, name)).toList();
    String changed = c.files().isEmpty() ? "changed nothing" : "changed " + Text.list(c.files(), 5);
    String found = failing.isEmpty() ? "" : "; failing after it: " + Text.list(failing, 5);
    return changed + ", " + a.stop().orElseThrow().shown() + found;
  }

  private static boolean hidden(TaskState task, String failing) {
    return task.loop().checks().stream()
        .anyMatch(c ->
            c.hidden() && (failing.equals(c.name().text()) || failing.startsWith(c.name() + " ")));
  }
}

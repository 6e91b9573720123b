package dev.longe.review;

import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.CaseCounts;
import dev.longe.core.CheckSpec;
import dev.longe.core.Cost;
import dev.longe.core.Event;
import dev.longe.core.Invariant;
import dev.longe.core.Move;
import dev.longe.core.NetworkHint;
import dev.longe.core.Reason;
import dev.longe.core.Receipt;
import dev.longe.core.Remark;
import dev.longe.core.Spans;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import dev.longe.core.Tier;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import dev.longe.report.Prices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All the information that a human needs to decide about a task. Made from the journal, the task's
 * receipts and the candidate. Statements without a receipt are listed as claims.
 *
 * @param says the task's status in one sentence
 * @param changed changes of behaviour that checks show
 * @param unchecked what no check covers
 * @param dropped candidates that were tried and abandoned
 * @param claims statements without evidence
 * @param reading files to read, in order
 * @param linesMost maximum number of lines in one review
 * @param undo how to revert the change
 * @param next possible next steps
 */
public record Dossier(
    TaskId id,
    State state,
    Optional<Reason> reason,
    String intent,
    String says,
    Optional<Candidate> candidate,
    Tier tier,
    List<String> tierReasons,
    List<String> changed,
    List<Checked> checked,
    List<String> unchecked,
    List<String> protectedTouched,
    List<Tried> attempts,
    List<String> dropped,
    List<Remark> remarks,
    int remarksMore,
    List<String> dependencies,
    List<Invariant> invariants,
    List<String> claims,
    List<FileToRead> reading,
    int linesMost,
    String cost,
    List<String> undo,
    List<String> next) {

  /**
   * The result of one check.
   *
   * @param red whether the check was seen to fail on the base
   * @param cases the test cases of a command, or that only its exit status is known; empty for
   *     other checks
   * @param hint what a human should know besides
   */
  public record Checked(
      String name,
      Verdict verdict,
      Optional<Receipt> receipt,
      String cases,
      boolean red,
      boolean opinion,
      Optional<String> hint) {}

  /** An attempt, and why its candidate was refused. */
  public record Tried(int number, String how, String stop, String change, String refused) {}

  /** A file to read. {@code folded} says why it need not be read; empty if it should be. */
  public record FileToRead(
      int sitting, String path, int added, int removed, String why, String folded) {}

  /** The dossier of a task without a candidate, or whose candidate can't be read. */
  public static Dossier of(TaskState task) {
    return new Writer(task, Optional.empty()).write();
  }

  /** The dossier of a task with its change. */
  public static Dossier of(TaskState task, CandidateChange change) {
    return new Writer(task, Optional.of(change)).write();
  }

  /** Number of lines to read. */
  public int lines() {
    return reading.stream()
        .filter(r -> r.folded().isEmpty())
        .mapToInt(r -> r.added() + r.removed())
        .sum();
  }

  private record Writer(TaskState task, Optional<CandidateChange> change) {
    Dossier write() {
      Optional<Risk> risk = change.map(c -> Risk.of(task, c));
      List<FileToRead> reading =
          change.stream()
              .flatMap(c -> ReadingOrder.of(task, c).stream())
              .map(i ->
                  new FileToRead(
                      i.sitting(), i.path(), i.added(), i.removed(), i.why(), i.folded()))
              .toList();
      Optional<Event.Measured> measured = task.last().flatMap(Attempt::measured);
      return new Dossier(
          task.id(),
          task.state(),
          task.reason(),
          task.submitted().text().strip(),
          task.note(),
          task.candidate(),
          risk.map(Risk::tier).orElse(Tier.HIGH),
          risk.map(Risk::shown).orElse(List.of("the change can't be read")),
          Evidence.changed(task),
          checked(),
          Evidence.unchecked(task, change),
          task.candidate().map(Candidate::protectedTouched).orElse(List.of()),
          task.attempts().stream().map(Writer::tried).toList(),
          dropped(),
          measured.map(Event.Measured::remarks).orElse(List.of()),
          measured.map(Event.Measured::more).orElse(0),
          change.map(CandidateChange::dependencies).orElse(List.of()),
          change.map(CandidateChange::borne).orElse(List.of()),
          claims(),
          reading,
          task.policy().tiers().highLines(),
          cost(),
          undo(),
          NextSteps.commands(task));
    }

    private List<Checked> checked() {
      Optional<Attempt> last = task.last();
      if (last.isEmpty()) {
        return List.of();
      }
      List<Checked> all = new ArrayList<>();
      for (Verdict v : task.verdicts().values()) {
        Optional<Receipt> receipt =
            last.get().checked().stream()
                .filter(c -> c.verdict().check().equals(v.check()))
                .map(Event.Checked::receipt)
                .reduce((_, later) -> later);
        boolean red =
            task.base().stream()
                .anyMatch(b ->
                    b.verdict().check().equals(v.check()) && b.verdict() instanceof Verdict.Failed);
        Optional<CheckSpec> check =
            task.loop().checks().stream().filter(c -> c.name().equals(v.check())).findFirst();
        boolean opinion = check.filter(CheckSpec.Judge.class::isInstance).isPresent();
        String cases =
            check.filter(CheckSpec.Run.class::isInstance).map(_ -> cases(receipt)).orElse("");
        Optional<String> hint = NetworkHint.of(task.loop(), v);
        all.add(new Checked(v.check().text(), v, receipt, cases, red, opinion, hint));
      }
      return all;
    }

    private static String cases(Optional<Receipt> receipt) {
      return receipt
          .flatMap(Receipt::cases)
          .map(CaseCounts::shown)
          .orElse("no test cases, exit status only");
    }

    private static Tried tried(Attempt a) {
      List<String> failed =
          a.checked().stream()
              .map(Event.Checked::verdict)
              .filter(v -> !(v instanceof Verdict.Passed))
              .map(v -> v.check() + " " + v.word())
              .distinct()
              .toList();
      return new Tried(
          a.number(),
          a.move().word() + ", session " + a.session(),
          a.stop().map(s -> Text.clip(s.shown(), 300)).orElse("not ended"),
          a.candidate().map(c -> "+%d −%d lines".formatted(c.added(), c.removed())).orElse(""),
          failed.isEmpty() ? "" : Text.list(failed, 3));
    }

    /** Candidates that were abandoned when a fresh session or another agent started. */
    private List<String> dropped() {
      List<String> all = new ArrayList<>();
      List<Attempt> attempts = task.attempts();
      for (int i = 0; i + 1 < attempts.size(); i++) {
        Attempt a = attempts.get(i);
        boolean left = attempts.get(i + 1).move() != Move.CONTINUE;
        if (left && a.candidate().isPresent() && !a.candidate().get().files().isEmpty()) {
          all.add(
              "attempt %d: %s in %s; kept as refs/longe/%s/%d"
                  .formatted(
                      a.number(),
                      tried(a).change(),
                      Text.list(a.candidate().get().files(), 3),
                      task.id(),
                      a.candidate().get().number()));
        }
      }
      return all;
    }

    private List<String> claims() {
      List<String> all = new ArrayList<>();
      if (!task.attempts().isEmpty() && task.spent().cost() instanceof Cost.Reported) {
        all.add("the cost: the agent reports it");
      }
      task.last()
          .flatMap(Attempt::model)
          .ifPresent(m -> all.add("the model «" + m + "»: the agent reports it"));
      checked().stream()
          .filter(Checked::opinion)
          .forEach(c -> all.add("«" + c.name() + "»: the opinion of a model"));
      return all;
    }

    private String cost() {
      Duration worked = task.worked();
      boolean known = task.attempts().stream().anyMatch(a -> a.stop().isPresent());
      return (known || !task.spent().equals(Usage.NONE)
              ? Prices.shown(task.spent())
              : "nothing reported yet")
          + " of "
          + task.limits().money()
          + "; worked "
          + Spans.shown(worked);
    }

    private List<String> undo() {
      return task.landed()
          .map(l -> List.of("longe undo " + task.id(), "git revert " + l.commit().brief()))
          .orElseGet(() ->
              task.candidate().isEmpty()
                  ? List.of()
                  : List.of(
                      "before landing (your branch is not changed yet): longe discard " + task.id(),
                      "after landing: longe undo " + task.id()));
    }
  }
}

package dev.longe.report;

import dev.longe.core.AgentSpec;
import dev.longe.core.Candidate;
import dev.longe.core.Event;
import dev.longe.core.Move;
import dev.longe.core.Opinion;
import dev.longe.core.Reason;
import dev.longe.core.Remark;
import dev.longe.core.Spans;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a task's events as lines for a person. Distinguishes attempt, checks and acceptance. */
public final class Narration {
  private static final int FILES = 4;
  private static final int TEXT = 300;

  /** The reasons whose evidence is the message of the event before. */
  private static final List<Reason> TOLD_BEFORE = List.of(Reason.FAULT, Reason.SETUP_FAILED);

  /** The reasons why a candidate is refused and a further attempt follows. */
  private static final List<Reason> REFUSALS =
      List.of(
          Reason.CHECKS_FAILED,
          Reason.PROGRESS,
          Reason.CRITERION_FLAT,
          Reason.NO_CHANGE,
          Reason.TREE_SEEN,
          Reason.SAME_FAILURE,
          Reason.REJECTED);

  private final Style style;

  public Narration(Style style) {
    this.style = style;
  }

  /**
   * Renders one event.
   *
   * @param before the task before the event; for a submission, after it
   */
  public List<String> tell(TaskState before, Event event) {
    return switch (event) {
      case Event.Submitted e -> submitted(before, e);
      case Event.Framed _,
          Event.Placed _,
          Event.PolicySet _,
          Event.AdmissionAsked _,
          Event.Claimed _,
          Event.Prepared _,
          Event.Spending _,
          Event.Woken _,
          Event.SessionNamed _ ->
          List.of();
      case Event.BaseChecked e -> List.of("base       " + VerdictLine.onBase(e.verdict(), style));
      case Event.AttemptStarted e -> List.of(started(before, e));
      case Event.WrapUpSent e ->
          List.of(
              style.note("           near the limit of " + e.limit().key())
                  + (e.delivered()
                      ? "; the agent was told to wrap up"
                      : "; the agent can't be told to wrap up"));
      case Event.AttemptEnded e ->
          List.of(
              "           attempt "
                  + Text.clip(e.stop().shown(), TEXT)
                  + style.dim(took(e) + " · " + Prices.shown(e.usage())));
      case Event.CandidateMade e -> made(before, e.candidate());
      case Event.Checked e ->
          VerdictLine.withHint(before.loop(), e, style).map(l -> "           " + l).toList();
      case Event.Measured e -> measured(e);
      case Event.Judged e -> judged(e);
      case Event.Decided e -> decided(e);
      case Event.Deferred e ->
          List.of(style.note("waiting    " + e.detail() + " Until " + e.until() + "."));
      case Event.Steered e ->
          List.of(
              "you        "
                  + Text.clip(e.message(), TEXT)
                  + style.dim(" (" + delivery(before, e) + ")"));
      case Event.PauseAsked _ -> List.of("you        pause");
      case Event.StopAsked _ -> List.of("you        stop");
      case Event.Resumed _ -> List.of("you        resume");
      case Event.Answered e -> List.of("you        answer: " + Text.clip(e.text(), TEXT));
      case Event.Reviewed e -> List.of(reviewed(e));
      case Event.Left e ->
          List.of(
              style.note("left      ")
                  + " "
                  + e.machine()
                  + ": "
                  + e.why()
                  + (e.session() ? "" : "; its session is lost, its candidates are kept"));
      case Event.TakenOver e -> List.of("you        took over (" + e.by() + ")");
      case Event.Outcome e ->
          List.of(
              style.note("%-11s".formatted(e.fate().name().toLowerCase(Locale.ROOT)))
                  + e.commit().brief()
                  + "  "
                  + e.detail());
      case Event.Accepted e ->
          Stream.concat(
                  e.review().stream().map(Narration::reviewed),
                  Stream.of("you        accept (" + e.by() + ")"))
              .toList();
      case Event.Rejected e -> List.of("you        reject: " + Text.clip(e.because(), TEXT));
      case Event.Discarded _ -> List.of("you        discard");
      case Event.Landed e -> landed(e);
      case Event.LandingRefused e -> List.of(style.bad("not landed ") + e.why());
      case Event.SetupFailed e ->
          List.of(style.bad("setup      ") + e.message().replace("\n", "\n           "));
      case Event.Faulted e -> faulted(before, e);
    };
  }

  /** The whole message; the same one is not told twice. */
  private List<String> faulted(TaskState before, Event.Faulted e) {
    String head = style.bad("fault      ");
    return before.note().equals(e.where() + ": " + e.message())
        ? List.of(head + e.where() + ": the same once more")
        : List.of(head + e.where() + ": " + e.message().replace("\n", "\n           "));
  }

  private static String delivery(TaskState task, Event.Steered e) {
    if (e.delivered()) {
      return "delivered";
    }
    return "goes into the next prompt"
        + (task.state() == State.STOPPED
            ? "; continue the task first: longe resume " + task.id()
            : "");
  }

  /** The time of an attempt; empty if it is not known, because nobody saw the end. */
  private static String took(Event.AttemptEnded e) {
    return e.stop() instanceof Stop.Lost ? "" : " · " + Spans.shown(e.active());
  }

  private static String reviewed(Event.Reviewed e) {
    return "you        review: %s, %s risk, %s"
        .formatted(
            e.insights().stream().map(i -> i.kind().word()).collect(Collectors.joining(", ")),
            e.tier().word(),
            Spans.shown(e.took()));
  }

  private List<String> submitted(TaskState task, Event.Submitted e) {
    String agents =
        e.loop().agents().stream().map(AgentSpec::toString).collect(Collectors.joining(", then "));
    return List.of(
        style.bold("task " + task.id()) + "  " + Text.clip(Text.firstLine(e.text()), TEXT),
        style.dim(
            "           loop «%s», agent %s, base %s%s"
                .formatted(
                    e.loop().name(),
                    agents,
                    e.source().base().brief(),
                    e.source().target().map(t -> " of " + t).orElse(""))));
  }

  private String started(TaskState before, Event.AttemptStarted e) {
    Event.Decided by = before.pending().orElseThrow();
    String how =
        switch (by.move()) {
          case CONTINUE -> "continues session " + e.session();
          case HAND_OFF -> "hand-off, session " + e.session();
          case FRESH -> "fresh session " + e.session();
          case ASK, WAIT, PROPOSE, STOP ->
              throw new IllegalStateException(by.move() + " starts no attempt");
        };
    return style.bold("attempt " + e.attempt())
        + "  "
        + before.loop().agents().get(e.agent())
        + ", "
        + how;
  }

  private List<String> made(TaskState before, Candidate c) {
    List<String> lines = new ArrayList<>();
    lines.add("           " + candidate(before, c));
    c.omissions().stream()
        .limit(FILES)
        .forEach(o -> lines.add("           " + style.note("not saved  ") + o.sentence()));
    if (c.omissions().size() > FILES) {
      lines.add("           and " + (c.omissions().size() - FILES) + " more; see longe show");
    }
    c.outsideLinks().stream()
        .limit(FILES)
        .forEach(l -> lines.add("           " + style.bad("refused    ") + l.sentence()));
    return lines;
  }

  private String candidate(TaskState before, Candidate c) {
    boolean same =
        before
            .candidate()
            .map(Candidate::tree)
            .or(before::baseTree)
            .filter(c.tree()::equals)
            .isPresent();
    String change =
        same
            ? "nothing changed"
            : "+%d −%d lines in %s"
                .formatted(
                    c.added(),
                    c.removed(),
                    c.files().isEmpty() ? "no file" : Text.list(c.files(), FILES));
    String protectedNote =
        c.protectedTouched().isEmpty()
            ? ""
            : style.note(
                "; checks use the base's version of the protected paths "
                    + Text.list(c.protectedTouched(), FILES));
    return "candidate " + c.number() + ": " + change + protectedNote;
  }

  private List<String> measured(Event.Measured e) {
    long refused = e.remarks().stream().filter(Remark::fails).count();
    long told = e.remarks().size() - refused + e.more();
    return refused + told == 0
        ? List.of()
        : List.of(
            "           code: "
                + (refused == 0
                    ? ""
                    : style.bad(Text.count(refused, "finding") + " that must be corrected"))
                + (refused > 0 && told > 0 ? ", " : "")
                + (told == 0
                    ? ""
                    : style.note(Text.count(told, "finding") + " told to the agent")));
  }

  private List<String> judged(Event.Judged e) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "judge      «%s»%s%s"
            .formatted(
                e.check(),
                e.model().map(m -> " by " + m).orElse(""),
                style.dim(" · " + Prices.shown(e.usage()))));
    for (Opinion o : e.opinions()) {
      String evidence = o.evidence().isBlank() ? "" : " (" + Text.clip(o.evidence(), TEXT) + ")";
      lines.add("           " + o.answer().word() + ": " + o.criterion() + style.dim(evidence));
    }
    return lines;
  }

  private List<String> decided(Event.Decided e) {
    List<String> lines = new ArrayList<>();
    String again = style.note(REFUSALS.contains(e.reason()) ? "refused    " : "next       ");
    String head =
        switch (e.move()) {
          case CONTINUE -> again + "continue the same session";
          case FRESH -> again + "start a fresh session with a hand-over";
          case HAND_OFF -> again + "hand over to the next agent";
          case ASK -> style.note("asking     ") + "a human must answer";
          case WAIT ->
              style.note("waiting    ")
                  + e.until().map(u -> "until " + u).orElse("until it is resumed");
          case PROPOSE -> style.good("proposed   ") + "every check passed on this candidate";
          case STOP -> style.bad("stopped    ") + e.reason().meaning();
        };
    if (e.reason() == Reason.FIRST) {
      return List.of();
    }
    boolean plain = e.move() == Move.PROPOSE || e.move() == Move.STOP;
    lines.add(
        head + style.dim(" · " + e.reason().code() + (plain ? "" : ": " + e.reason().meaning())));
    if (!TOLD_BEFORE.contains(e.reason())) {
      e.evidence().lines().limit(FILES).forEach(l -> lines.add("           " + Text.clip(l, TEXT)));
    }
    return lines;
  }

  private List<String> landed(Event.Landed e) {
    String checks =
        e.checks().isEmpty()
            ? ""
            : ", " + Text.count(e.checks().size(), "check") + " passed on the merged tree";
    return List.of(style.good("landed     ") + e.commit().brief() + " on " + e.ref() + checks);
  }

  /** A short description of how an attempt ended. */
  static String word(Stop stop) {
    return Text.clip(stop.shown(), TEXT);
  }
}

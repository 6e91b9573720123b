package dev.longe.review;

import dev.longe.core.Event;
import dev.longe.core.Omission;
import dev.longe.core.OutsideLink;
import dev.longe.core.Remark;
import dev.longe.core.Spans;
import dev.longe.core.State;
import dev.longe.core.Text;
import dev.longe.core.Verdict;
import dev.longe.report.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A dossier as lines for a terminal or as Markdown. */
public final class DossierText {
  private static final int SHOWN = 12;
  private static final int CHARS = 400;

  private final Dossier d;
  private final Style style;
  private final boolean markdown;
  private final List<String> lines = new ArrayList<>();

  private DossierText(Dossier d, Style style, boolean markdown) {
    this.d = d;
    this.style = style;
    this.markdown = markdown;
  }

  public static List<String> terminal(Dossier dossier, Style style) {
    return new DossierText(dossier, style, false).write();
  }

  public static List<String> markdown(Dossier dossier) {
    return new DossierText(dossier, new Style(false), true).write();
  }

  private List<String> write() {
    String reason = d.reason().map(r -> " (" + r.code() + ": " + r.meaning() + ")").orElse("");
    String head = d.id() + "  " + d.state().word();
    lines.add((markdown ? "# " + head : style.bold(head)) + reason);
    d.intent().lines().limit(SHOWN).forEach(this::line);
    section("Status", d.says().lines().limit(SHOWN).toList());
    d.candidate()
        .ifPresent(c ->
            section(
                "Candidate " + c.number() + "  " + c.commit().brief(),
                List.of(
                    c.files().isEmpty()
                        ? "changes nothing"
                        : "+%d −%d lines in %s"
                            .formatted(c.added(), c.removed(), Text.list(c.files(), SHOWN)))));
    d.candidate()
        .ifPresent(c ->
            section(
                "In the agent's tree, but not saved as it is there",
                c.omissions().stream().map(Omission::sentence).toList()));
    d.candidate()
        .ifPresent(c ->
            section(
                "Links that point outside",
                c.outsideLinks().stream().map(OutsideLink::sentence).toList()));
    if (d.candidate().isPresent() && d.state() != State.LANDED) {
      section("Risk: " + d.tier().word(), d.tierReasons());
    }
    section("What behaves differently", d.changed());
    section(
        "Invariants that it concerns",
        d.invariants().stream().map(i -> i.id() + ": " + i.sentence()).toList());
    section(
        "Checked",
        d.checked().stream()
            .flatMap(c -> Stream.concat(Stream.of(checked(c)), c.hint().stream()))
            .toList());
    section("Not checked", d.unchecked());
    section("Protected paths that it changes", d.protectedTouched());
    section("New dependencies", d.dependencies());
    section("Code", remarks());
    section("Attempts", d.attempts().stream().map(DossierText::tried).toList());
    section("Abandoned candidates", d.dropped());
    section("Claims without a receipt", d.claims());
    reading();
    section("Cost", List.of(d.cost()));
    section("Undo", d.undo());
    section("Next", d.next().stream().map(this::next).toList());
    return lines;
  }

  private String next(String command) {
    String shown = markdown ? "`" + command + "`" : command;
    return command.startsWith("longe answer ")
        ? shown + style.dim("  the task continues with your answer")
        : shown;
  }

  private void section(String title, List<String> content) {
    if (content.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(markdown ? "## " + title : style.bold(title));
    if (markdown) {
      lines.add("");
    }
    content.stream().limit(2 * SHOWN).forEach(this::line);
    if (content.size() > 2 * SHOWN) {
      line("and " + (content.size() - 2 * SHOWN) + " more");
    }
  }

  private void line(String text) {
    lines.add((markdown ? "- " : "  ") + Text.clip(text, CHARS));
  }

  private String checked(Dossier.Checked c) {
    String receipt =
        c.receipt()
            .map(r ->
                style.dim(
                    "  %sreceipt %s: exit %d in %s on tree %s"
                        .formatted(
                            c.cases().isEmpty() ? "" : c.cases() + "; ",
                            r.id(),
                            r.exit(),
                            Spans.shown(r.took()),
                            Text.clip(r.tree(), 11))))
            .orElse("");
    return word(c.verdict())
        + "  "
        + c.name()
        + (c.opinion() ? " (an opinion)" : "")
        + receipt
        + (c.red() ? "  failed on the base" : "");
  }

  private String word(Verdict v) {
    return switch (v) {
      case Verdict.Passed _ -> style.good("passed ");
      case Verdict.Failed _ -> style.bad("failed ");
      case Verdict.Broken _ -> style.bad("broken ");
      case Verdict.Waiting _ -> style.note("waiting");
    };
  }

  private List<String> remarks() {
    List<String> all = new ArrayList<>(d.remarks().stream().map(Remark::line).toList());
    int more = d.remarksMore();
    if (more > 0) {
      all.add("and %d more; at most %d are stored".formatted(more, Event.Measured.REMARKS_MAX));
    }
    return all;
  }

  private static String tried(Dossier.Tried t) {
    return "%d  %s: %s%s%s"
        .formatted(
            t.number(),
            t.how(),
            t.stop(),
            t.change().isEmpty() ? "" : ", " + t.change(),
            t.refused().isEmpty() ? "" : "; not passed: " + t.refused());
  }

  private void reading() {
    List<Dossier.FileToRead> open = d.reading().stream().filter(r -> r.folded().isEmpty()).toList();
    if (d.state() == State.LANDED || d.reading().isEmpty()) {
      return;
    }
    List<String> content = new ArrayList<>();
    int sittings = open.stream().mapToInt(Dossier.FileToRead::sitting).max().orElse(0);
    if (d.lines() > d.linesMost()) {
      content.add(
          style.bad(
              "%d lines are more than a person reviews well (%d). Reject the change and ask for a smaller one, or split it."
                  .formatted(d.lines(), d.linesMost())));
    }
    for (Dossier.FileToRead r : open) {
      String sitting = sittings > 1 ? "part " + r.sitting() + "  " : "";
      content.add(
          "%s%s  +%d −%d%s"
              .formatted(
                  sitting,
                  r.path(),
                  r.added(),
                  r.removed(),
                  r.why().isEmpty() ? "" : style.dim("  " + r.why())));
    }
    d.reading().stream()
        .filter(r -> !r.folded().isEmpty())
        .forEach(r -> content.add(style.dim("skip  " + r.path() + "  " + r.folded())));
    section("Read in this order", content);
  }
}

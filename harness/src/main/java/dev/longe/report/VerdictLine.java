package dev.longe.report;

import dev.longe.core.Event;
import dev.longe.core.Loop;
import dev.longe.core.NetworkHint;
import dev.longe.core.Receipt;
import dev.longe.core.Text;
import dev.longe.core.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** One line about the result of a check. */
final class VerdictLine {
  private static final int CASES = 3;
  private static final int TEXT = 300;

  private VerdictLine() {}

  /** The line, with colours of {@code style}. */
  static String of(Verdict verdict, Style style) {
    return switch (verdict) {
      case Verdict.Passed p -> style.good("passed") + "  «" + p.check() + "»" + value(p.value());
      case Verdict.Failed f ->
          style.bad("failed")
              + "  «"
              + f.check()
              + "»"
              + value(f.value())
              + (f.cases().equals(List.of(f.check().text()))
                  ? ""
                  : ": " + Text.list(f.cases(), CASES));
      case Verdict.Broken b ->
          style.bad("broken") + "  «" + b.check() + "»: " + Text.clip(b.fault(), TEXT);
      case Verdict.Waiting w -> style.note("waiting") + " «" + w.check() + "»";
    };
  }

  /** The line, and what a human should know besides. */
  static Stream<String> withHint(Loop loop, Event.Checked checked, Style style) {
    return Stream.concat(
        Stream.of(of(checked.verdict(), style) + cases(checked.receipt(), style)),
        NetworkHint.of(loop, checked.verdict()).map(style::note).stream());
  }

  private static String cases(Receipt receipt, Style style) {
    return receipt
        .cases()
        .filter(c -> c.total() > 0)
        .map(c -> style.dim("  " + c.shown()))
        .orElse("");
  }

  /** The line about a check that has to fail on the base. */
  static String onBase(Verdict verdict, Style style) {
    return switch (verdict) {
      case Verdict.Failed f ->
          style.good("red") + " «" + f.check() + "» fails on the base, as it must";
      case Verdict.Passed p -> style.bad("not red") + " «" + p.check() + "» passes on the base";
      case Verdict.Broken b -> style.bad("broken") + " «" + b.check() + "»: " + b.fault();
      case Verdict.Waiting w -> "«" + w.check() + "» waits";
    };
  }

  private static String value(java.util.OptionalDouble value) {
    return value.isPresent() ? " (" + value.getAsDouble() + ")" : "";
  }
}

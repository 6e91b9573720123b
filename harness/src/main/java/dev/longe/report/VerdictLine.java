package dev.longe.report;

import dev.longe.core.Text;
import dev.longe.core.Verdict;
import java.util.List;

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

  private static String value(java.util.OptionalDouble value) {
    return value.isPresent() ? " (" + value.getAsDouble() + ")" : "";
  }
}

package dev.longe.check;

import dev.longe.core.CheckName;
import dev.longe.core.Text;
import dev.longe.core.Verdict;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A service that did not become ready, so that the command did not run.
 *
 * @param how what it did instead, as the end of a sentence
 */
record NotReady(ServiceOutput output, String how) {
  /** How many of the last lines of an output are shown in one line. */
  private static final int LINES = 3;

  private static final int LINE_CHARS = 200;

  /** The check could not be carried out. */
  Verdict broken(CheckName check) {
    return new Verdict.Broken(check, sentence() + "; " + said());
  }

  /** The check fails, because the same services become ready on the base. */
  Verdict failed(CheckName check) {
    List<String> cases = List.of(check.text());
    String text =
        "The check did not run: %s. On the base it becomes ready.\n%s"
            .formatted(sentence(), Feedback.output(output));
    return new Verdict.Failed(
        check,
        cases,
        Text.clip(text, Verdict.FEEDBACK_CHARS),
        Feedback.signature(cases, output.lines()),
        OptionalDouble.empty());
  }

  private String sentence() {
    return "the service «" + output.service() + "» " + how;
  }

  private String said() {
    List<String> own = last(output.lines());
    List<String> ready = last(output.ready());
    if (own.isEmpty() && ready.isEmpty()) {
      return "it printed nothing";
    }
    return own.isEmpty()
        ? "its ready command printed: " + String.join(" / ", ready)
        : "it printed: " + String.join(" / ", own);
  }

  private static List<String> last(List<String> lines) {
    List<String> said = lines.stream().filter(l -> !l.isBlank()).toList();
    return said.subList(Math.max(0, said.size() - LINES), said.size()).stream()
        .map(l -> Text.clip(l.strip(), LINE_CHARS))
        .toList();
  }
}

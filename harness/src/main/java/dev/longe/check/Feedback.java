package dev.longe.check;

import dev.longe.core.Text;
import dev.longe.core.Verdict;
import dev.longe.home.Sha256;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts about a failure: a short one for the agent, with the failing cases first, and a signature
 * for the decider.
 */
final class Feedback {
  private static final Pattern ANSI = Pattern.compile("\\e\\[[0-9;?]*[A-Za-z]");

  /** Numbers and addresses, which differ between otherwise equal failures. */
  private static final Pattern VARYING = Pattern.compile("0x[0-9a-fA-F]+|\\d+");

  private static final int CASES_SHOWN = 12;
  private static final int MESSAGE_CHARS = 400;
  private static final int SERVICE_CHARS = 1_000;
  private static final int SIGNATURE_LINES = 20;
  private static final int SIGNATURE_BYTES = 8;

  private Feedback() {}

  /**
   * @param services what the services of the check printed
   */
  static String text(
      String command,
      int status,
      List<TestReport.Case> cases,
      List<String> tail,
      List<ServiceOutput> services) {
    String printed = services.stream().map(Feedback::output).collect(Collectors.joining());
    String below = Text.clip(printed, Verdict.FEEDBACK_CHARS / 4);
    String above = text(command, status, cases, tail);
    return Text.clip(above, Verdict.FEEDBACK_CHARS - below.length() - 1)
        + (below.isEmpty() ? "" : "\n" + below);
  }

  /** The last lines of a service's output, under a line that names the service. */
  static String output(ServiceOutput service) {
    String lines = end(service.lines(), SERVICE_CHARS);
    String name = "The service «" + service.service() + "»";
    return (service.ended() ? name + " ended while the check ran; " : name + " ")
        + (lines.isEmpty() ? "printed nothing.\n" : "printed last:\n" + lines);
  }

  private static String text(
      String command, int status, List<TestReport.Case> cases, List<String> tail) {
    StringBuilder text = new StringBuilder();
    if (!cases.isEmpty()) {
      text.append(Text.count(cases.size(), "failing case")).append(":\n");
      cases.stream().limit(CASES_SHOWN).forEach(c -> text.append(line(c)));
      if (cases.size() > CASES_SHOWN) {
        text.append("- and ").append(cases.size() - CASES_SHOWN).append(" more\n");
      }
      text.append('\n');
    }
    text.append("`")
        .append(Text.clip(command, MESSAGE_CHARS))
        .append("` ended with exit ")
        .append(status);
    String head = text.toString();
    String end = end(tail, Verdict.FEEDBACK_CHARS / 2);
    return Text.clip(end.isBlank() ? head + "." : head + ":\n" + end, Verdict.FEEDBACK_CHARS);
  }

  private static String line(TestReport.Case c) {
    String message = Text.clip(clean(c.message()).strip().replace("\n", "\n  "), MESSAGE_CHARS);
    return message.isEmpty() ? "- " + c.name() + "\n" : "- " + c.name() + "\n  " + message + "\n";
  }

  /** The last whole lines that fit into {@code max} characters. */
  private static String end(List<String> lines, int max) {
    StringBuilder end = new StringBuilder();
    for (String line : lines.reversed()) {
      String clean = Text.clip(clean(line), MESSAGE_CHARS);
      if (end.length() + clean.length() + 1 > max) {
        break;
      }
      end.insert(0, clean + "\n");
    }
    return end.toString();
  }

  /** The text without the codes of colours. */
  static String clean(String text) {
    return ANSI.matcher(text).replaceAll("");
  }

  static String signature(List<String> cases, List<String> tail) {
    StringBuilder text = new StringBuilder(String.join("\n", cases));
    tail.subList(Math.max(0, tail.size() - SIGNATURE_LINES), tail.size())
        .forEach(l -> text.append('\n').append(VARYING.matcher(clean(l)).replaceAll("#")));
    return Sha256.beginning(text.toString(), SIGNATURE_BYTES);
  }
}

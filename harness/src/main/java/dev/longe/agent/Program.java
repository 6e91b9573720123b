package dev.longe.agent;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known about a driver's program.
 *
 * @param name its name on the path
 * @param minimum the oldest version that speaks the protocol; empty if any version does
 * @param tested the version that the conformance suite was run with
 * @param install how to install it
 */
public record Program(String name, String minimum, String tested, String install) {
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(?:\\.\\d+)*");

  /** A program that the user named in {@code agents.yaml}. */
  public static Program named(String command, String agent) {
    return new Program(command, "", "", "agents.yaml names it as the command of " + agent);
  }

  /** Whether a printed version is older than the minimum. */
  public boolean tooOld(String printed) {
    Matcher m = VERSION.matcher(printed);
    return !minimum.isEmpty() && m.find() && compare(m.group(), minimum) < 0;
  }

  private static int compare(String a, String b) {
    List<Integer> left = parts(a);
    List<Integer> right = parts(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<Integer> parts(String version) {
    return Arrays.stream(version.split("\\."))
        .map(p -> p.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(p))
        .toList();
  }

  /** Explains the failure of an attempt that produced no protocol output. */
  String silent(String lastWords) {
    return "%s did not use the protocol that Longe expects%s; «longe doctor» shows the installed version%s"
        .formatted(
            name,
            lastWords.isEmpty() ? "" : " (its output: " + lastWords + ")",
            tested.isEmpty() ? "" : ", " + tested + " is the tested version");
  }
}

package dev.longe.quality;

import dev.longe.quality.Language.Role;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds checks for a missing value where earlier code guarantees that the value is present. */
final class Guards {
  /** Maximum distance, in lines, between the guarantee and the redundant check. */
  private static final int LINES = 10;

  private static final Pattern EXITS =
      Pattern.compile("(?:^|[{;\\s:])(?:return|throw|raise|continue|break|panic|exit)\\b");
  private static final Pattern MADE =
      Pattern.compile(
          "(?:^|[\\s:])([\\w$]+)\\s*(?::=|=)\\s*(?:new\\s+\\w|\\[|\\{|&\\w+\\{|make\\()");

  private final Scan scan;
  private final Syntax syntax;

  Guards(Scan scan) {
    this.scan = scan;
    this.syntax = scan.syntax();
  }

  /** A check of a variable that is the whole condition of an {@code if}. */
  private record Test(int node, String variable, String nothing, boolean missing) {}

  void look() {
    for (int node = 0; node < syntax.count(); node++) {
      if (syntax.is(node, Role.IFS)) {
        Optional<Test> test = test(node);
        if (test.isPresent() && settled(test.get())) {
          scan.found(Rule.REDUNDANT_GUARD, node);
        }
      }
    }
  }

  private Optional<Test> test(int node) {
    int[] parts = syntax.parts(node);
    if (parts.length < 2) {
      return Optional.empty();
    }
    String condition = syntax.text(parts[0]).strip();
    if (condition.length() > Texts.CHARS_MAX) {
      return Optional.empty();
    }
    Matcher m = Texts.NULL_TEST.matcher(condition);
    if (!m.matches()) {
      return Optional.empty();
    }
    if (m.group(1) == null) {
      return Optional.of(new Test(node, m.group(3), "", true));
    }
    boolean missing = !m.group(2).startsWith("!") && !m.group(2).contains("not");
    String nothing = m.group(2).length() == 3 ? m.group().replaceAll(".*=\\s*|[)\\s]", "") : "";
    return Optional.of(new Test(node, m.group(1), nothing, missing));
  }

  /**
   * Whether an enclosing check, or an earlier statement of the same block, makes this check
   * redundant.
   */
  private boolean settled(Test test) {
    int inner = test.node();
    for (int up = syntax.parent(inner); up >= 0; up = syntax.parent(up)) {
      if (syntax.is(up, Role.FUNCTIONS)) {
        return false;
      }
      if (syntax.is(up, Role.IFS) && inConsequence(up, inner) && settles(up, test)) {
        return true;
      }
      if (settledBefore(up, inner, test)) {
        return true;
      }
      inner = up;
    }
    return false;
  }

  private boolean inConsequence(int outer, int inner) {
    int[] parts = syntax.parts(outer);
    return parts.length > 1 && parts[1] == inner;
  }

  private boolean settles(int outer, Test test) {
    Optional<Test> other = test(outer);
    return other.isPresent()
        && !other.get().missing()
        && other.get().variable().equals(test.variable())
        && other.get().nothing().equals(test.nothing())
        && near(outer, test.node())
        && untouched(test.variable(), syntax.start(outer), syntax.start(test.node()));
  }

  /** Whether an earlier sibling exits when the value is missing, or creates the value. */
  private boolean settledBefore(int block, int inner, Test test) {
    for (int brother : syntax.parts(block)) {
      if (brother >= inner) {
        return false;
      }
      if (near(brother, test.node())
          && (leavesIfMissing(brother, test) || makes(brother, test.variable()))
          && untouched(test.variable(), syntax.end(brother), syntax.start(test.node()))) {
        return true;
      }
    }
    return false;
  }

  private boolean leavesIfMissing(int brother, Test later) {
    int node = brother;
    if (!syntax.is(node, Role.IFS)) {
      int[] parts = syntax.parts(node);
      if (parts.length != 1 || !syntax.is(parts[0], Role.IFS)) {
        return false;
      }
      node = parts[0];
    }
    int statement = node;
    return test(node)
        .filter(t -> t.missing())
        .filter(t -> t.variable().equals(later.variable()) && t.nothing().equals(later.nothing()))
        .filter(_ -> {
          int[] parts = syntax.parts(statement);
          return parts.length == 2 && EXITS.matcher(syntax.text(parts[1])).find();
        })
        .isPresent();
  }

  private boolean makes(int brother, String variable) {
    if (syntax.is(brother, Role.IFS) || syntax.endLine(brother) - syntax.line(brother) > LINES) {
      return false;
    }
    Matcher m = MADE.matcher(syntax.text(brother).strip());
    return m.find()
        && m.group(1).equals(variable)
        && syntax.text(brother).indexOf('=') >= m.start(1);
  }

  private boolean near(int first, int second) {
    return syntax.line(second) - syntax.line(first) <= LINES;
  }

  /** Whether the variable is not reassigned between two positions. */
  private boolean untouched(String variable, int from, int to) {
    return !Pattern.compile(
            "(?<![\\w.$])" + Pattern.quote(variable) + "\\s*(?::=|=(?!=)|\\+\\+|,[^;\\n]*=)")
        .matcher(syntax.text(from, Math.max(from, to)))
        .find();
  }
}

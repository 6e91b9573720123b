package dev.longe.quality;

import dev.longe.quality.Language.Role;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds defaults that replace missing values. */
final class Fallbacks {
  /** Minimum number of optional accesses in one chain that is reported. */
  private static final int CHAIN_MIN = 2;

  private static final Pattern LEAVES =
      Pattern.compile(
          "^\\(?\\s*(?:throw|return|continue|break|error|raise|panic!?|exit|die|abort)\\b");

  private final Scan scan;
  private final Syntax syntax;

  Fallbacks(Scan scan) {
    this.scan = scan;
    this.syntax = scan.syntax();
  }

  void visit(int node) {
    if (syntax.leaf(node) && !syntax.named(node)) {
      operator(node);
    } else if (syntax.is(node, Role.CALLS)) {
      call(node);
    } else if (syntax.is(node, Role.TERNARIES)) {
      if (Texts.orDefault(syntax.text(node))) {
        scan.found(Rule.DEFAULT_FALLBACK, node);
      }
    } else if (syntax.is(node, Role.IFS)) {
      assigned(node);
    }
    chain(node);
  }

  private void operator(int node) {
    String operator = syntax.text(node);
    int up = syntax.parent(node);
    if (up < 0) {
      return;
    }
    if (scan.language().fallbackOperators().contains(operator)) {
      String right = syntax.text(syntax.end(node), syntax.end(up));
      if (!LEAVES.matcher(right.strip()).find() && syntax.parts(up).length > 1) {
        scan.found(Rule.DEFAULT_FALLBACK, up);
      }
    } else if (scan.language().fallbackOr().contains(operator)) {
      String right = syntax.text(syntax.end(node), syntax.end(up)).strip();
      boolean truth = right.matches("(?i)true|false");
      if (!truth && Texts.LITERAL.matcher(right).matches() && !right.startsWith("{ ")) {
        scan.found(Rule.DEFAULT_FALLBACK, up);
      }
    }
  }

  private void call(int node) {
    int[] parts = syntax.parts(node);
    if (parts.length == 0) {
      return;
    }
    int arguments = arguments(node);
    String before =
        syntax.text(syntax.start(node), arguments < 0 ? syntax.end(node) : syntax.start(arguments));
    Matcher name = Pattern.compile("([\\w.]+)\\s*$").matcher(before);
    if (!name.find()) {
      return;
    }
    String whole = name.group(1);
    String last = whole.substring(whole.lastIndexOf('.') + 1);
    Integer least =
        scan.language()
            .fallbackCalls()
            .getOrDefault(whole, scan.language().fallbackCalls().get(last));
    if (least == null) {
      return;
    }
    int[] given = arguments < 0 ? new int[0] : syntax.parts(arguments);
    boolean method = before.contains(".") || whole.equals("getattr") || whole.contains(".");
    if (!method || (least == 0 ? given.length > 0 : given.length < least)) {
      return;
    }
    if (least == 0 || isFixed(syntax.text(given[given.length - 1]))) {
      scan.found(Rule.DEFAULT_FALLBACK, node);
    }
  }

  /**
   * Whether a default is a literal. A computed default may be intended; a literal usually stands
   * for a missing value.
   */
  private static boolean isFixed(String value) {
    if (value.length() > Texts.CHARS_MAX) {
      return false;
    }
    String given = value.replaceFirst("^(?:\\|\\w*\\||\\(\\)\\s*[-=]>)\\s*", "");
    return !LEAVES.matcher(given.replaceFirst("^\\{\\s*", "")).find()
        && Texts.LITERAL.matcher(given).matches();
  }

  private int arguments(int node) {
    int found = -1;
    for (int c : syntax.children(node)) {
      String type = syntax.type(c);
      if (type.endsWith("arguments") || type.endsWith("argument_list")) {
        found = c;
      } else if (type.equals("call_suffix")) {
        int[] parts = syntax.parts(c);
        found = parts.length > 0 ? parts[0] : c;
      }
    }
    return found;
  }

  private void assigned(int node) {
    String text = syntax.text(node).strip();
    if (text.length() > Texts.CHARS_MAX) {
      return;
    }
    Matcher m = Texts.DEFAULTED.matcher(text);
    if (m.matches() && Texts.LITERAL.matcher(m.group(3).strip()).matches()) {
      scan.found(Rule.DEFAULT_FALLBACK, node);
    }
  }

  /** Reports the outermost expression that has several optional accesses. */
  private void chain(int node) {
    if (scan.language().chain().isEmpty() || !isChain(node) || isChain(syntax.parent(node))) {
      return;
    }
    String operator = scan.language().chain().get();
    int links = 0;
    for (int at = node; at < syntax.after(node) && !foreign(at); at++) {
      if (syntax.leaf(at) && syntax.text(at).equals(operator)) {
        links++;
      }
    }
    if (links >= CHAIN_MIN) {
      scan.found(Rule.DEFAULT_FALLBACK, node);
    }
  }

  private boolean foreign(int node) {
    return syntax.is(node, Role.FUNCTIONS) || syntax.type(node).endsWith("arguments");
  }

  private boolean isChain(int node) {
    if (node < 0) {
      return false;
    }
    String type = syntax.type(node);
    return type.equals("member_expression")
        || type.equals("navigation_expression")
        || type.equals("conditional_access_expression")
        || type.equals("nullsafe_member_access_expression")
        || type.equals("nullsafe_member_call_expression")
        || type.equals("subscript_expression")
        || (syntax.is(node, Role.CALLS) && !type.startsWith("new") && !type.startsWith("object"));
  }
}

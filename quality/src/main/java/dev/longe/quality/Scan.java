package dev.longe.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file's syntax and the findings in it, while the file is scanned. */
final class Scan {
  private static final int TEXT_CHARS = 120;
  private static final Pattern CITES = Pattern.compile("\\binvariant:\\s*([\\w][\\w.-]*)");

  private final Syntax syntax;
  private final List<Finding> smells = new ArrayList<>();
  private final Map<Integer, String> names = new HashMap<>();

  Scan(Syntax syntax) {
    this.syntax = syntax;
  }

  /** All facts about one file. */
  static FileFacts of(Syntax syntax) {
    Scan scan = new Scan(syntax);
    Handlers handlers = new Handlers(scan);
    Fallbacks fallbacks = new Fallbacks(scan);
    Suppressions marks = new Suppressions(scan);
    Functions functions = new Functions(scan);
    for (int node = 0; node < syntax.count(); node++) {
      handlers.visit(node);
      fallbacks.visit(node);
      marks.visit(node);
      functions.visit(node);
    }
    new Guards(scan).look();
    TestCode.look(scan);
    Shapes shapes = new Shapes(syntax);
    return new FileFacts(
        syntax.grammar().language().name(),
        syntax.lineCount(),
        functions.all(),
        handlers.count(),
        functions.calls(),
        scan.smells,
        shapes.trees(),
        shapes.windows());
  }

  Syntax syntax() {
    return syntax;
  }

  Language language() {
    return syntax.grammar().language();
  }

  void found(Rule rule, int node) {
    found(rule, node, 1);
  }

  void found(Rule rule, int node, double weight) {
    long fingerprint = Hash.add(Shapes.normal(syntax, node), Hash.of(rule.code()));
    int line = syntax.line(node);
    found(rule, line, syntax.endLine(node), nameOf(node), fingerprint, weight, syntax.text(node));
  }

  /** Adds a finding for a line that has no single syntax node. */
  void foundLine(Rule rule, int line, double weight, String text) {
    long fingerprint = Hash.add(Hash.of(text.replaceAll("\\d+", "#")), Hash.of(rule.code()));
    found(rule, line, line, "", fingerprint, weight, text);
  }

  private void found(
      Rule rule,
      int line,
      int endLine,
      String function,
      long fingerprint,
      double weight,
      String text) {
    String first = text.strip().lines().findFirst().orElse("").strip();
    smells.add(
        new Finding(
            rule,
            "",
            line,
            endLine,
            function,
            fingerprint,
            weight,
            first.length() > TEXT_CHARS ? first.substring(0, TEXT_CHARS) + "…" : first,
            cited(line, endLine)));
  }

  /** The invariant that a comment on these lines or the line above cites. */
  private Optional<String> cited(int line, int endLine) {
    for (int at = Math.max(1, line - 1); at <= Math.min(endLine, line + 3); at++) {
      Matcher cites = CITES.matcher(syntax.lineText(at));
      if (cites.find()) {
        return Optional.of(cites.group(1));
      }
    }
    return Optional.empty();
  }

  /** The name of the function that encloses a node. */
  String nameOf(int node) {
    int function =
        syntax.is(node, Language.Role.FUNCTIONS)
            ? node
            : syntax.within(node, Language.Role.FUNCTIONS);
    return function < 0 ? "" : names.computeIfAbsent(function, this::name);
  }

  private String name(int function) {
    for (int c : syntax.children(function)) {
      String type = syntax.type(c);
      if (syntax.is(c, Language.Role.IDENTIFIERS) && !type.equals("type_identifier")) {
        return syntax.text(c);
      }
      if (type.endsWith("declarator") || type.equals("property_identifier")) {
        return declared(c);
      }
    }
    return givenName(function);
  }

  private String declared(int declarator) {
    for (int at = declarator; at < syntax.after(declarator); at++) {
      if (syntax.leaf(at) && syntax.is(at, Language.Role.IDENTIFIERS)) {
        int up = syntax.parent(at);
        return syntax.type(up).equals("qualified_identifier") ? syntax.text(up) : syntax.text(at);
      }
    }
    return "";
  }

  /** The name that an anonymous function is assigned to, or the call that it is passed to. */
  private String givenName(int function) {
    int up = syntax.parent(function);
    if (up < 0) {
      return "";
    }
    if (syntax.type(up).endsWith("arguments") && syntax.parent(up) >= 0) {
      String call = syntax.text(syntax.start(syntax.parent(up)), syntax.start(function));
      return call.lines().findFirst().orElse("").replaceAll("[,(\\s]+$", "");
    }
    String before = syntax.text(syntax.start(up), syntax.start(function));
    Matcher name = Pattern.compile("([\\w$]+)\\s*[:=]\\s*$").matcher(before);
    return name.find() ? name.group(1) : "";
  }

  /** The statements of a block, without comments and wrapper nodes. */
  List<Integer> statements(int block) {
    List<Integer> all = new ArrayList<>();
    for (int part : syntax.parts(block)) {
      if (syntax.is(part, Language.Role.BLOCKS)
          && !syntax.type(part).startsWith("switch")
          && syntax.parts(block).length == 1) {
        all.addAll(statements(part));
      } else {
        all.add(part);
      }
    }
    return all;
  }
}

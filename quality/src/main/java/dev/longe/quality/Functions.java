package dev.longe.quality;

import dev.longe.quality.Language.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures functions and counts calls by name. */
final class Functions {
  private static final Pattern LOGIC = Pattern.compile("&&|\\|\\||and|or");
  private static final Pattern OVERRIDES =
      Pattern.compile("@Override\\b|\\boverride\\b|@override\\b");
  private static final Pattern NAME = Pattern.compile("([\\w$]+)\\s*$");

  /** Types that are used like a function to convert a value. */
  private static final Pattern CONVERTS =
      Pattern.compile("|string|byte|rune|bool|u?int\\d*|float\\d*");

  private static final Pattern PLAIN = Pattern.compile("&?\\*{0,2}(?:\\.\\.\\.)?\\$?\\w+");

  private final Scan scan;
  private final Syntax syntax;
  private final List<FileFacts.Function> all = new ArrayList<>();
  private final Map<String, Integer> calls = new HashMap<>();

  Functions(Scan scan) {
    this.scan = scan;
    this.syntax = scan.syntax();
  }

  List<FileFacts.Function> all() {
    return all;
  }

  /** Number of calls by function name. */
  Map<String, Integer> calls() {
    return calls;
  }

  void visit(int node) {
    if (syntax.is(node, Role.FUNCTIONS)) {
      measure(node);
    } else if (syntax.is(node, Role.CALLS)) {
      String name = callee(node);
      if (!name.isEmpty()) {
        calls.merge(name, 1, Integer::sum);
      }
    }
  }

  private void measure(int function) {
    int complexity = 1;
    int statements = 0;
    int assertions = 0;
    for (int at = function + 1; at < syntax.after(function); at++) {
      if (syntax.is(at, Role.FUNCTIONS) && !isAnonymous(at)) {
        at = syntax.after(at) - 1;
        continue;
      }
      if (syntax.is(at, Role.BRANCHES)) {
        complexity++;
      } else if (syntax.is(at, Role.BLOCKS)) {
        statements += syntax.parts(at).length;
      } else if (syntax.leaf(at) && LOGIC.matcher(syntax.text(at)).matches()) {
        complexity++;
      }
      if (TestCode.isAssertion(scan, at)) {
        assertions++;
      }
    }
    String name = scan.nameOf(function);
    FileFacts.Function facts =
        new FileFacts.Function(
            name,
            syntax.line(function),
            syntax.endLine(function),
            complexity,
            statements,
            assertions,
            Shapes.normal(syntax, function));
    all.add(facts);
    if (facts.complex()) {
      scan.found(Rule.COMPLEX_FUNCTION, function, facts.mass());
    }
    if (forwards(function, name)) {
      scan.found(Rule.TRIVIAL_WRAPPER, function);
    }
  }

  /** Whether a function is anonymous and nested; its code counts for the enclosing function. */
  private boolean isAnonymous(int function) {
    String type = syntax.type(function);
    return (type.equals("arrow_function") || type.equals("function_expression"))
        && syntax.within(function, Role.FUNCTIONS) >= 0;
  }

  /** The last part of the called name. */
  private String callee(int call) {
    int[] parts = syntax.parts(call);
    if (parts.length == 0) {
      return "";
    }
    int last = parts[parts.length - 1];
    String type = syntax.type(last);
    boolean arguments =
        type.contains("argument") || type.equals("call_suffix") || type.equals("token_tree");
    int end = arguments ? syntax.start(last) : syntax.end(call);
    Matcher m = NAME.matcher(syntax.text(syntax.start(call), end).replaceAll("[!(<].*", ""));
    return m.find() ? m.group(1) : "";
  }

  /** Whether a function only passes its own arguments, in order, to another function. */
  private boolean forwards(int function, String name) {
    int body = body(function);
    if (body < 0 || syntax.line(function) + 6 < syntax.endLine(function)) {
      return false;
    }
    String head = syntax.text(syntax.start(function), syntax.start(body));
    if (name.isEmpty()
        || OVERRIDES.matcher(head).find()
        || head.startsWith("@")
        || isGiven(function)) {
      return false;
    }
    int call = onlyCall(body);
    if (call < 0 || makes(callee(call))) {
      return false;
    }
    List<String> given = words(call, true);
    List<String> taken = words(function, false);
    taken.removeIf(t -> t.matches("(?:&\\s*(?:mut\\s+)?)?(?:self|cls|this)"));
    if (given.isEmpty() || given.size() != taken.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      String argument = given.get(i);
      boolean same =
          PLAIN.matcher(argument).matches()
              && Pattern.compile(
                      "(?<![\\w$])" + Pattern.quote(argument.replaceAll("^[&*.]+", "")) + "\\b")
                  .matcher(taken.get(i))
                  .find();
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private boolean makes(String callee) {
    return CONVERTS.matcher(callee).matches()
        || (scan.language().makesByCall() && Character.isUpperCase(callee.codePointAt(0)));
  }

  /**
   * Whether a function is passed as an argument or stored in a collection. Such a function adapts
   * one signature to another.
   */
  private boolean isGiven(int function) {
    String up = syntax.type(Math.max(0, syntax.parent(function)));
    return up.endsWith("arguments") || up.equals("pair") || up.equals("array");
  }

  private int body(int function) {
    int[] children = syntax.parts(function);
    for (int i = children.length - 1; i >= 0; i--) {
      String type = syntax.type(children[i]);
      if (syntax.is(children[i], Role.BLOCKS)
          || type.equals("block")
          || type.equals("function_body")
          || type.equals("arrow_expression_clause")) {
        return children[i];
      }
    }
    boolean arrow = syntax.type(function).equals("arrow_function") && children.length > 1;
    return arrow ? children[children.length - 1] : -1;
  }

  private int onlyCall(int body) {
    int at = body;
    while (!syntax.is(at, Role.CALLS)) {
      int[] parts = syntax.parts(at);
      if (parts.length != 1) {
        return -1;
      }
      at = parts[0];
    }
    String type = syntax.type(at);
    return type.startsWith("object") || type.startsWith("new") || type.startsWith("macro")
        ? -1
        : at;
  }

  /** The texts of a node's arguments or parameters. */
  private List<String> words(int node, boolean arguments) {
    List<String> words = new ArrayList<>();
    for (int at = node + 1; at < syntax.after(node); at++) {
      String type = syntax.type(at);
      boolean list =
          arguments
              ? type.endsWith("arguments") || type.equals("argument_list")
              : type.endsWith("parameters") || type.equals("parameter_list");
      boolean receiver =
          type.equals("parameter_list")
              && syntax.type(node).equals("method_declaration")
              && scan.language().errorIfs()
              && syntax.children(node)[1] == at;
      if (list && !receiver && syntax.named(at) && ownList(at, node)) {
        for (int part : syntax.parts(at)) {
          words.add(syntax.text(part));
        }
        return words;
      }
    }
    return words;
  }

  /** Whether a list belongs to the node itself, and not to a node within its callee. */
  private boolean ownList(int list, int node) {
    int up = syntax.parent(list);
    return up == node
        || (syntax.type(up).equals("call_suffix") && syntax.parent(up) == node)
        || syntax.type(up).endsWith("declarator");
  }
}

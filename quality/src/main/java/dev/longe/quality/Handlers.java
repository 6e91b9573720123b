package dev.longe.quality;

import dev.longe.quality.Language.Role;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds handlers that swallow an error or lose its cause. */
final class Handlers {
  private static final Pattern ERROR_IF =
      Pattern.compile("^if\\s+(?:[^;{]*;\\s*)?(\\w*[eE]rr\\w*)\\s*!=\\s*nil\\s*$");
  private static final Pattern NAMED =
      Pattern.compile("\\bas\\s+(\\w+)|=>\\s*(\\w+)|\\(\\s*(\\w+)\\s*:");
  private static final Pattern NAMED_RESULT = Pattern.compile("\\w+\\s+error\\)\\s*$");
  private static final Pattern LAST_WORD = Pattern.compile("(\\$?\\w+)\\s*\\)?\\s*$");
  private static final Pattern NEW_ERROR =
      Pattern.compile("^(?:throw|raise)\\s+(?:new\\b|[\\w.:\\\\]*[A-Z]\\w*\\s*\\()");

  private final Scan scan;
  private final Syntax syntax;
  private int count;

  Handlers(Scan scan) {
    this.scan = scan;
    this.syntax = scan.syntax();
  }

  /** Number of places that handle an error. */
  int count() {
    return count;
  }

  void visit(int node) {
    Language language = scan.language();
    if (syntax.is(node, Role.HANDLERS)) {
      clause(node);
    } else if (syntax.is(node, Role.MODIFIERS)) {
      modifier(node);
    } else if (language.errorIfs() && syntax.is(node, Role.IFS)) {
      errorIf(node);
    } else if (language.errorArms()) {
      rust(node);
    } else if (language.promiseCatch() && syntax.is(node, Role.CALLS)) {
      promise(node);
    }
  }

  private OptionalInt block(int node) {
    OptionalInt last = OptionalInt.empty();
    for (int c : syntax.children(node)) {
      if (syntax.is(c, Role.BLOCKS)) {
        last = OptionalInt.of(c);
      } else if (syntax.type(c).equals("block")) {
        last = OptionalInt.of(c);
      }
    }
    return last;
  }

  private void clause(int node) {
    OptionalInt body = block(node);
    int headEnd = body.isPresent() ? syntax.start(body.getAsInt()) : syntax.end(node);
    String head = syntax.text(syntax.start(node), headEnd).strip();
    List<Integer> statements = body.isPresent() ? scan.statements(body.getAsInt()) : List.of();
    boolean broad = scan.language().broad().matcher(head.replaceAll("[{:]?$", "")).find();
    judge(node, statements, broad, variable(head), scan.language().losesCause());
  }

  private static Optional<String> variable(String head) {
    Matcher named = NAMED.matcher(head);
    if (named.find()) {
      return Optional.ofNullable(named.group(1))
          .or(() -> Optional.ofNullable(named.group(2)))
          .or(() -> Optional.ofNullable(named.group(3)));
    }
    Matcher last = LAST_WORD.matcher(head.replaceAll("[{:]\\s*$", "").strip());
    return last.find() && head.contains("(") ? Optional.of(last.group(1)) : Optional.empty();
  }

  private void judge(
      int node, List<Integer> statements, boolean broad, Optional<String> error, boolean causes) {
    count++;
    List<String> texts = statements.stream().map(syntax::text).map(String::strip).toList();
    Optional<Rule> rule = swallowed(texts);
    if (rule.isPresent()) {
      scan.found(broad ? rule.get() : Rule.SWALLOW_NARROW, node);
    } else if (causes && losesCause(texts, error)) {
      scan.found(Rule.CAUSE_LOST, node);
    }
  }

  private static boolean losesCause(List<String> texts, Optional<String> error) {
    if (texts.isEmpty() || !NEW_ERROR.matcher(texts.getLast()).find()) {
      return false;
    }
    return error
        .map(e -> Pattern.compile("(?<![\\w.])" + Pattern.quote(e) + "\\b"))
        .map(e -> texts.stream().filter(t -> !logs(t)).noneMatch(t -> e.matcher(t).find()))
        .orElse(true);
  }

  private static boolean logs(String text) {
    return Texts.LOG.matcher(text).find() && !Texts.FATAL.matcher(text).find();
  }

  /** The rule that a handler violates; empty if it handles the error. */
  private static Optional<Rule> swallowed(List<String> texts) {
    boolean logged = false;
    for (String text : texts.subList(0, Math.max(0, texts.size() - 1))) {
      if (!logs(text)) {
        return Optional.empty();
      }
      logged = true;
    }
    if (texts.isEmpty()) {
      return Optional.of(Rule.SWALLOW_EMPTY);
    }
    String last = texts.getLast();
    if (Texts.SKIP.matcher(last).matches()) {
      return Optional.of(logged ? Rule.SWALLOW_LOG : Rule.SWALLOW_EMPTY);
    }
    if (logs(last)) {
      return Optional.of(Rule.SWALLOW_LOG);
    }
    return value(last);
  }

  /** The rule that a last statement violates by giving a fixed value; else empty. */
  private static Optional<Rule> value(String statement) {
    if (statement.length() > Texts.CHARS_MAX) {
      return Optional.empty();
    }
    String value = statement.replaceAll(";$", "");
    for (Pattern form : List.of(Texts.RETURNED, Texts.ASSIGNED)) {
      Matcher m = form.matcher(statement);
      if (m.matches()) {
        value = m.group(1).strip();
        break;
      }
    }
    if (Texts.EMPTY_VALUE.matcher(value).matches()) {
      return Optional.of(Rule.SWALLOW_DEFAULT);
    }
    return Texts.SENTINEL.matcher(value).matches()
        ? Optional.of(Rule.SWALLOW_SENTINEL)
        : Optional.empty();
  }

  /** {@code call rescue nil}. */
  private void modifier(int node) {
    count++;
    int[] parts = syntax.parts(node);
    if (parts.length == 2) {
      value(syntax.text(parts[1])).ifPresent(rule -> scan.found(rule, node));
    }
  }

  /** {@code if err != nil { … }}. */
  private void errorIf(int node) {
    OptionalInt body = block(node);
    if (body.isEmpty()) {
      return;
    }
    int block = firstBlock(node);
    String head = syntax.text(syntax.start(node), syntax.start(block)).strip();
    Matcher m = ERROR_IF.matcher(head);
    if (!m.matches()) {
      return;
    }
    count++;
    List<Integer> statements = scan.statements(block);
    List<String> texts = statements.stream().map(syntax::text).map(String::strip).toList();
    Pattern error = Pattern.compile("\\b" + Pattern.quote(m.group(1)) + "\\b");
    boolean onward = texts.stream().filter(t -> !logs(t)).anyMatch(t -> error.matcher(t).find());
    boolean named = texts.contains("return") && returnsByName(node);
    if (onward || named || texts.stream().anyMatch(t -> Texts.FATAL.matcher(t).find())) {
      return;
    }
    swallowedByGo(texts).ifPresent(rule -> scan.found(rule, node));
  }

  /** Whether a bare {@code return} returns named results. */
  private boolean returnsByName(int node) {
    int function = syntax.within(node, Role.FUNCTIONS);
    return function >= 0
        && NAMED_RESULT
            .matcher(syntax.text(syntax.start(function), syntax.start(firstBlock(function))))
            .find();
  }

  private int firstBlock(int node) {
    for (int c : syntax.children(node)) {
      if (syntax.type(c).equals("block")) {
        return c;
      }
    }
    throw new IllegalStateException("an if without a block");
  }

  private static Optional<Rule> swallowedByGo(List<String> texts) {
    if (texts.isEmpty()) {
      return Optional.of(Rule.SWALLOW_EMPTY);
    }
    String last = texts.getLast();
    Matcher returned = Texts.RETURNED.matcher(last);
    boolean before = texts.subList(0, texts.size() - 1).stream().allMatch(Handlers::logs);
    if (returned.matches() && before) {
      String values = returned.group(1);
      if (values.matches(".*\\b(?:errors\\.New|fmt\\.Errorf)\\(.*")) {
        return Optional.of(Rule.CAUSE_LOST);
      }
      boolean fixed =
          List.of(values.split("\\s*,\\s*")).stream()
              .allMatch(v -> v.isBlank() || Texts.LITERAL.matcher(v).matches());
      boolean nothing = values.isBlank() && !texts.getFirst().equals(last);
      return !fixed
          ? Optional.empty()
          : Optional.of(nothing ? Rule.SWALLOW_LOG : Rule.SWALLOW_DEFAULT);
    }
    return before && (logs(last) || Texts.SKIP.matcher(last).matches())
        ? Optional.of(
            texts.stream().anyMatch(Handlers::logs) ? Rule.SWALLOW_LOG : Rule.SWALLOW_EMPTY)
        : Optional.empty();
  }

  /** {@code Err(_) => …}, {@code if let Err(_) = … {}}, {@code x.ok();}. */
  private void rust(int node) {
    switch (syntax.type(node)) {
      case "match_arm" -> arm(node);
      case "if_expression" -> {
        String text = syntax.text(node);
        OptionalInt body = block(node);
        if (text.matches("(?s)^if\\s+let\\s+Err\\(.*") && body.isPresent()) {
          String head = syntax.text(syntax.start(node), syntax.start(body.getAsInt()));
          judge(node, scan.statements(body.getAsInt()), true, errIn(head), false);
        }
      }
      case "expression_statement" -> {
        if (syntax.text(node).matches("(?s).*\\.ok\\(\\)\\s*;")) {
          count++;
          scan.found(Rule.SWALLOW_EMPTY, node);
        }
      }
      case "closure_expression" -> {
        int up = syntax.parent(node);
        String call = up < 0 ? "" : syntax.text(syntax.start(syntax.parent(up)), syntax.start(up));
        if (call.endsWith("map_err") && syntax.text(node).startsWith("|_|")) {
          count++;
          scan.found(Rule.CAUSE_LOST, node);
        }
      }
      default -> {}
    }
  }

  private static Optional<String> errIn(String head) {
    Matcher m = Pattern.compile("Err\\((?:ref\\s+)?(\\w+)").matcher(head);
    return m.find() ? Optional.of(m.group(1)) : Optional.empty();
  }

  private void arm(int node) {
    int[] parts = syntax.parts(node);
    if (parts.length < 2 || !syntax.text(parts[0]).startsWith("Err(")) {
      return;
    }
    int value = parts[parts.length - 1];
    boolean whole = syntax.type(value).equals("block");
    judge(
        node,
        whole
            ? scan.statements(value)
            : syntax.text(value).equals("()") ? List.of() : List.of(value),
        true,
        errIn(syntax.text(parts[0])),
        false);
  }

  /** {@code promise.catch(() => …)}. */
  private void promise(int node) {
    int[] parts = syntax.parts(node);
    if (parts.length != 2 || !syntax.text(parts[0]).endsWith(".catch")) {
      return;
    }
    int[] arguments = syntax.parts(parts[1]);
    if (arguments.length != 1 || !syntax.is(arguments[0], Role.FUNCTIONS)) {
      return;
    }
    int[] inside = syntax.parts(arguments[0]);
    int body = inside[inside.length - 1];
    boolean whole = syntax.is(body, Role.BLOCKS);
    judge(
        node,
        whole ? scan.statements(body) : List.of(body),
        true,
        Optional.of(syntax.text(inside[0])).filter(t -> t.matches("\\w+|\\(\\w+.*")),
        false);
  }
}

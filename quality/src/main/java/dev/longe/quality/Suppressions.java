package dev.longe.quality;

import dev.longe.quality.Language.Role;

/** Finds code that suppresses a tool or the type system. */
final class Suppressions {
  private final Scan scan;
  private final Syntax syntax;

  Suppressions(Scan scan) {
    this.scan = scan;
    this.syntax = scan.syntax();
  }

  void visit(int node) {
    boolean speaks = syntax.is(node, Role.COMMENTS) || syntax.is(node, Role.ANNOTATIONS);
    if (speaks
        && !scan.language().suppressions().pattern().isEmpty()
        && scan.language().suppressions().matcher(syntax.text(node)).find()) {
      scan.found(Rule.SUPPRESSION, node);
    } else if (syntax.is(node, Role.CASTS) && !harmless(node)) {
      scan.found(Rule.CAST, node);
    }
  }

  /**
   * Whether a cast is harmless: {@code as const} narrows a type, and {@code (void)} discards a
   * value.
   */
  private boolean harmless(int node) {
    String text = syntax.text(node);
    return text.endsWith(" as const") || text.startsWith("(void)");
  }
}

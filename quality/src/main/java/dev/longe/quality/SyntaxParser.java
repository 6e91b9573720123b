package dev.longe.quality;

import org.treesitter.TSNode;
import org.treesitter.TSParser;

/**
 * Node properties with one native call each. The binding's own methods first make another call to
 * check for a null node, which is slow for trees with millions of nodes.
 */
final class SyntaxParser extends TSParser {
  private SyntaxParser() {}

  static int symbol(TSNode node) {
    return ts_node_symbol(node);
  }

  static int start(TSNode node) {
    return ts_node_start_byte(node);
  }

  static int end(TSNode node) {
    return ts_node_end_byte(node);
  }
}

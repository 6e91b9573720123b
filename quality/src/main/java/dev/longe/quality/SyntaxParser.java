package dev.longe.quality;

import org.treesitter.TSNode;
import org.treesitter.TSParser;

/**
 * What a node says, by one native call each: the node's own methods make another one first, to ask
 * whether it is there, and a tree has millions of nodes.
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

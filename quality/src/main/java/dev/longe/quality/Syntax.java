package dev.longe.quality;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.treesitter.TSNode;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/**
 * A file's syntax tree in flat form. Nodes are numbered in the order in which they begin, and a
 * node's descendants follow it directly. Reading the tree needs no native calls.
 */
final class Syntax {
  private final Grammar grammar;
  private final byte[] text;
  private final String whole;
  private final boolean ascii;
  private int count;
  private int[] symbol = new int[1 << 10];
  private int[] start = new int[1 << 10];
  private int[] end = new int[1 << 10];
  private int[] size = new int[1 << 10];
  private int[] parent = new int[1 << 10];
  private final int[] lines;

  private Syntax(Grammar grammar, String whole) {
    this.grammar = grammar;
    this.whole = whole;
    this.text = whole.getBytes(StandardCharsets.UTF_8);
    this.ascii = text.length == whole.length();
    this.lines = lineStarts(text);
  }

  /** Parses a file. Text that the grammar can't parse is in nodes of type ERROR. */
  static Syntax of(Grammar grammar, String file) {
    // The parser's positions do not count a byte order mark.
    String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
    Syntax syntax = new Syntax(grammar, text);
    try (TSTree tree = grammar.parser().parseString(null, text);
        TSTreeCursor cursor = new TSTreeCursor(tree.getRootNode())) {
      syntax.walk(cursor);
    }
    return syntax;
  }

  private static int[] lineStarts(byte[] text) {
    int[] starts = new int[16];
    int n = 1;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        if (n == starts.length) {
          starts = Arrays.copyOf(starts, 2 * n);
        }
        starts[n++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, n);
  }

  private void walk(TSTreeCursor cursor) {
    int at = -1;
    while (true) {
      TSNode seen = cursor.currentNode();
      int node = add(seen, at);
      if (cursor.gotoFirstChild()) {
        at = node;
        continue;
      }
      leaf(seen, node);
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          return;
        }
        close(at);
        at = parent[at];
      }
    }
  }

  private int add(TSNode node, int above) {
    if (count == symbol.length) {
      int more = 2 * count;
      symbol = Arrays.copyOf(symbol, more);
      start = Arrays.copyOf(start, more);
      end = Arrays.copyOf(end, more);
      size = Arrays.copyOf(size, more);
      parent = Arrays.copyOf(parent, more);
    }
    symbol[count] = SyntaxParser.symbol(node);
    start[count] = -1;
    parent[count] = above;
    size[count] = 1;
    return count++;
  }

  private void leaf(TSNode seen, int node) {
    start[node] = Math.min(SyntaxParser.start(seen), text.length);
    end[node] = Math.min(SyntaxParser.end(seen), text.length);
    for (int up = parent[node]; up >= 0 && start[up] < 0; up = parent[up]) {
      start[up] = start[node];
    }
  }

  /** Ends a node where its last child ends. */
  private void close(int node) {
    size[node] = count - node;
    int last = count - 1;
    while (parent[last] != node) {
      last = parent[last];
    }
    end[node] = end[last];
  }

  Grammar grammar() {
    return grammar;
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return text;
  }

  int symbol(int node) {
    return symbol[node];
  }

  String type(int node) {
    return grammar.name(symbol[node]);
  }

  boolean is(int node, Language.Role role) {
    return grammar.is(symbol[node], role);
  }

  boolean named(int node) {
    return grammar.named(symbol[node]);
  }

  boolean leaf(int node) {
    return size[node] == 1;
  }

  int parent(int node) {
    return parent[node];
  }

  int start(int node) {
    return start[node];
  }

  int end(int node) {
    return end[node];
  }

  /** The first node number after the node's descendants. */
  int after(int node) {
    return node + size[node];
  }

  /** The node's children, in order. */
  int[] children(int node) {
    int n = 0;
    for (int c = node + 1; c < after(node); c = after(c)) {
      n++;
    }
    int[] all = new int[n];
    n = 0;
    for (int c = node + 1; c < after(node); c = after(c)) {
      all[n++] = c;
    }
    return all;
  }

  /** The node's named children, without comments. */
  int[] parts(int node) {
    return Arrays.stream(children(node))
        .filter(c -> named(c) && !is(c, Language.Role.COMMENTS))
        .toArray();
  }

  String text(int node) {
    return text(start[node], end[node]);
  }

  String text(int from, int to) {
    return ascii
        ? whole.substring(from, to)
        : new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  /** The line in which a node begins, from 1. */
  int line(int node) {
    return lineAt(start[node]);
  }

  int endLine(int node) {
    return lineAt(Math.max(start[node], end[node] - 1));
  }

  private int lineAt(int offset) {
    int at = Arrays.binarySearch(lines, offset);
    return at >= 0 ? at + 1 : -at - 1;
  }

  int lineCount() {
    return text.length > 0 && text[text.length - 1] == '\n' ? lines.length - 1 : lines.length;
  }

  /** The text of a line, from 1. */
  String lineText(int line) {
    int to = line < lines.length ? lines[line] - 1 : text.length;
    return text(lines[line - 1], to);
  }

  /** The nearest ancestor of a node with a role, or -1. */
  int within(int node, Language.Role role) {
    for (int up = parent[node]; up >= 0; up = parent[up]) {
      if (is(up, role)) {
        return up;
      }
    }
    return -1;
  }
}

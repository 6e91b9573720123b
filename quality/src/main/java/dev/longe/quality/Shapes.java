package dev.longe.quality;

import dev.longe.quality.FileFacts.Shape;
import dev.longe.quality.Language.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Hashes pieces of code, to find copies. */
final class Shapes {
  /** Minimum number of lines of a piece, as in SlopCodeBench. */
  private static final int LINES_MIN = 3;

  /** Own choice: shorter pieces are often equal by chance. */
  private static final int TOKENS_MIN = 30;

  /**
   * Minimum number of calls and branches in a piece. Excludes data tables, which are similar
   * without being copies.
   */
  private static final int DEEDS_MIN = 2;

  private static final int LINES_MAX = 400;

  /**
   * Window length in tokens. Of each 11 windows the smallest hash is kept, so that every repeated
   * run of 50 tokens is found (winnowing; 50 tokens and 5 lines are jscpd's defaults).
   */
  private static final int WINDOW = 40;

  private static final int KEPT_OF = 11;

  private final Syntax syntax;

  Shapes(Syntax syntax) {
    this.syntax = syntax;
  }

  /** A hash of a node that does not depend on names, spacing and comments. */
  static long normal(Syntax syntax, int node) {
    return new Shapes(syntax).hash(node, false);
  }

  private long hash(int node, boolean literalsAside) {
    Map<Long, Integer> names = new HashMap<>();
    long hash = Hash.START;
    byte[] bytes = syntax.bytes();
    for (int at = node; at < syntax.after(node); at++) {
      if (syntax.is(at, Role.COMMENTS)) {
        at = syntax.after(at) - 1;
      } else if (syntax.leaf(at)) {
        if (syntax.is(at, Role.IDENTIFIERS)) {
          long name = Hash.add(Hash.START, bytes, syntax.start(at), syntax.end(at));
          hash = Hash.add(hash, names.computeIfAbsent(name, _ -> names.size()));
        } else if (literalsAside && syntax.named(at)) {
          hash = Hash.add(hash, syntax.symbol(at));
        } else {
          hash = Hash.add(hash, bytes, syntax.start(at), syntax.end(at));
        }
      }
    }
    return hash;
  }

  /** Shapes of all pieces that are long enough, outer pieces before inner ones. */
  List<Shape> trees() {
    List<Shape> shapes = new ArrayList<>();
    int[] leaves = before(syntax::leaf);
    int[] deeds = before(at -> syntax.is(at, Role.CALLS) || syntax.is(at, Role.BRANCHES));
    for (int node = 1; node < syntax.count(); node++) {
      if (syntax.leaf(node) || !syntax.named(node) || skipped(node)) {
        continue;
      }
      int lines = syntax.endLine(node) - syntax.line(node) + 1;
      if (lines < LINES_MIN || lines > LINES_MAX || syntax.parts(node).length < 2) {
        continue;
      }
      int tokens = leaves[syntax.after(node)] - leaves[node];
      if (tokens >= TOKENS_MIN && deeds[syntax.after(node)] - deeds[node] >= DEEDS_MIN) {
        shapes.add(new Shape(hash(node, true), syntax.line(node), syntax.endLine(node), tokens));
      }
    }
    return shapes;
  }

  private boolean skipped(int node) {
    return syntax.is(node, Role.COMMENTS) || syntax.is(node, Role.IMPORTS);
  }

  /** For each node, the number of preceding nodes that match. */
  private int[] before(IntPredicate counts) {
    int[] sums = new int[syntax.count() + 1];
    for (int at = 0; at < syntax.count(); at++) {
      sums[at + 1] = sums[at] + (counts.test(at) ? 1 : 0);
    }
    return sums;
  }

  /** Shapes of token runs, with the tokens exactly as written. */
  List<Shape> windows() {
    List<Integer> leaves = new ArrayList<>();
    for (int at = 0; at < syntax.count(); at++) {
      if (syntax.is(at, Role.COMMENTS) || syntax.is(at, Role.IMPORTS)) {
        at = syntax.after(at) - 1;
      } else if (syntax.leaf(at)) {
        leaves.add(at);
      }
    }
    return winnowed(leaves);
  }

  private List<Shape> winnowed(List<Integer> leaves) {
    int n = leaves.size() - WINDOW + 1;
    if (n <= 0) {
      return List.of();
    }
    long[] hashes = rolling(leaves, n);
    List<Shape> kept = new ArrayList<>();
    int last = -1;
    for (int from = 0; from + KEPT_OF <= n; from++) {
      int least = from;
      for (int i = from + 1; i < from + KEPT_OF; i++) {
        if (hashes[i] <= hashes[least]) {
          least = i;
        }
      }
      if (least != last) {
        last = least;
        int to = leaves.get(least + WINDOW - 1);
        kept.add(
            new Shape(hashes[least], syntax.line(leaves.get(least)), syntax.endLine(to), WINDOW));
      }
    }
    return kept;
  }

  /** A polynomial hash of each window, computed from the previous one. */
  private long[] rolling(List<Integer> leaves, int n) {
    long base = 0x9E3779B97F4A7C15L | 1;
    long top = 1;
    for (int i = 1; i < WINDOW; i++) {
      top *= base;
    }
    long[] tokens = new long[leaves.size()];
    for (int i = 0; i < tokens.length; i++) {
      int leaf = leaves.get(i);
      tokens[i] = Hash.add(Hash.START, syntax.bytes(), syntax.start(leaf), syntax.end(leaf));
    }
    long[] hashes = new long[n];
    long hash = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (i >= WINDOW) {
        hash -= tokens[i - WINDOW] * top;
      }
      hash = hash * base + tokens[i];
      if (i >= WINDOW - 1) {
        hashes[i - WINDOW + 1] = mixed(hash);
      }
    }
    return hashes;
  }

  /** Mixes the bits, so that the smallest of several hashes is effectively a random one. */
  private static long mixed(long h) {
    long x = (h ^ (h >>> 32)) * 0xd6e8feb86659fd93L;
    return (x ^ (x >>> 32)) * 0xd6e8feb86659fd93L;
  }
}

package dev.longe.quality;

import java.util.List;
import java.util.Map;

/**
 * Facts about one file that depend only on its content, not on its path or on other files.
 *
 * @param handlers number of places that handle an error
 * @param calls number of calls by function name
 * @param trees shapes of whole syntactic pieces
 * @param windows shapes of token runs
 */
record FileFacts(
    String language,
    int lines,
    List<Function> functions,
    int handlers,
    Map<String, Integer> calls,
    List<Finding> smells,
    List<Shape> trees,
    List<Shape> windows)
    implements FileResult {

  /** A complexity above this is high, according to the bands of the published metric. */
  static final int COMPLEX = 10;

  FileFacts {
    functions = List.copyOf(functions);
    calls = Map.copyOf(calls);
    smells = List.copyOf(smells);
    trees = List.copyOf(trees);
    windows = List.copyOf(windows);
  }

  /**
   * One function.
   *
   * @param complexity cyclomatic complexity
   * @param shape hash of the whole function, independent of names
   */
  record Function(
      String name,
      int line,
      int endLine,
      int complexity,
      int statements,
      int assertions,
      long shape) {

    /** {@code max(0, complexity − 1) · sqrt(statements)}, as SlopCodeBench defines it. */
    double mass() {
      return Math.max(0, complexity - 1) * Math.sqrt(statements);
    }

    boolean complex() {
      return complexity > COMPLEX;
    }
  }

  /** A piece of code with its hash and location. */
  record Shape(long hash, int line, int endLine, int tokens) {}
}

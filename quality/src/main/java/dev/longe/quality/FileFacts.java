package dev.longe.quality;

import java.util.List;
import java.util.Map;

/**
 * What one file's content says about itself, whatever its path and whatever stands in other files.
 *
 * @param handlers places that handle an error
 * @param calls how often a function of a name is called
 * @param trees shapes of whole syntactic pieces
 * @param windows shapes of runs of tokens
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

  /** A complexity above this is high: the band of the published metric. */
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
   * @param complexity cyclomatic
   * @param shape of the whole function, names aside
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

  /** Where a piece of code of this hash stands. */
  record Shape(long hash, int line, int endLine, int tokens) {}
}

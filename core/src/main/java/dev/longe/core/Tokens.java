package dev.longe.core;

/** Model tokens by kind. */
public record Tokens(long input, long output, long cacheRead, long cacheWrite) {
  /** No tokens at all. */
  public static final Tokens ZERO = new Tokens(0, 0, 0, 0);

  public Tokens {
    Require.notNegative(input, "input tokens");
    Require.notNegative(output, "output tokens");
    Require.notNegative(cacheRead, "cache-read tokens");
    Require.notNegative(cacheWrite, "cache-write tokens");
  }

  public Tokens plus(Tokens o) {
    return new Tokens(
        Math.addExact(input, o.input),
        Math.addExact(output, o.output),
        Math.addExact(cacheRead, o.cacheRead),
        Math.addExact(cacheWrite, o.cacheWrite));
  }

  /**
   * What counts against a limit: every token once, cache reads at a tenth, as they are priced by
   * the large providers; otherwise a long session would end on re-reading its own history.
   */
  public long counted() {
    return Math.addExact(Math.addExact(input, output), Math.addExact(cacheWrite, cacheRead / 10));
  }
}

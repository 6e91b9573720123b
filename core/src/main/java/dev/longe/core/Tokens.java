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
   * The number that counts against a limit: cache reads count a tenth, all other tokens count once.
   * The large providers price cache reads this way. With the full count a long session would reach
   * its limit by re-reading its own history.
   */
  public long counted() {
    return Math.addExact(Math.addExact(input, output), Math.addExact(cacheWrite, cacheRead / 10));
  }
}

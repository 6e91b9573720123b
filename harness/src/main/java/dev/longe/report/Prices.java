package dev.longe.report;

import dev.longe.core.Cost;
import dev.longe.core.Usage;
import java.util.Locale;

/** Formats usage and cost for people. */
public final class Prices {
  private Prices() {}

  /** For example {@code $0.42 (reported), 12,345 tokens}. An unknown cost is shown as unknown. */
  public static String shown(Usage usage) {
    return cost(usage.cost()) + ", " + tokens(usage.tokens().counted());
  }

  public static String cost(Cost cost) {
    return switch (cost) {
      case Cost.Reported r -> r.money() + " (reported)";
      case Cost.Computed c -> c.money() + " (computed, prices of " + c.prices() + ")";
      case Cost.Unknown u ->
          u.atLeast().micros() == 0
              ? "cost unknown"
              : "at least " + u.atLeast() + ", the rest unknown";
    };
  }

  public static String tokens(long count) {
    return String.format(Locale.ROOT, "%,d tokens", count);
  }
}

package dev.longe.effects;

import dev.longe.core.Usage;
import dev.longe.cost.PriceTable;
import java.util.Optional;

/** Computes what an attempt costs where its agent doesn't tell. Safe for use by many threads. */
final class CostEstimate {
  private final PriceTable prices;
  private volatile Optional<String> model;

  CostEstimate(PriceTable prices, Optional<String> model) {
    this.prices = prices;
    this.model = model;
  }

  /** The agent told which model works. */
  void worksWith(Optional<String> told) {
    model = told.or(() -> model);
  }

  Usage of(Usage usage) {
    return prices.price(usage, model);
  }
}

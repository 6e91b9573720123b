package dev.longe.effects;

import dev.longe.core.Usage;
import dev.longe.cost.PriceTable;
import java.util.Optional;

/** Computes the cost of an attempt whose agent does not report it. Safe for use by many threads. */
final class CostEstimate {
  private final PriceTable prices;
  private volatile Optional<String> model;

  CostEstimate(PriceTable prices, Optional<String> model) {
    this.prices = prices;
    this.model = model;
  }

  /** Records the model that the agent reports; an empty value changes nothing. */
  void worksWith(Optional<String> told) {
    model = told.or(() -> model);
  }

  Usage of(Usage usage) {
    return prices.price(usage, model);
  }
}

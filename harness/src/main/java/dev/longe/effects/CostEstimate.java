package dev.longe.effects;

import dev.longe.core.Attempt;
import dev.longe.core.TaskState;
import dev.longe.core.Usage;
import dev.longe.core.policy.Decision;
import dev.longe.cost.PriceTable;
import dev.longe.engine.Settings;
import java.util.Optional;

/** Computes the cost of an attempt whose agent does not report it. Safe for use by many threads. */
final class CostEstimate {
  private final PriceTable prices;
  private volatile Optional<String> model;

  CostEstimate(PriceTable prices, Optional<String> model) {
    this.prices = prices;
    this.model = model;
  }

  /** The estimate for an attempt; the model may be known before the agent reports it. */
  static CostEstimate of(Settings settings, TaskState task, Decision.Start start) {
    Optional<String> known =
        start
            .resume()
            .flatMap(_ -> task.last())
            .flatMap(Attempt::model)
            .or(() -> settings.agents().model(start.spec()));
    return new CostEstimate(settings.prices(), known);
  }

  /** Records the model that the agent reports; an empty value changes nothing. */
  void worksWith(Optional<String> told) {
    model = told.or(() -> model);
  }

  Usage of(Usage usage) {
    return prices.price(usage, model);
  }
}

package dev.longe.core;

import java.util.List;

/** How thorough the human review of a change must be. */
public enum Tier {
  LOW,
  MEDIUM,
  HIGH;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Whether a review with these insights is enough to accept a change of this tier. The high tier
   * needs an explanation and a prediction, or a waiver with a reason.
   */
  public boolean satisfiedBy(List<Insight> insights) {
    return switch (this) {
      case LOW, MEDIUM -> true;
      case HIGH ->
          insights.stream().anyMatch(Tier::waives)
              || insights.stream()
                  .map(Insight::kind)
                  .toList()
                  .containsAll(List.of(Insight.Kind.EXPLAINED, Insight.Kind.PREDICTED));
    };
  }

  private static boolean waives(Insight insight) {
    return insight.kind() == Insight.Kind.WAIVED && !insight.text().isBlank();
  }
}

package dev.longe.core;

import java.time.Duration;

/**
 * Argument checks for the compact constructors of this package. Each message names the wrong
 * component.
 */
final class Require {
  private Require() {}

  static String text(String value, String component) {
    that(!value.isBlank(), component + " must not be blank");
    return value;
  }

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void positive(long value, String component) {
    that(value > 0, component + " must be greater than 0, was " + value);
  }

  static void notNegative(long value, String component) {
    that(value >= 0, component + " must not be negative, was " + value);
  }

  static void positive(Duration value, String component) {
    that(value.isPositive(), component + " must be longer than 0, was " + value);
  }
}

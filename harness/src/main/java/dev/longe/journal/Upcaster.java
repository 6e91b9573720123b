package dev.longe.journal;

/** Converts an older form of an event type into the next one. */
@FunctionalInterface
interface Upcaster {
  /**
   * Returns the same event in a newer form: the next version of its type ({@link Written#next}), or
   * a form of another type where the type was renamed or split; then the old name is not used for a
   * type any more. One written event stays one event.
   */
  Written next(Written older);
}

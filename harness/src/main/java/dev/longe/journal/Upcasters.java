package dev.longe.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Converts older forms of events into the present ones. The present version of a type is one more
 * than the number of its upcasters, so that every new version has an upcaster.
 */
final class Upcasters {
  /** A form of a type. */
  record Form(String type, int version) {}

  /** The upcasters of this release: all types still have version 1. */
  static final Upcasters ALL = new Upcasters(Map.of());

  private final Map<Form, Upcaster> steps;
  private final Map<String, Integer> present = new HashMap<>();

  Upcasters(Map<Form, Upcaster> steps) {
    this.steps = Map.copyOf(steps);
    for (Form form : steps.keySet()) {
      present.merge(form.type(), form.version() + 1, Math::max);
      if (form.version() > 1 && !steps.containsKey(new Form(form.type(), form.version() - 1))) {
        throw new IllegalArgumentException("no upcaster leads to " + form);
      }
    }
  }

  /** The version in which events of a type are written. */
  int present(String type) {
    return present.getOrDefault(type, 1);
  }

  /**
   * The names under which an event that is read as one of these types may be stored: their own, and
   * every name that an upcaster converts.
   */
  Set<String> storedAs(Set<String> types) {
    Set<String> all = new TreeSet<>(types);
    steps.keySet().forEach(form -> all.add(form.type()));
    return all;
  }

  /** Whether a form is the present one of a known type. */
  boolean isPresent(String type, int version) {
    return version == present(type) && EventTypes.ALL.containsKey(type);
  }

  /** Converts an event to the newest form that the upcasters reach. */
  Written newest(Written older) {
    Written written = older;
    Form form = new Form(written.type(), written.version());
    while (steps.containsKey(form)) {
      written = steps.get(form).next(written);
      form = new Form(written.type(), written.version());
    }
    return written;
  }
}

package dev.longe.journal;

import java.util.HashMap;
import java.util.Map;

/**
 * How every older form of an event becomes the present one. A type's present version is one more
 * than the number of its upcasters, so that no form is raised without saying how the older one is
 * read.
 */
final class Upcasters {
  /** A form of a type. */
  record Form(String type, int version) {}

  /** The upcasters of this Longe: every type still has its first form. */
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

  /** Whether a form is the one that is written. */
  boolean isPresent(String type, int version) {
    return version == present(type) && EventTypes.ALL.containsKey(type);
  }

  /** The event in the newest form that upcasters lead to. */
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

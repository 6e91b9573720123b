package dev.longe.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts older forms of events into the present ones. The present version of a type is one more
 * than the number of its upcasters, so that every new version has an upcaster.
 */
final class Upcasters {
  /** A form of a type. */
  record Form(String type, int version) {}

  /** The upcasters of this release. */
  static final Upcasters ALL =
      new Upcasters(Map.of(new Form("Submitted", 1), Upcasters::sandboxAndNetwork));

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

  /**
   * In version 1, {@code sandbox} is one word, which also says whether the agent reaches the
   * network.
   */
  private static Written sandboxAndNetwork(Written older) {
    ObjectNode properties = older.properties().deepCopy();
    ObjectNode loop = (ObjectNode) properties.required("loop");
    String word = loop.required("sandbox").asString();
    ObjectNode sandbox = loop.putObject("sandbox");
    sandbox.put("level", word.equals("NONE") ? "NONE" : "REQUIRED");
    sandbox
        .putObject("network")
        .put("agent", !word.equals("BUBBLEWRAP_OFFLINE"))
        .put("setup", true)
        .put("checks", true);
    return older.next(properties);
  }

  /** The version in which events of a type are written. */
  int present(String type) {
    return present.getOrDefault(type, 1);
  }

  /**
   * The names under which an event that is read as one of these types may be stored: their own, and
   * every name that is not in use any more.
   */
  Set<String> storedAs(Set<String> types) {
    Set<String> all = new TreeSet<>(types);
    steps.keySet().stream()
        .map(Form::type)
        .filter(type -> !EventTypes.ALL.containsKey(type))
        .forEach(all::add);
    return all;
  }

  /** Whether a form is the present one of a known type. */
  boolean isPresent(String type, int version) {
    return version == present(type) && EventTypes.ALL.containsKey(type);
  }

  /**
   * Converts an event to the newest form that the upcasters reach.
   *
   * @throws IllegalStateException if an upcaster renames an event whose old name is still in use
   */
  Written newest(Written older) {
    Written written = older;
    Form form = new Form(written.type(), written.version());
    while (steps.containsKey(form)) {
      written = steps.get(form).next(written);
      if (!written.type().equals(form.type()) && EventTypes.ALL.containsKey(form.type())) {
        throw new IllegalStateException(form.type() + " is still the name of an event");
      }
      form = new Form(written.type(), written.version());
    }
    return written;
  }
}

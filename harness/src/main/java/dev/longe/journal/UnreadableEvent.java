package dev.longe.journal;

import dev.longe.core.Fault;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Creates the faults for events that can't be read. Each message is one sentence that says what to
 * do.
 */
final class UnreadableEvent {
  private UnreadableEvent() {}

  /**
   * The fault for an event of unknown form.
   *
   * @param place the place of the event, as the beginning of a sentence
   */
  static Fault newer(String place, String type, int version) {
    return new Fault(
        event(place, type, version)
            + " has a form that only a newer Longe can read; use the newer Longe.");
  }

  /** The fault for an event whose properties don't match its form. */
  static Fault of(String place, String type, int version, JacksonException e) {
    String event = event(place, type, version);
    return new Fault(
        switch (e) {
          case UnrecognizedPropertyException u ->
              event + newer(" has the property «" + u.getPropertyName() + "»");
          case InvalidTypeIdException t ->
              event + newer(" has a value of kind «" + t.getTypeId() + "»");
          case InvalidFormatException f when f.getTargetType().isEnum() ->
              event + newer(" has the value «" + f.getValue() + "»");
          case JacksonException j ->
              event
                  + " is damaged; restore the journal from a backup ("
                  + j.getOriginalMessage()
                  + ").";
        },
        e);
  }

  private static String newer(String what) {
    return what + ", which only a newer Longe can read; use the newer Longe.";
  }

  private static String event(String place, String type, int version) {
    return "%s (%s, version %d)".formatted(place, type, version);
  }
}

package dev.longe.journal;

import tools.jackson.databind.node.ObjectNode;

/**
 * An event in the form in which it was written.
 *
 * @param type the name of its type
 * @param version the version of the type's form, counts from 1
 */
record Written(String type, int version, ObjectNode properties) {
  /** The same event in the next version of its type. */
  Written next(ObjectNode changed) {
    return new Written(type, version + 1, changed);
  }
}

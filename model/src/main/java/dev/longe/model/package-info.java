/**
 * A small agent over a model API, a program of its own. It reads one request from its standard
 * input, then messages while it works, and prints what it does, one JSON object a line. The harness
 * starts it as it starts every other agent.
 */
@NullMarked
package dev.longe.model;

import org.jspecify.annotations.NullMarked;

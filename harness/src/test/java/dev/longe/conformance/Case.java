package dev.longe.conformance;

import java.util.Locale;

/** What the suite tries with every agent. */
enum Case {
  START("starts, works in its clone, ends"),
  STREAM("reports what it does while it works"),
  USAGE("its reported usage equals the model server's count"),
  CONTINUE("continues a session with the earlier turns"),
  STEER("takes a message while it works"),
  INTERRUPT("leaves no process when stopped while a tool runs"),
  CLOSE("leaves no process when it ends"),
  ASKED("asks a question"),
  CANNOT("says that the task cannot be done"),
  UNAUTHORIZED("recognizes refused credentials (401)"),
  RATE_LIMITED("recognizes a used-up quota (429) and its reset time"),
  SERVER_ERROR("handles a server error (500), once and permanent"),
  UNREACHABLE("handles a refused connection"),
  CONTEXT_FULL("recognizes a full context"),
  TURN_LIMIT("has a limit of turns"),
  KILLED("handles being killed from outside"),
  EXPORT("continues a session in another home and directory"),
  LONG_LINE("handles a line of 10 MB"),
  BAD_UTF8("handles invalid UTF-8"),
  CUT_LINE("handles a stream that ends within a line"),
  IGNORES_TERM("can be stopped when it ignores SIGTERM"),
  AT_ONCE("processes at the same time"),
  LOOP("in a loop: checks fail, session continues, proposed, landed"),
  SHUT_IN("works when confined by bubblewrap");

  private final String label;

  Case(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package dev.longe.conformance;

import java.util.Locale;

/** What the suite tries with every agent. */
enum Case {
  START("starts, works in its clone, ends"),
  STREAM("tells what it does while it works"),
  USAGE("its use adds up with the model server's own count"),
  CONTINUE("goes on with the earlier turns in its context"),
  STEER("takes a message while it works"),
  INTERRUPT("stopped while a tool runs, leaves no process"),
  CLOSE("ends without leaving a process"),
  ASKED("asks"),
  CANNOT("says that it cannot"),
  UNAUTHORIZED("refused credentials (401)"),
  RATE_LIMITED("quota used up (429), with its reset"),
  SERVER_ERROR("server error (500), once and for ever"),
  UNREACHABLE("connection refused"),
  CONTEXT_FULL("context full"),
  TURN_LIMIT("limit of turns"),
  KILLED("killed from outside"),
  EXPORT("session goes on in another home and directory"),
  LONG_LINE("a line of 10 MB"),
  BAD_UTF8("invalid UTF-8"),
  CUT_LINE("stream cut in the middle of a line"),
  IGNORES_TERM("ignores SIGTERM"),
  AT_ONCE("many at once"),
  LOOP("in a loop file: refused, continued, proposed, landed"),
  SHUT_IN("shut in by bubblewrap");

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

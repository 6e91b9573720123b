package dev.longe.cli;

import dev.longe.agent.Login;
import dev.longe.agent.Probe;
import dev.longe.agent.Program;

/** Describes the result of a probe in words. */
final class AgentWords {
  private AgentWords() {}

  /** Whether an agent is installed on this machine and can work. */
  static String here(Probe p) {
    return p.refusal().orElseGet(() -> version(p) + login(p.login()));
  }

  private static String version(Probe p) {
    String tested =
        p.program()
            .map(Program::tested)
            .filter(t -> !t.isEmpty() && !p.version().orElse("").contains(t))
            .map(t -> " (tested with " + t + ")")
            .orElse("");
    return p.version().orElse("ready") + tested;
  }

  private static String login(Login login) {
    return switch (login.state()) {
      case YES -> ", credentials in " + login.says();
      case NO -> ", no credentials found: " + login.says();
      case UNKNOWN -> ", " + login.says();
    };
  }
}

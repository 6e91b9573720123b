package dev.longe.agent;

import dev.longe.core.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known about an agent without spending anything.
 *
 * @param driver the protocol that it speaks
 * @param program its program; empty if it needs none of its own
 * @param installed whether the program is installed
 * @param version as the program printed it; empty if it was not asked
 * @param tooOld whether the version is older than the driver's minimum
 * @param moves whether its sessions can be moved to another machine
 */
public record Probe(
    String name,
    String driver,
    Optional<Program> program,
    boolean installed,
    Optional<String> version,
    boolean tooOld,
    Login login,
    Capabilities can,
    boolean moves) {

  /** Why the agent can't start an attempt here; empty if it can. */
  public Optional<String> refusal() {
    if (!installed) {
      return program.map(p ->
          "«%s» is not installed: %s"
              .formatted(p.name(), p.install().isEmpty() ? "it is not on the PATH" : p.install()));
    }
    return tooOld
        ? program.map(p ->
            "«%s» has the version %s, and Longe needs %s or newer: %s"
                .formatted(p.name(), version.orElse("?"), p.minimum(), p.install()))
        : Optional.empty();
  }

  /** The agent's capabilities as text. */
  public String abilities() {
    List<String> words = new ArrayList<>();
    if (can.resume()) {
      words.add("continues sessions");
    }
    if (can.steer()) {
      words.add("takes messages while it works");
    }
    if (can.cost()) {
      words.add("reports its cost");
    }
    if (moves) {
      words.add("its sessions can be moved");
    }
    return String.join(", ", words);
  }
}

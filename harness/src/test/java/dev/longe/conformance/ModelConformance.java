package dev.longe.conformance;

import dev.longe.intake.AgentEntry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Longe's own agent; the same over either API. */
abstract class ModelConformance extends Conformance {
  private int turns;

  abstract String key();

  @Override
  final String driver() {
    return "model";
  }

  @Override
  final String program() {
    return "java";
  }

  @Test
  @Override
  final void version() {
    Findings.of(agent()).version("of this Longe");
  }

  @Override
  final void configure(Path itsHome, String url) {
    turns = 200;
  }

  @Override
  final void limitTurns() {
    turns = 1;
  }

  @Override
  final Map<String, String> variables(String url) {
    return Map.of(key(), "scripted-key");
  }

  abstract AgentEntry.Endpoint endpoint(String url, int most);

  /** The real one is the program with Longe's own arguments behind it. */
  @Override
  final String realStart() {
    return "";
  }

  @Override
  final AgentEntry entry() {
    AgentEntry e = super.entry();
    return new AgentEntry(
        e.name(),
        e.driver(),
        e.command(),
        e.arguments(),
        e.env(),
        e.quotaAccount(),
        e.slots(),
        Optional.of("scripted-model"),
        Set.of(),
        endpoint(url(), turns));
  }

  @Override
  Optional<String> lacks(Case tried) {
    return Optional.empty();
  }
}

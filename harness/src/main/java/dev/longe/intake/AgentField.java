package dev.longe.intake;

import dev.longe.core.AgentSpec;
import java.util.Map;
import java.util.Optional;

/** Reads an agent from a loop file: a text, or a map with one name and its arguments. */
record AgentField(AgentsFile agents) {

  Optional<AgentSpec> read(Field field) {
    if (field.isText()) {
      return field.parsed(t -> ShortForms.agent(t, agents));
    }
    Map<String, Field> one = field.map(agents.names());
    if (one.size() != 1) {
      field.problem("must name one agent");
      return Optional.empty();
    }
    Map.Entry<String, Field> entry = one.entrySet().iterator().next();
    try {
      return Optional.of(ShortForms.agent(entry.getKey(), entry.getValue().texts(), agents));
    } catch (IllegalArgumentException e) {
      field.problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}

package dev.longe.intake;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML text as {@link Field}s. */
public final class Yaml {
  private Yaml() {}

  /**
   * Reads a YAML text; empty if it is not valid YAML.
   *
   * @param lineOffset number of lines in the file before the text
   * @param problems the list to which problems are added
   */
  public static Optional<Field> read(
      String file, String text, int lineOffset, List<Problem> problems) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file).build();
      return new Compose(settings)
          .composeString(text)
          .map(node -> new Field(node, file, lineOffset, "", problems));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1 + lineOffset).orElse(0);
      problems.add(new Problem(file, line, "", "is not valid YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new Problem(file, 0, "", "is not valid YAML: " + e.getMessage()));
    }
    return Optional.empty();
  }
}

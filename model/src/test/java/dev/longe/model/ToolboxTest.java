package dev.longe.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ToolboxTest {
  private static final List<String> WORDS = List.of(Toolbox.FINISH, Toolbox.CANNOT, Toolbox.ASK);

  @TempDir Path directory;

  private static JsonNode schema(Toolbox.Tool tool) {
    return ScriptedServer.JSON.valueToTree(tool.schema());
  }

  @Test
  void everyParameterThatIsNeeded_isDescribed() {
    for (Toolbox.Tool tool : Toolbox.work()) {
      JsonNode schema = schema(tool);
      assertThat(schema.path("type").asText()).isEqualTo("object");
      schema
          .path("required")
          .forEach(name ->
              assertThat(schema.path("properties").path(name.asText()).path("type").asText())
                  .as(tool.name() + "." + name.asText())
                  .isNotEmpty());
    }
  }

  @Test
  void everyToolThatIsOffered_isThere_andSaysWhatItNeeds() {
    for (Toolbox.Tool tool : Toolbox.work()) {
      if (!WORDS.contains(tool.name())) {
        Conversation.Result result =
            new ToolExecution(directory)
                .perform(
                    new Conversation.Call(
                        "t", tool.name(), ScriptedServer.JSON.valueToTree(Map.of())));
        assertThat(result.text()).isEqualTo("needs the text «" + tool.needed().getFirst() + "»");
      }
    }
  }

  @Test
  void judge_canOnlyGiveOpinions_inTheThreeWords() {
    assertThat(Toolbox.judge()).hasSize(1);
    JsonNode items =
        schema(Toolbox.judge().getFirst()).path("properties").path("opinions").path("items");
    assertThat(items.path("properties").path("answer").path("enum"))
        .extracting(JsonNode::asText)
        .containsExactly("met", "not met", "cannot tell");
  }
}

package dev.longe.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Loop;
import dev.longe.core.MoveStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PromptTest {
  private static String next(Story story) {
    return Prompt.of(story.state, Story.start(story.state), "/x/answer.json");
  }

  @Test
  void first_holdsTheTaskAndTheHonestExit() {
    String prompt = next(new Story(Story.loop()).attempts());
    assertThat(prompt).startsWith("Mend it.").contains("/x/answer.json").contains("cannot");
  }

  @Test
  void followUp_holdsTheFailingEvidenceOnly() {
    String prompt = next(new Story(Story.loop()).attempts(Story.ended("t1", "case a")));
    assertThat(prompt).contains("boom").doesNotContain("Mend it.");
  }

  @Test
  void followUp_namesTouchedProtectedPaths() {
    Story s = new Story(Story.loop()).attempts(Story.ended("t1", "x").touching("test/a"));
    assertThat(next(s)).contains("test/a").contains("original content");
  }

  @Test
  void fresh_handsOverTreeEvidenceAndWhatWasRefuted() {
    Story s =
        new Story(Story.loop())
            .attempts(Story.ended("t1", "x"), Story.ended("t2", "x"), Story.ended("t3", "x"));
    assertThat(next(s))
        .contains("Mend it.")
        .contains("holds earlier work")
        .contains("attempt 2: changed a.txt")
        .contains("boom");
  }

  @Test
  void hiddenCheck_tellsNothing_inEvidenceOrRefutation() {
    CheckSpec hidden =
        new CheckSpec.Run(
            Story.TESTS,
            new Command.Shell("secret"),
            Optional.empty(),
            Duration.ofMinutes(1),
            false,
            true,
            OptionalInt.empty());
    Loop loop = Story.loop(List.of(new MoveStep(MoveStep.Kind.FRESH, 1)), hidden);
    String prompt = next(new Story(loop).attempts(Story.ended("t1", "secret case")));
    assertThat(prompt).doesNotContain("boom").doesNotContain("secret case").contains("failed");
  }

  @Test
  void template_withUnknownVariable_isNamed() {
    assertThat(Prompt.unknownVariables("{{task}} {{ spec }} {{x}}")).containsExactly("spec", "x");
  }

  @Test
  void taskText_withTemplateSigns_isTakenLiterally() {
    assertThat(next(new Story(Story.loop()).attempts())).doesNotContain("{{");
  }
}

package dev.longe.core.policy;

import static dev.longe.core.policy.Story.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Attempt;
import dev.longe.core.CheckName;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.Verdict;
import dev.longe.core.Verdicts;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A candidate with a link that points outside the repository. */
@Tag("D43")
@Tag("I2")
final class OutsideLinksTest {
  @Test
  void isNotProposed_whateverTheChecksSay_untilTheLinkIsGone() {
    Story s =
        new Story(Story.loop()).attempts(ended("t1").linking("data", "/etc/passwd"), ended("t2"));
    assertThat(s.decisions())
        .containsExactly("fresh first", "continue checks-failed", "propose checks-passed");
  }

  @Test
  void agentIsToldWhichLink_andNobodyCanAccept() {
    Story s = new Story(Story.loop()).attempts(ended("t1").linking("data", "/etc/passwd"));
    Attempt attempt = s.state.attempts().getFirst();
    Verdict verdict =
        Optional.ofNullable(Verdicts.of(s.state, attempt).get(CheckName.OUTSIDE_LINKS))
            .orElseThrow();
    assertThat(verdict).isInstanceOf(Verdict.Failed.class);
    assertThat(Prompt.evidence(s.state, attempt))
        .contains("The link data points outside the repository, to /etc/passwd.");
    assertThat(s.state.acceptable()).isFalse();
    Event.Accepted word =
        new Event.Accepted("a", false, s.state.candidateCommit(), Optional.empty());
    assertThat(HumanWord.refusal(s.state, word)).isPresent();
  }

  @Test
  void withoutSuchALink_thereIsNoSuchVerdict() {
    Story s = new Story(Story.loop()).attempts(ended("t1"));
    assertThat(Verdicts.of(s.state, s.state.attempts().getFirst()))
        .doesNotContainKey(CheckName.OUTSIDE_LINKS);
  }
}

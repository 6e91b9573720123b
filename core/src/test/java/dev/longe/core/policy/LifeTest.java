package dev.longe.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Attempt;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.HumanWord;
import dev.longe.core.LimitName;
import dev.longe.core.Limits;
import dev.longe.core.Money;
import dev.longe.core.ReviewLoad;
import dev.longe.core.State;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random lives: whatever agents and humans do, in whatever order, these hold after every event. */
final class LifeTest {
  private static final int LIVES = 400;
  private static final int WORDS = 25;

  private final Random random;

  LifeTest() {
    random = new Random();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  @Tag("I6")
  @Tag("I11")
  @Tag("I17")
  void anyLife_keepsTheInvariants_andReplaysTheSame(long seed) {
    random.setSeed(seed);
    for (int life = 0; life < LIVES; life++) {
      Story story = new Story(Story.with(Story.loop(), Story.attempts(1 + random.nextInt(6))));
      for (int i = 0; i < WORDS && !story.state.state().closed(); i++) {
        world(story);
        story.attempts(outcomes());
        word(story.state)
            .filter(w -> HumanWord.refusal(story.state, w).isEmpty())
            .ifPresent(story::happens);
        if (story.state.state() == State.WAITING && random.nextBoolean()) {
          story.happens(new Event.Woken());
        }
        if (story.state.accepted().isPresent()) {
          story.happens(landing());
        }
      }
      holds(story, "seed " + seed + " life " + life);
    }
  }

  private static void holds(Story story, String where) {
    TaskState state = TaskState.of(Story.ID, story.events.subList(0, 1));
    for (Event event : story.events.subList(1, story.events.size())) {
      if (event instanceof Event.Decided d) {
        assertThat(Story.decide(state)).as(where).isEqualTo(new Decision.Take(d));
      }
      if (event instanceof Event.Deferred d) {
        assertThat(Story.decide(state)).as(where).isEqualTo(new Decision.Defer(d));
      }
      if (event instanceof Event.AttemptStarted a) {
        assertThat(Story.decide(state))
            .as(where)
            .isInstanceOfSatisfying(
                Decision.Start.class, start -> assertThat(start.agent()).isEqualTo(a.agent()));
      }
      if (event instanceof Event.Accepted) {
        assertThat(state.verdicts().values())
            .as(where)
            .noneMatch(v -> v instanceof Verdict.Failed || v instanceof Verdict.Broken);
      }
      state = state.after(event);
      assertThat(state.attempts().stream().filter(Attempt::running).count())
          .as(where)
          .isLessThan(2);
    }
    assertThat(state).as(where).isEqualTo(story.state);
  }

  /** What reviewers, quota and money are like from now on. */
  private void world(Story story) {
    story
        .reviewers(new ReviewLoad(random.nextInt(400), 60, 300, List.of()))
        .money(new Money(random.nextInt(4)));
    Story _ =
        random.nextInt(4) == 0 ? story.quota(Story.NOW.plusSeconds(60)) : story.quotaIsThere();
  }

  private Story.Outcome[] outcomes() {
    return random
        .ints(random.nextInt(4), 0, 5)
        .mapToObj(tree -> outcome("tree-" + tree))
        .toArray(Story.Outcome[]::new);
  }

  private Story.Outcome outcome(String tree) {
    List<Stop> stops =
        List.of(
            new Stop.Ended(),
            new Stop.Ended(),
            new Stop.Ended(),
            new Stop.Asked("?"),
            new Stop.Cannot("no"),
            new Stop.RateLimited(Story.NOW),
            new Stop.Refused("401"),
            new Stop.ProviderDown("500", Story.NOW),
            new Stop.ContextFull(),
            new Stop.Crashed(1, ""),
            new Stop.Silent(),
            new Stop.OverLimit(LimitName.OUTPUT),
            new Stop.Interrupted(),
            new Stop.Lost());
    String[] failing =
        random.ints(random.nextInt(3), 0, 3).mapToObj(i -> "case" + i).toArray(String[]::new);
    Story.Outcome outcome =
        Story.stopped(stops.get(random.nextInt(stops.size())), tree, failing).costing("0.40");
    return random.nextInt(6) == 0 ? outcome.touching("test/x") : outcome;
  }

  private Optional<Event.Word> word(TaskState s) {
    List<Supplier<Event.Word>> words =
        List.of(
            () -> Said.answered(s, "go on"),
            () -> Said.rejected(s, "no"),
            () -> new Event.Resumed(Limits.Raise.NOTHING),
            () -> new Event.PauseAsked(),
            () -> new Event.StopAsked(),
            () -> new Event.Steered("left", random.nextBoolean()),
            () -> Said.accepted(s),
            () -> Said.discarded(s));
    int choice = random.nextInt(words.size() * 2);
    return choice < words.size() ? Optional.of(words.get(choice).get()) : Optional.empty();
  }

  private Event landing() {
    return random.nextBoolean()
        ? new Event.Landed(new Commit("c".repeat(40)), "refs/heads/main", List.of())
        : new Event.LandingRefused("conflict", List.of());
  }
}

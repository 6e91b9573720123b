package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Capabilities;
import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.Policy;
import dev.longe.core.ReviewLoad;
import dev.longe.core.TaskId;
import dev.longe.core.Tier;
import dev.longe.core.policy.ReviewTime;
import dev.longe.engine.Capacity;
import dev.longe.tasks.RemoteEngine;
import dev.longe.temporal.CoordinatorRequest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines, money, quotas, reviewers and rows, held once. */
final class CoordinatorTest {
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final Coordinator coordinator = new Coordinator(Coordinator.State.fresh());

  private static TaskId task(int n) {
    String letters = TaskId.ALPHABET;
    return new TaskId(
        "aaa" + letters.charAt(n / letters.length()) + letters.charAt(n % letters.length()));
  }

  private Answer ask(CoordinatorRequest ask) {
    return coordinator.answer(ask, now);
  }

  private Answer register(String name, int slots, List<String> labels, String... agents) {
    return register(name, "host-" + name + "/b/1/1", slots, labels, agents);
  }

  private Answer register(
      String name, String owner, int slots, List<String> labels, String... agents) {
    Map<String, CoordinatorRequest.AgentThere> all = new HashMap<>();
    for (String agent : agents) {
      all.put(agent, new CoordinatorRequest.AgentThere(agent, new Capabilities(true, true, true)));
    }
    return ask(
        new CoordinatorRequest.Register(
            new CoordinatorRequest.Machine(
                name, owner, slots, labels, all, Duration.ofSeconds(10))));
  }

  private Answer acquire(int n, List<String> labels, String agent, String... not) {
    return ask(
        new CoordinatorRequest.Acquire(
            task(n), labels, Optional.of(agent), Optional.empty(), List.of(not)));
  }

  private static String why(Answer answer) {
    return answer instanceof Answer.Waits w ? w.why() : String.valueOf(answer);
  }

  private static String machine(Answer answer) {
    return answer instanceof Answer.Granted g ? g.machine().name() : String.valueOf(answer);
  }

  private void release(int n) {
    Answer _ = ask(new CoordinatorRequest.Release(task(n), 0, List.of()));
  }

  @Test
  void whoWaits_isToldWhy() {
    assertThat(why(acquire(1, List.of(), "claude"))).isEqualTo("no worker is connected");
    Answer _ = register("box", 1, List.of("gpu"), "claude");
    assertThat(why(acquire(1, List.of(), "codex"))).isEqualTo("no worker has the agent codex");
    assertThat(why(acquire(1, List.of("tpu"), "claude"))).isEqualTo("no worker has the labels tpu");
    assertThat(machine(acquire(1, List.of("gpu"), "claude"))).isEqualTo("box");
    assertThat(why(acquire(2, List.of(), "claude"))).isEqualTo("every slot is in use on box");
    assertThat(why(acquire(2, List.of(), "claude", "box")))
        .contains("the only suitable workers could not do it: box");
  }

  @Test
  void freedSlot_goesToWhoWaitedLongest() {
    Answer _ = register("box", 1, List.of(), "claude");
    Answer _ = acquire(1, List.of(), "claude");
    Answer _ = acquire(2, List.of(), "claude");
    Answer _ = acquire(3, List.of(), "claude");
    release(1);
    assertThat(coordinator.signals()).extracting(Coordinator.Signal::task).containsExactly(task(2));
    release(3);
    release(2);
    assertThat(coordinator.signals()).isEmpty();
    assertThat(machine(acquire(4, List.of(), "claude"))).isEqualTo("box");
  }

  @Test
  void sessionStaysWhereItIs_whileItsMachineIsThere() {
    Answer _ = register("one", 1, List.of(), "claude");
    Answer _ = register("two", 9, List.of(), "claude");
    assertThat(machine(acquire(1, List.of(), "claude"))).isEqualTo("two");
    CoordinatorRequest back =
        new CoordinatorRequest.Acquire(
            task(2), List.of(), Optional.of("claude"), Optional.of("one"), List.of());
    assertThat(machine(ask(back))).isEqualTo("one");
    CoordinatorRequest third =
        new CoordinatorRequest.Acquire(
            task(3), List.of(), Optional.of("claude"), Optional.of("one"), List.of());
    assertThat(ask(third)).isInstanceOf(Answer.Waits.class);
    Answer _ = ask(new CoordinatorRequest.Away("one"));
    assertThat(coordinator.signals()).extracting(Coordinator.Signal::task).containsExactly(task(3));
  }

  @Test
  void silentMachine_getsNothing_untilItIsHeardOfAgain() {
    Answer _ = register("box", 2, List.of(), "claude");
    now = now.plus(Duration.ofMinutes(5));
    assertThat(why(acquire(1, List.of(), "claude"))).isEqualTo("no worker is connected");
    Answer _ = register("box", 2, List.of(), "claude");
    assertThat(coordinator.signals()).hasSize(1);
  }

  @Test
  void sameName_onAnotherHost_isRefused() {
    Answer _ = register("box", "alpha/b/1/1", 1, List.of(), "claude");
    assertThat(register("box", "beta/b/2/2", 1, List.of(), "claude"))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            r -> assertThat(r.why()).contains("choose another one with --name"));
    assertThat(register("box", "alpha/b/3/3", 1, List.of(), "claude"))
        .isInstanceOf(Answer.Done.class);
  }

  @Test
  void rows_landOneAfterTheOther() {
    assertThat(ask(new CoordinatorRequest.Row(task(1), "r main"))).isEqualTo(new Answer.Turn(true));
    assertThat(ask(new CoordinatorRequest.Row(task(2), "r main")))
        .isEqualTo(new Answer.Turn(false));
    assertThat(ask(new CoordinatorRequest.Row(task(2), "r main")))
        .isEqualTo(new Answer.Turn(false));
    assertThat(ask(new CoordinatorRequest.Row(task(3), "r other")))
        .isEqualTo(new Answer.Turn(true));
    release(1);
    assertThat(coordinator.signals())
        .containsExactly(new Coordinator.Signal(task(2), new Answer.Turn(true)));
  }

  @Test
  @Tag("I15")
  void breaker_isOneForAllMachines() {
    Answer _ = ask(new CoordinatorRequest.Trip("claude", now.plusSeconds(60)));
    assertThat(ask(new CoordinatorRequest.Tripped("claude")))
        .isEqualTo(new Answer.Until(Optional.of(now.plusSeconds(60))));
    now = now.plusSeconds(61);
    assertThat(ask(new CoordinatorRequest.Tripped("claude")))
        .isEqualTo(new Answer.Until(Optional.empty()));
  }

  @Test
  @Tag("D41")
  void reviewers_areOneForAllMachines() {
    Answer _ =
        ask(
            new CoordinatorRequest.Team(
                new RemoteEngine.Terms(Optional.empty(), Optional.of(60), Optional.empty())));
    Answer _ = ask(new CoordinatorRequest.Release(task(1), 299, List.of()));
    assertThat(full()).isFalse();
    Answer _ = ask(new CoordinatorRequest.Release(task(2), 2, List.of()));
    assertThat(load()).isEqualTo(new ReviewLoad(301, 60, 300, List.of()));
    assertThat(full()).isTrue();
    Event.Reviewed review =
        new Event.Reviewed(1, "Ada", Tier.LOW, List.of(), Duration.ofMinutes(30), 100);
    Answer _ =
        ask(new CoordinatorRequest.Release(task(1), 0, List.of(new Capacity.Given(now, review))));
    Answer _ =
        ask(
            new CoordinatorRequest.Release(
                task(1), 0, List.of(new Capacity.Given(now, review)))); // asked twice
    assertThat(coordinator.state().reviews()).hasSize(1);
    assertThat(load().reviewers()).containsExactly(new ReviewLoad.Reviewer(30, 1, 200));
    assertThat(full()).isFalse();
  }

  private ReviewLoad load() {
    return Answer.Reviewers.load(ask(new CoordinatorRequest.Full()));
  }

  private boolean full() {
    return ReviewTime.full(load(), Policy.DEFAULT.reviewing());
  }

  /** Histories of release 0.1.0 hold answers without numbers. */
  @Test
  @Tag("D41")
  void answersOfTheFirstRelease_meanTheSame() {
    Policy.Reviewing reviewing = Policy.V0_1_0.reviewing();
    assertThat(ReviewTime.full(Answer.Reviewers.load(new Answer.Done()), reviewing)).isFalse();
    assertThat(
            ReviewTime.full(Answer.Reviewers.load(new Answer.Waits("301 lines wait")), reviewing))
        .isTrue();
  }

  /** Any order of questions of many machines: no account is ever granted more than its limit. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  @Tag("I7")
  void anyNight_keepsTheDaysMoney(long seed) {
    Random random = new Random(seed);
    Money day = new Money(5_000_000);
    Answer _ =
        ask(
            new CoordinatorRequest.Team(
                new RemoteEngine.Terms(Optional.of(day), Optional.empty(), Optional.empty())));
    Map<TaskId, Money> granted = new HashMap<>();
    long settled = 0;
    List<Long> tops = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      TaskId one = task(random.nextInt(40));
      if (granted.containsKey(one)) {
        long used = random.nextLong(granted.get(one).micros() + 1);
        Answer _ = ask(new CoordinatorRequest.Settle(one, new Money(used)));
        if (random.nextBoolean()) {
          Answer _ =
              ask(new CoordinatorRequest.Settle(one, new Money(used))); // asked twice: booked once
        }
        settled += used;
        granted.remove(one);
      } else if (ask(
                  new CoordinatorRequest.Reserve(
                      one, new Money(1_000_000), "l", Optional.of(new Money(4_000_000))))
              instanceof Answer.Reserved r
          && r.money().micros() > 0) {
        granted.put(one, r.money());
      }
      tops.add(settled + granted.values().stream().mapToLong(Money::micros).sum());
    }
    assertThat(tops).allMatch(t -> t <= 4_000_000);
    assertThat(tops.getLast()).as("the money is used, too").isGreaterThan(3_000_000);
    now = now.plus(Duration.ofDays(1));
    assertThat(ask(new CoordinatorRequest.Reserve(task(99), new Money(1), "l", Optional.empty())))
        .isInstanceOfSatisfying(
            Answer.Reserved.class, r -> assertThat(r.money()).isEqualTo(new Money(1)));
  }
}

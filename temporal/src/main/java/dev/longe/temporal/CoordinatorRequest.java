package dev.longe.temporal;

import dev.longe.core.Capabilities;
import dev.longe.core.Money;
import dev.longe.core.ReviewLoad;
import dev.longe.core.TaskId;
import dev.longe.engine.Capacity;
import dev.longe.tasks.RemoteEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tasks and machines ask of the pool that they share. */
public sealed interface CoordinatorRequest {
  /**
   * A machine that works.
   *
   * @param owner its process, told from every other
   * @param beat how often it gives a sign of life; silent for four of them it is lost
   * @param agents what its agents can do, and on which quota account they draw, by name
   */
  record Machine(
      String name,
      String owner,
      int slots,
      List<String> labels,
      Map<String, AgentThere> agents,
      Duration beat) {
    public Machine {
      labels = List.copyOf(labels);
      agents = Map.copyOf(agents);
    }

    /** Whether it could start an agent; any machine does where none is asked for. */
    boolean has(Optional<String> agent) {
      return agent.stream().allMatch(agents::containsKey);
    }

    /** After so long without a sign of life the machine's processes are dead by themselves. */
    Duration patience() {
      return beat.multipliedBy(4);
    }
  }

  /**
   * An agent on a machine.
   *
   * @param account the quota account that it draws on
   */
  record AgentThere(String account, Capabilities can) {}

  /** A machine offers itself, or is still there. */
  record Register(Machine machine) implements CoordinatorRequest {}

  /** A machine takes no more tasks. */
  record Leave(String machine, String owner) implements CoordinatorRequest {}

  /** A machine gave no sign of life. */
  record Away(String machine) implements CoordinatorRequest {}

  /**
   * A task wants a slot.
   *
   * @param agent the driver that it needs, if any
   * @param preferred where its session is
   * @param not machines that could not do it
   */
  record Acquire(
      TaskId task,
      List<String> labels,
      Optional<String> agent,
      Optional<String> preferred,
      List<String> not)
      implements CoordinatorRequest {
    public Acquire {
      labels = List.copyOf(labels);
      not = List.copyOf(not);
    }
  }

  /**
   * A task gives its slot back, and its place in every row.
   *
   * @param unreviewed changed lines of it that wait for review
   * @param reviews given since the last time
   */
  record Release(TaskId task, int unreviewed, List<Capacity.Given> reviews)
      implements CoordinatorRequest {
    public Release {
      reviews = List.copyOf(reviews);
    }
  }

  record Reserve(TaskId task, Money want, String loop, Optional<Money> loopDay)
      implements CoordinatorRequest {}

  record Settle(TaskId task, Money used) implements CoordinatorRequest {}

  record Trip(String account, Instant until) implements CoordinatorRequest {}

  record Tripped(String account) implements CoordinatorRequest {}

  /** What waits for review, and what the reviewers have time for. */
  record Full() implements CoordinatorRequest {}

  /** A task wants to land; it is told when it is its turn. */
  record Row(TaskId task, String target) implements CoordinatorRequest {}

  /** New terms, and what there is. */
  record Team(RemoteEngine.Terms terms) implements CoordinatorRequest {}

  /** What is answered. */
  sealed interface Answer {
    record Done() implements Answer {}

    record Refused(String why) implements Answer {}

    record Granted(Machine machine) implements Answer {}

    record Waits(String why) implements Answer {}

    /**
     * Money for an attempt or a judge.
     *
     * @param retry when more is there at the latest
     */
    record Reserved(Money money, Instant retry) implements Answer {}

    /** What waits for review, and what the reviewers have time for. */
    record Reviewers(ReviewLoad load) implements Answer {
      /**
       * What an answer to {@link Full} says. A pool of release 0.1.0 told no numbers, only whether
       * there was time for more.
       */
      static ReviewLoad load(Answer answer) {
        return switch (answer) {
          case Reviewers r -> r.load();
          case Done _ -> new ReviewLoad(0, 0, 0, List.of());
          case Waits _ -> new ReviewLoad(1, 0, 0, List.of());
          case Refused _, Granted _, Reserved _, Until _, Turn _, Lines _ ->
              throw new IllegalStateException("the pool answered " + answer);
        };
      }
    }

    record Until(Optional<Instant> instant) implements Answer {}

    /** Whether it is its turn. */
    record Turn(boolean now) implements Answer {}

    record Lines(List<String> lines) implements Answer {
      public Lines {
        lines = List.copyOf(lines);
      }
    }
  }
}

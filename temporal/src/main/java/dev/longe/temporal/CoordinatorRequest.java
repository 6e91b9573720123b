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

/** A request of a task or a machine to the coordinator. */
public sealed interface CoordinatorRequest {
  /**
   * A machine that runs a worker.
   *
   * @param owner identifies its process among all others
   * @param beat the interval between heartbeats; a machine is lost after four intervals without one
   * @param agents the capabilities and the quota account of each agent, by name
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

    /** Whether the machine can start this agent; true if no agent is asked for. */
    boolean has(Optional<String> agent) {
      return agent.stream().allMatch(agents::containsKey);
    }

    /** How long a machine may be silent. After this time its processes have ended by themselves. */
    Duration patience() {
      return beat.multipliedBy(4);
    }
  }

  /**
   * An agent on a machine.
   *
   * @param account the quota account that it uses
   */
  record AgentThere(String account, Capabilities can) {}

  /** A machine offers its slots, or renews its offer. */
  record Register(Machine machine) implements CoordinatorRequest {}

  /** A machine takes no more tasks. */
  record Leave(String machine, String owner) implements CoordinatorRequest {}

  /** A machine sent no heartbeat. */
  record Away(String machine) implements CoordinatorRequest {}

  /**
   * A task asks for a slot.
   *
   * @param agent the driver that it needs, if any
   * @param preferred the machine that has its session
   * @param not machines that could not do the task
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
   * A task releases its slot and its place in every landing queue.
   *
   * @param unreviewed how many of its changed lines wait for review
   * @param reviews reviews given since the last release
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

  /** How much waits for review, and how much time the reviewers have. */
  record Full() implements CoordinatorRequest {}

  /** A task asks for its turn to land on a target. It gets a signal when its turn comes. */
  record Row(TaskId task, String target) implements CoordinatorRequest {}

  /** Sets new terms, and lists the shared state. */
  record Team(RemoteEngine.Terms terms) implements CoordinatorRequest {}

  /** An answer to a request. */
  sealed interface Answer {
    record Done() implements Answer {}

    record Refused(String why) implements Answer {}

    record Granted(Machine machine) implements Answer {}

    record Waits(String why) implements Answer {}

    /**
     * Money for an attempt or a judge.
     *
     * @param retry the latest time at which more money is available
     */
    record Reserved(Money money, Instant retry) implements Answer {}

    /** How much waits for review, and how much time the reviewers have. */
    record Reviewers(ReviewLoad load) implements Answer {
      /**
       * Reads an answer to {@link Full}. A coordinator of release 0.1.0 gave no numbers, only
       * whether there was time for more.
       */
      static ReviewLoad load(Answer answer) {
        return switch (answer) {
          case Reviewers r -> r.load();
          case Done _ -> new ReviewLoad(0, 0, 0, List.of());
          case Waits _ -> new ReviewLoad(1, 0, 0, List.of());
          case Refused _, Granted _, Reserved _, Until _, Turn _, Lines _ ->
              throw new IllegalStateException("the coordinator answered " + answer);
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

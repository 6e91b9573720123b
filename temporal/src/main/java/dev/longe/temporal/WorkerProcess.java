package dev.longe.temporal;

import dev.longe.agent.Probe;
import dev.longe.agent.registry.Agents;
import dev.longe.core.Fault;
import dev.longe.core.Sandboxing;
import dev.longe.effects.Installation;
import dev.longe.sandbox.Owners;
import dev.longe.sandbox.Sandbox;
import dev.longe.tasks.RemoteEngine;
import io.temporal.client.WorkflowServiceException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The worker of one machine. It runs workflow code, the coordinator's too, and the effects of the
 * tasks that have a slot on this machine.
 */
final class WorkerProcess {
  /** Concurrent activities besides the effects of the slots: messages to running attempts. */
  private static final int WORDS_BESIDE = 64;

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration LEAVE_MAX = Duration.ofMinutes(5);

  private final CoordinatorClient coordinator;
  private final RemoteEngine.Offer offer;
  private final Consumer<String> told;
  private final Installation site;
  private final CoordinatorRequest.Machine machine;
  private final WorkerActivities door;
  private final WorkerFactory factory;
  private Instant registered = Instant.MIN;
  private boolean reachable = true;

  WorkerProcess(
      Connection connection,
      CoordinatorClient coordinator,
      RemoteEngine.Offer offer,
      Installation site,
      Consumer<String> told) {
    this.coordinator = coordinator;
    this.offer = offer;
    this.site = site;
    this.told = told;
    this.machine =
        new CoordinatorRequest.Machine(
            offer.name(),
            Owners.machine() + "/" + site.owners().own(),
            offer.slots(),
            offer.labels(),
            agents(site),
            connection.address().beat());
    this.door =
        new WorkerActivities(
            site,
            offer.name(),
            connection.address().beat(),
            connection.client().newActivityCompletionClient(),
            told);
    this.factory = WorkerFactory.newInstance(connection.client());
    Worker shared = factory.newWorker(Queues.SHARED);
    shared.registerWorkflowImplementationTypes(TaskFlow.class, CoordinatorFlow.class);
    shared.registerActivitiesImplementations(coordinator);
    Worker own =
        factory.newWorker(
            Queues.of(offer.name()),
            WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(offer.slots() * 2 + WORDS_BESIDE)
                .build());
    own.registerActivitiesImplementations(door);
  }

  /** The agents that can start an attempt on this machine now. */
  private static Map<String, CoordinatorRequest.AgentThere> agents(Installation site) {
    Sandbox sandbox = site.newSandbox();
    Agents drivers = site.drivers(sandbox);
    Map<String, CoordinatorRequest.AgentThere> here = new TreeMap<>();
    List<String> names = new ArrayList<>(site.settings().agents().names());
    for (String name : names) {
      Probe probe = drivers.probe(name);
      if (probe.refusal().isEmpty()) {
        here.put(
            name,
            new CoordinatorRequest.AgentThere(
                site.settings().agents().entry(name).quotaAccount(), drivers.named(name).can()));
      }
    }
    return here;
  }

  void run(BooleanSupplier enough) {
    coordinator.tryKey();
    factory.start();
    try {
      register();
      told.accept(
          "Worker «%s»: %d slots, agents %s%s."
              .formatted(
                  offer.name(),
                  offer.slots(),
                  machine.agents().keySet(),
                  offer.labels().isEmpty() ? "" : ", labels " + offer.labels()));
      site.tellUnconfined(Sandboxing.DEFAULT, told);
      while (!enough.getAsBoolean()) {
        renew();
        pause();
      }
      leave();
    } finally {
      door.end();
      factory.shutdownNow();
      factory.awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private void register() {
    if (Deadline.call(() -> coordinator.ask(new CoordinatorRequest.Register(machine)))
        instanceof CoordinatorRequest.Answer.Refused refused) {
      throw new Fault(refused.why());
    }
    registered = site.clock().instant();
  }

  /** Renews the offer when it is due; tries again while the server can't be reached. */
  private void renew() {
    if (registered.plus(Coordinator.RENEWAL).isAfter(site.clock().instant())) {
      return;
    }
    try {
      register();
      if (!reachable) {
        told.accept("The server can be reached again.");
      }
      reachable = true;
    } catch (WorkflowServiceException | io.grpc.StatusRuntimeException e) {
      if (reachable) {
        told.accept(
            "The server can't be reached. If this lasts, the tasks on this worker are ended.");
      }
      reachable = false;
    }
  }

  /**
   * Hands its tasks back: attempts end, their work is saved, and other machines continue with it.
   */
  private void leave() {
    told.accept("The worker ends and returns its tasks.");
    try {
      CoordinatorRequest.Answer _ =
          Deadline.call(
              () -> coordinator.ask(new CoordinatorRequest.Leave(machine.name(), machine.owner())));
    } catch (WorkflowServiceException | io.grpc.StatusRuntimeException e) {
      told.accept("The server can't be reached. It will give the tasks of this worker to others.");
      return;
    }
    door.leave();
    Instant end = site.clock().instant().plus(LEAVE_MAX);
    Instant quietSince = site.clock().instant();
    while (site.clock().instant().isBefore(end)
        && quietSince.plus(QUIET).isAfter(site.clock().instant())) {
      if (door.busy() > 0) {
        quietSince = site.clock().instant();
      }
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(LOOK.toNanos());
  }
}

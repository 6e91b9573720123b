package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded history replays under the workflows as they are now. One that does not means that
 * running tasks of that version would stand still: raise {@link Queues#WIRE}, or keep their steps.
 */
final class ReplayTest {
  static List<Path> histories() {
    return Histories.all();
  }

  @Test
  void histories_areThere() {
    assertThat(histories()).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("histories")
  void history_replays(Path file) throws Exception {
    WorkflowExecutionHistory history = Histories.read(file);
    try (TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadFormat.converter(List.of(new GzipCodec())))
                        .build())
                .build())) {
      Worker worker = environment.newWorker(Queues.SHARED);
      worker.registerWorkflowImplementationTypes(TaskFlow.class, CoordinatorFlow.class);
      WorkflowReplayer.replayWorkflowExecution(history, worker);
    }
  }
}

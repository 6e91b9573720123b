package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Event;
import dev.longe.core.Money;
import dev.longe.core.TaskId;
import dev.longe.e2e.TeamUser;
import dev.longe.journal.Journal;
import dev.longe.testing.World;
import io.temporal.client.WorkflowOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two machines in one process, one of which loses its line; and what a user sees of it. */
@Timeout(120)
final class LostMachineIT {
  @TempDir Path temp;
  private final FrontDoor server = new FrontDoor();
  private TeamUser user = new TeamUser(Path.of("."), "");

  @BeforeEach
  void laptop() {
    user = new TeamUser(temp, server.address() + "?heartbeat=0.3s");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private TestWorker worker(String name, String... labels) {
    return TestWorker.start(
        server.address() + "?heartbeat=0.3s", temp.resolve(name), name, 2, labels);
  }

  @Test
  @Tag("F25")
  @Tag("I12")
  void machineWithoutAnswers_endsItsProcessesByItself() {
    String mark = "mark-" + temp.getFileName();
    try (TestWorker _ = worker("box")) {
      String _ =
          user.submit("attempts: [[run: \"bash -c 'exec -a %s sleep 600'\"]]\n".formatted(mark));
      World.until("the agent runs", () -> !World.withArgument(mark).isEmpty());
      server.cut(true);
      World.until("nothing runs", () -> World.withArgument(mark).isEmpty());
      server.cut(false);
    }
  }

  @Test
  void taskThatNobodyCanDo_saysWhy_andGoesOnceSomebodyCan() {
    try (TestWorker _ = worker("plain")) {
      String task = user.submit(user.right(), "--label", "gpu");
      World.until("it says why", () -> user.said("ls").contains("[no worker has the labels gpu]"));
      assertThat(user.said("team")).contains("waiting  " + task).contains("worker   plain");
      try (TestWorker _ = worker("big", "gpu")) {
        World.until("it is proposed", () -> user.said("ls").contains("proposed"));
      }
    }
  }

  @Test
  void repositoryThatAMachineCantReach_isSaid() {
    String _ = user.submitTo(temp.resolve("gone.git").toString(), user.right());
    try (TestWorker _ = worker("box")) {
      World.until(
          "it says why", () -> user.said("ls").contains("This machine can't reach the repository"));
    }
  }

  @Test
  @Tag("F24")
  void workerWithAnotherKey_takesNoWork() {
    try (TestWorker _ = worker("box")) {
      String _ = user.submit(user.right());
      World.until("it is proposed", () -> user.said("ls").contains("proposed"));
      Path _ = World.write(temp.resolve("home/team.keys"), TeamKeys.fresh("mine") + "\n");
      for (String command : List.of("worker", "ls", "team")) {
        assertThat(user.said(command))
            .as(command)
            .contains("The keys on this machine can't decrypt this");
      }
    }
  }

  @Test
  void movedWhileItRuns_goesOnElsewhere_withOneAttemptMore() {
    String mark = "moved-" + temp.getFileName();
    String script =
        "attempts: [[run: \"bash -c 'exec -a %s sleep 600'\"], [{write: {path: answer.txt, text: \"42\\n\"}}]]\n"
            .formatted(mark);
    try (TestWorker _ = worker("one");
        TestWorker _ = worker("two")) {
      String task = user.submit(script);
      World.until("the agent runs", () -> !World.withArgument(mark).isEmpty());
      String there =
          user.said("log", task, "--json").contains("\"machine\":\"one\"") ? "two" : "one";
      String _ = user.said("move", task, "--to", there);
      World.until("it is proposed", () -> user.said("ls").contains("proposed"));
      assertThat(user.said("log", task))
          .containsSubsequence("interrupted", "a human moved it to " + there, "attempt 2")
          .doesNotContain("attempt 3");
      assertThat(World.withArgument(mark)).isEmpty();
    }
  }

  @Test
  void taskOfAnotherVersion_isLeftAlone_andSaysSo() {
    Connection there =
        Connection.to(
            server.address(), World.ENVIRONMENT, new dev.longe.home.Home(temp.resolve("none")));
    var _ =
        there
            .client()
            .newUntypedWorkflowStub(
                "LongeTask",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(Queues.workflow(new TaskId("aaaaa")))
                    .setTaskQueue("longe-0")
                    .setMemo(
                        Map.of(
                            TaskMemo.MEMO,
                            new TaskMemo.Summary(
                                "queued", Optional.empty(), "", 0, Money.ZERO, false, "Old.", 1)))
                    .build())
            .start("what version 0 understood");
    try (TestWorker _ = worker("box")) {
      assertThat(user.said("ls"))
          .contains(
              "Old. [it needs a worker of another version of Longe, with the task queue longe-0]");
    }
    there.stubs().shutdownNow();
  }

  /** The word was said by a process that ended before anybody took it. */
  @Test
  @Tag("I9")
  void tasks_moveToTheTeam_withTheWordsThatWait_andBack() {
    String task = user.alone("submit", user.right());
    try (Journal journal = Journal.open(temp.resolve("home"), _ -> false, () -> {})) {
      Event.Word word = new Event.Steered("mind the gap", false);
      assertThat(journal.inbox().post(new TaskId(task), word, Instant.now())).isPositive();
    }
    assertThat(user.said("migrate")).contains(task + " is moved");
    assertThat(user.alone("ls")).doesNotContain(task);
    try (TestWorker _ = worker("box")) {
      World.until("it is proposed", () -> user.said("ls").contains("proposed"));
      assertThat(user.said("log", task)).contains("mind the gap");
      assertThat(user.said("migrate", "--back")).contains(task + " is moved");
    }
    assertThat(user.alone("ls")).contains(task).contains("proposed");
    assertThat(user.alone("accept", task)).doesNotContain("only if every check passed");
    assertThat(user.alone("ls", "-a")).contains("landed");
    assertThat(user.alone("replay", task)).contains("all equal to the recorded ones");
  }
}

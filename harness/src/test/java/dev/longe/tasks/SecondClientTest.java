package dev.longe.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.NotHuman;
import dev.longe.core.State;
import dev.longe.core.TaskId;
import dev.longe.core.TaskState;
import dev.longe.effects.Installation;
import dev.longe.engine.Engine;
import dev.longe.intake.Overrides;
import dev.longe.intake.Problem;
import dev.longe.journal.Journal;
import dev.longe.sandbox.Environment;
import dev.longe.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract, kept by this machine's engine; and what only this engine does. */
final class SecondClientTest extends ClientContract {
  @Override
  protected Map<String, String> variables() {
    return Map.of();
  }

  @Override
  protected void begin() {}

  @Override
  protected void end() {}

  @Override
  protected Path landedIn(Path repository, Path shared) {
    return repository;
  }

  private Overrides exploring() {
    return parts(
        Optional.of("explore"), Optional.of("script:" + temp.resolve("agent.yaml")), List.of());
  }

  @Test
  void allProblemsOfARequest_areReportedAtOnce_andNothingIsQueued() {
    Client client = client();
    Submission said =
        client.tasks.submit(
            request(
                " ",
                parts(Optional.of("script:none.yaml"), List.of("no-such-check"), "nothing/**"),
                "gpu"));
    assertThat(said)
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            r ->
                assertThat(r.problems())
                    .extracting(Problem::path)
                    .containsExactly("TASK", "--label", "agent", "protect", "checks"));
    assertThat(client.tasks.rows()).isEmpty();
  }

  @Test
  void brokenLoop_brokenInvariants_andBadOptions_areReportedTogether() {
    World.write(user.resolve(".longe/loops/default.md"), "---\nmode: hover\n---\n");
    World.write(user.resolve(".longe/invariants.md"), "## nonsense\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-qm", "broken");
    Submission said =
        client().tasks.submit(request("x", parts(Optional.of("no-such-agent"), List.of("true"))));
    assertThat(said)
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            r ->
                assertThat(r.problems())
                    .extracting(Problem::file)
                    .contains(".longe/loops/default.md", ".longe/invariants.md", "command line"));
  }

  @Test
  void filtersOfTheRepository_areANote() {
    World.write(user.resolve(".gitattributes"), "*.png filter=lfs diff=lfs merge=lfs -text\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-qm", "filters");
    Submission said = client().tasks.submit(right("Make it right"));
    TaskId _ = queued(said);
    assertThat(said.notes()).contains(new Note.Filters(List.of("lfs")));
  }

  @Test
  @Tag("I18")
  void rejection_isVisibleAtOnce_toEveryClient_whenNobodyServes() {
    Client one = client();
    Client two = client();
    TaskId task = queued(one.tasks.submit(right("Make answer.txt say 42")));
    assertThat(one.tasks.work(task, (_, _) -> {}).state()).isEqualTo(State.PROPOSED);
    Optional<Commit> seen = present(two, task);
    assertThat(one.tasks.say(task, new Event.Rejected("too clever", seen)))
        .isInstanceOf(WordResult.Taken.class);
    assertThat(two.tasks.row(task))
        .satisfies(r -> assertThat(r.state()).isNotEqualTo("proposed"))
        .satisfies(r -> assertThat(r.reason()).contains("rejected"));
    assertThat(two.tasks.state(task).acceptable()).isFalse();
    assertThat(
            two.tasks.say(
                task, new Event.Accepted("Ada <ada@example.org>", false, seen, Optional.empty())))
        .isInstanceOf(WordResult.Refused.class);
    assertThat(World.git(user, "show", "main:answer.txt")).isEqualTo("0");
  }

  /** Without write access nothing leaves this machine either. */
  @Test
  @Tag("I18")
  void insideAnAttempt_nothingIsSubmitted_norPushedToTheSharedRepository() {
    Map<String, String> all = new HashMap<>(World.ENVIRONMENT.all());
    all.put("LONGE_HOME", temp.resolve("home").toString());
    all.put("LONGE_ENGINE", "temporal://127.0.0.1:1/none");
    all.put("LONGE_RUN", "x");
    Installation inside = Installation.of(new Environment(all), InstantSource.system());
    try (RemoteTasks tasks = new RemoteTasks(inside, "temporal://127.0.0.1:1/none")) {
      assertThatThrownBy(() -> tasks.submit(right("Make it right"))).isInstanceOf(NotHuman.class);
      Client human = client();
      TaskState state = human.tasks.state(queued(human.tasks.submit(right("Make it right"))));
      Event.Submitted submitted = state.submitted().in(shared().toString());
      assertThatThrownBy(() ->
              tasks.queue(inside.repository(user), submitted, state.frame(), List.of(), Map.of()))
          .isInstanceOf(NotHuman.class);
    }
    assertThat(World.git(shared(), "for-each-ref", "refs/longe")).isEmpty();
  }

  /** An exploration that has expired stays as it is until work begins. */
  @Test
  void constructingAnEngine_changesNoFile() {
    World.write(temp.resolve("agent.yaml"), RIGHT);
    Client client = client();
    TaskId exploration = queued(client.tasks.submit(request("Look for the answer", exploring())));
    assertThat(client.tasks.work(exploration, (_, _) -> {}).state()).isEqualTo(State.PROPOSED);
    try (Installation later = installation(() -> Instant.now().plus(Expiry.AFTER.plusDays(1)));
        Journal journal =
            Journal.open(
                later.home().root(), later.owners()::alive, later.owners()::requireOutside)) {
      String own = later.owners().own();
      Map<Path, String> before = files();
      Engine _ =
          new Engine(journal, later.effects((_, _) -> {}), later.clock(), later.settings(), own);
      assertThat(files()).isEqualTo(before);
    }
  }

  private Map<Path, String> files() {
    Map<Path, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(temp)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        all.put(path, Files.size(path) + " " + Files.getLastModifiedTime(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}

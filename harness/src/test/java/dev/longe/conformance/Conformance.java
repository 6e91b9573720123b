package dev.longe.conformance;

import static dev.longe.testing.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.SessionFiles;
import dev.longe.cli.Terminal;
import dev.longe.core.Cost;
import dev.longe.core.Stop;
import dev.longe.core.TaskState;
import dev.longe.core.Tokens;
import dev.longe.core.Usage;
import dev.longe.sandbox.Sandbox;
import dev.longe.testing.ModelServer.Turn;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every driver must do with its real agent. */
@Timeout(600)
abstract class Conformance extends Kit {
  private static final String YES = "yes";
  private static final int RESET_SECONDS = 3600;

  private static Turn works() {
    return new Turn.Shell("echo 42 > answer.txt");
  }

  private AgentRun.Ending ends(String prompt) {
    return start(prompt).await();
  }

  @Test
  void version() {
    List<String> argv = List.of(real(program()).toString(), "--version");
    String printed =
        World.SANDBOX.run(World.SANDBOX.plain(argv, temp, Duration.ofSeconds(30))).output();
    assertThat(printed).contains(installed().tested());
    Findings.of(agent()).version(installed().tested());
  }

  @Test
  void start() {
    model.plays(works(), new Turn.Says("Wrote it."));
    Attempt attempt = start("Make the answer right");
    assertThat(attempt.await().stop()).isEqualTo(new Stop.Ended());
    assertThat(read(work.resolve("answer.txt"))).isEqualTo("42\n");
    assertThat(model.request(0)).contains("Make the answer right");
    tell(Case.START, YES);
  }

  @Test
  void stream() {
    model.plays(works(), new Turn.Says("Wrote it."));
    Attempt attempt = start("Make the answer right");
    AgentRun.Ending _ = attempt.await();
    assertThat(attempt.session().orElseThrow()).isNotBlank();
    assertThat(attempt.of(AgentEvent.Said.class).map(AgentEvent.Said::text))
        .anyMatch(t -> t.contains("Wrote it."));
    assertThat(attempt.of(AgentEvent.ToolCalled.class)).isNotEmpty();
    assertThat(attempt.of(AgentEvent.ToolReturned.class)).isNotEmpty();
    assertThat(attempt.of(AgentEvent.Raw.class)).isNotEmpty();
    tell(Case.STREAM, YES);
  }

  @Test
  void usage() {
    model.plays(works(), new Turn.Says("Wrote it."));
    Usage usage = ends("Make the answer right").usage();
    if (lacking(Case.USAGE)) {
      // What it leaves out may come after its end, and then nobody is told of it.
      assertThat(usage.tokens().counted()).isLessThanOrEqualTo(model.told().counted());
      return;
    }
    assertThat(usage.tokens()).isEqualTo(model.told());
    String cost =
        switch (usage.cost()) {
          case Cost.Reported _ -> "cost reported";
          case Cost.Computed _ -> "cost computed";
          case Cost.Unknown _ -> "cost from the price table";
        };
    tell(Case.USAGE, YES + ", " + cost);
  }

  @Test
  void continues() {
    model.plays(new Turn.Says("One."), works(), new Turn.Says("Two."));
    Attempt first = start("The first thing");
    assertThat(first.await().stop()).isEqualTo(new Stop.Ended());
    Tokens before = model.told();
    Attempt second = start("The second thing", 2, first.session(), work);
    AgentRun.Ending ending = second.await();
    assertThat(ending.stop()).isEqualTo(new Stop.Ended());
    assertThat(model.requests.getLast().toString())
        .contains("The first thing")
        .contains("The second thing");
    if (lacks(Case.USAGE).isEmpty()) {
      assertThat(ending.usage().tokens().plus(before)).isEqualTo(model.told());
    }
    tell(Case.CONTINUE, YES);
  }

  @Test
  void steer() {
    model.plays(waiting(), works(), new Turn.Says("Done."));
    Attempt attempt = start("Wait for it");
    untilItWorks();
    boolean taken = attempt.run().steer("mind the gap");
    World.write(work.resolve("go"), "");
    assertThat(attempt.await().stop()).isEqualTo(new Stop.Ended());
    assertThat(taken).isEqualTo(driven().can().steer());
    if (!lacking(Case.STEER)) {
      assertThat(model.requests.stream().map(Object::toString))
          .anyMatch(r -> r.contains("mind the gap"));
      tell(Case.STEER, YES);
    }
  }

  @Test
  void interrupt() {
    model.plays(waiting(), new Turn.Says("Done."));
    Attempt attempt = start("Wait for it");
    untilItWorks();
    attempt.run().stop(new Stop.Interrupted());
    assertGone();
    assertThat(attempt.await().stop()).isEqualTo(new Stop.Interrupted());
    tell(Case.INTERRUPT, YES);
  }

  @Test
  void close() {
    model.plays(
        new Turn.Shell("setsid sleep " + mark + " </dev/null >/dev/null 2>&1 & disown; true"),
        new Turn.Says("Done."));
    AgentRun.Ending ending = ends("Leave something behind");
    assertGone();
    assertThat(ending.stop()).isEqualTo(new Stop.Ended());
    tell(Case.CLOSE, YES);
  }

  @Test
  void asked() {
    model.plays(
        new Turn.Shell("echo '{\"ask\": \"which one?\"}' > " + answerFile()),
        new Turn.Says("I asked."));
    assertThat(ends("Ask").stop()).isEqualTo(new Stop.Asked("which one?"));
    tell(Case.ASKED, YES);
  }

  @Test
  void cannot() {
    model.plays(
        new Turn.Shell("echo '{\"cannot\": \"it contradicts itself\"}' > " + answerFile()),
        new Turn.Says("I can't."));
    assertThat(ends("Do the impossible").stop())
        .isEqualTo(new Stop.Cannot("it contradicts itself"));
    tell(Case.CANNOT, YES);
  }

  @Test
  void unauthorized() {
    model.plays(new Turn.Fails(401, Map.of()));
    assertThat(ends("x").stop()).isInstanceOf(Stop.Refused.class);
    tell(Case.UNAUTHORIZED, YES);
  }

  @Test
  void rateLimited() {
    model.plays(new Turn.Fails(429, rateLimitHeaders(Instant.now().plusSeconds(RESET_SECONDS))));
    Stop stop = ends("x").stop();
    assertThat(stop).isInstanceOf(Stop.RateLimited.class);
    Duration wait = Duration.between(Instant.now(), ((Stop.RateLimited) stop).until());
    boolean told = wait.toMinutes() > 50 && wait.toSeconds() <= RESET_SECONDS + 5;
    assertThat(told || (wait.toMinutes() < 6 && !wait.isNegative())).isTrue();
    assertThat(told).isEqualTo(lacks(Case.RATE_LIMITED).isEmpty());
    tell(
        Case.RATE_LIMITED,
        told
            ? YES
            : "recognized; "
                + lacks(Case.RATE_LIMITED).orElseThrow()
                + ": Longe waits five minutes");
  }

  /** What its provider sends with a used-up quota. */
  Map<String, String> rateLimitHeaders(Instant reset) {
    return Map.of("retry-after", Integer.toString(RESET_SECONDS));
  }

  @Test
  void serverError() {
    model.plays(new Turn.Fails(500, Map.of(), 1), works(), new Turn.Says("Done."));
    assertThat(ends("Make the answer right").stop()).isEqualTo(new Stop.Ended());
    assertThat(read(work.resolve("answer.txt"))).isEqualTo("42\n");
    model.plays(new Turn.Fails(500, Map.of()));
    Attempt failed = start("The first thing", 2, Optional.empty(), work);
    assertThat(failed.await().stop()).isInstanceOf(Stop.ProviderDown.class);
    model.plays(new Turn.Says("Done."));
    if (failed.session().isPresent()) { // what is named can be continued
      Attempt later = start("Go on", 3, failed.session(), work);
      assertThat(later.await().stop()).isEqualTo(new Stop.Ended());
      assertThat(model.requests.getLast().toString()).contains("The first thing");
    }
    tell(Case.SERVER_ERROR, YES);
  }

  @Test
  void unreachable() {
    Attempt attempt;
    String url = model.url();
    model.close();
    configure(home, url);
    attempt = start("x");
    assertThat(attempt.await().stop()).isInstanceOf(Stop.ProviderDown.class);
    tell(Case.UNREACHABLE, YES);
  }

  @Test
  void contextFull() {
    model.plays(new Turn.Overflows());
    assertThat(ends("x").stop()).isEqualTo(new Stop.ContextFull());
    tell(Case.CONTEXT_FULL, YES);
  }

  @Test
  void turnLimit() {
    if (lacking(Case.TURN_LIMIT)) {
      return;
    }
    limitTurns();
    model.plays(works(), works(), works(), works());
    assertThat(ends("x").stop()).isEqualTo(new Stop.TurnLimit());
    tell(Case.TURN_LIMIT, YES);
  }

  /** Sets the agent's own limit to one turn. */
  void limitTurns() {}

  @Test
  void killed() {
    through("exec REAL \"$@\" # " + mark);
    model.plays(waiting(), new Turn.Says("Done."));
    Attempt attempt = start("Wait for it");
    untilItWorks();
    ProcessHandle.current()
        .descendants()
        .filter(h -> h.parent().flatMap(ProcessHandle::parent).isPresent())
        .forEach(ProcessHandle::destroyForcibly);
    assertThat(attempt.await().stop()).isInstanceOf(Stop.Crashed.class);
    assertGone();
    tell(Case.KILLED, YES);
  }

  @Test
  void export() throws IOException {
    if (lacking(Case.EXPORT)) {
      assertThat(driven().sessions(place())).isEmpty();
      return;
    }
    model.plays(new Turn.Says("One."), works(), new Turn.Says("Two."));
    Attempt first = start("The first thing");
    assertThat(first.await().stop()).isEqualTo(new Stop.Ended());
    Path archive = Files.createDirectories(temp.resolve("archive-" + mark + agent()));
    sessions().pack(first.session().orElseThrow(), archive);
    Path oldWork = work;
    home = temp.resolve("elsewhere");
    work = World.repository(temp.resolve("other/place"), "answer.txt", "0\n");
    World.make(home);
    configure(home, model.url());
    String session = sessions().unpack(first.session().orElseThrow(), archive);
    Attempt second = start("The second thing", 2, Optional.of(session), work);
    assertThat(second.await().stop()).isEqualTo(new Stop.Ended());
    assertThat(model.requests.getLast().toString())
        .contains("The first thing")
        .contains("The second thing");
    assertThat(read(work.resolve("answer.txt"))).isEqualTo("42\n");
    assertThat(read(oldWork.resolve("answer.txt"))).isEqualTo("0\n");
    tell(Case.EXPORT, YES);
  }

  private SessionFiles sessions() {
    return driven().sessions(place()).orElseThrow();
  }

  @Test
  void longLine() {
    through(
        "printf '{\"type\":\"unknown\",\"pad\":\"'; head -c 10000000 /dev/zero | tr '\\0' x; printf"
            + " '\"}\\n'\nexec REAL \"$@\"");
    endsWell(Case.LONG_LINE);
  }

  @Test
  void badUtf8() {
    through(
        "printf '{\"type\":\"unknown\",\"pad\":\"\\377\\376\"}\\n\\377\\376\\n'\nexec REAL \"$@\"");
    endsWell(Case.BAD_UTF8);
  }

  private void endsWell(Case tried) {
    model.plays(works(), new Turn.Says("Done."));
    assertThat(ends("Make the answer right").stop()).isEqualTo(new Stop.Ended());
    assertThat(read(work.resolve("answer.txt"))).isEqualTo("42\n");
    tell(tried, YES);
  }

  @Test
  void cutLine() {
    if (lacking(Case.CUT_LINE)) {
      return;
    }
    through(
        """
        pipe=$(mktemp -u); mkfifo "$pipe"
        REAL "$@" <&0 >"$pipe" &
        head -c 120 <"$pipe"
        kill -9 $!
        rm -f "$pipe"
        """);
    model.plays(works(), new Turn.Says("Done."));
    assertThat(ends("Make the answer right").stop()).isInstanceOf(Stop.Crashed.class);
    tell(Case.CUT_LINE, YES);
  }

  @Test
  void ignoresTerm() {
    through("trap '' TERM INT\nREAL \"$@\"\nwhile true; do sleep 1000; done # " + mark);
    model.plays(waiting(), new Turn.Says("Done."));
    Attempt attempt = start("Wait for it");
    untilItWorks();
    attempt.run().stop(new Stop.Interrupted());
    assertGone();
    tell(Case.IGNORES_TERM, YES);
  }

  /** How many of it this machine's memory holds. */
  int many() {
    return 50;
  }

  @Test
  void atOnce() throws IOException {
    List<Attempt> all = new ArrayList<>();
    for (int i = 1; i <= many(); i++) {
      Path own = Files.createDirectories(temp.resolve("many-" + mark).resolve("work-" + i));
      all.add(start("Thing number " + i, i, Optional.empty(), own));
    }
    Tokens sum = Tokens.ZERO;
    for (Attempt attempt : all) {
      AgentRun.Ending ending = attempt.await();
      assertThat(ending.stop()).isEqualTo(new Stop.Ended());
      sum = sum.plus(ending.usage().tokens());
    }
    assertThat(all.stream().map(Attempt::session).distinct()).hasSize(many());
    if (lacks(Case.USAGE).isEmpty()) {
      assertThat(sum).isEqualTo(model.told());
    }
    tell(Case.AT_ONCE, many() + lacks(Case.AT_ONCE).map(w -> ": " + w).orElse(""));
  }

  @Test
  void loop() {
    Path shop = looping("");
    model.plays(new Turn.Says("All tests pass."), works(), new Turn.Says("Now they do."));
    Sandbox.Outcome run = longe(shop, "run", "Make the answer right");
    assertThat(run.output()).as(run.error()).contains("proposed");
    assertThat(model.requests.getLast().toString())
        .contains("Make the answer right")
        .contains("Not done yet");
    assertThat(longe(shop, "accept", longe(shop, "ls").output().substring(0, 5)).exit().ok())
        .isTrue();
    assertThat(read(shop.resolve("answer.txt"))).isEqualTo("42\n");
    tell(Case.LOOP, YES);
  }

  /** Files with a text that belong to the session of a task that ran confined. */
  private String packed(Path shop, String text) {
    Path archive = temp.resolve("packed-" + mark + agent());
    World.make(archive);
    Terminal terminal = new Terminal(home.resolve("longe"), shop, environment().all());
    try (Terminal.Opened opened = terminal.open()) {
      TaskState task = opened.state(terminal.task());
      String session = task.last().flatMap(a -> a.agentSession()).orElseThrow();
      opened.effects().session(task).files().orElseThrow().pack(session, archive);
    }
    return World.shell(archive, "grep -rlF '%s' . || true".formatted(text));
  }

  /**
   * What the agent keeps in the user's home, with modes and contents; without what programs leave
   * there when they are asked for their version.
   */
  private List<String> state() {
    return driven().state().all().stream()
        .filter(Files::exists)
        .map(path -> "'" + path + "'")
        .map(p -> "find " + p + " -printf '%p %M\\n'; find " + p + " -type f -exec md5sum {} +")
        .flatMap(line -> World.shell(home, line).lines())
        .filter(line -> !line.contains(".tmp"))
        .sorted()
        .toList();
  }

  @Test
  void shutIn() {
    Path shop = looping("sandbox: required\n");
    Sandbox.Outcome _ = longe(shop, "agents"); // programs write to their home for --version
    List<String> before = state();
    model.plays(
        new Turn.Says("All tests pass."),
        new Turn.Shell("echo 42 > answer.txt; echo x > " + shop.resolve("stray") + "; true"),
        new Turn.Says("Done."));
    Sandbox.Outcome run = longe(shop, "run", "Make the answer right");
    assertThat(run.output()).as(run.error()).contains("proposed");
    assertThat(shop.resolve("stray")).doesNotExist();
    if (!driven().state().all().isEmpty()) { // an agent whose state is unknown begins anew
      assertThat(model.requests.getLast().toString())
          .contains("Make the answer right")
          .contains("Not done yet");
    }
    if (lacks(Case.EXPORT).isEmpty()) {
      assertThat(packed(shop, "Make the answer right")).isNotEmpty();
    }
    assertThat(state()).as("the user's own state").containsExactlyElementsOf(before);
    tell(Case.SHUT_IN, YES);
  }
}

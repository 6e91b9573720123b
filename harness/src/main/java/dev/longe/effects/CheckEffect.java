package dev.longe.effects;

import dev.longe.agent.registry.Agents;
import dev.longe.agent.registry.JudgeClient;
import dev.longe.check.CheckResult;
import dev.longe.check.Checker;
import dev.longe.check.Judging;
import dev.longe.check.Services;
import dev.longe.check.SlopCheck;
import dev.longe.core.Attempt;
import dev.longe.core.Candidate;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Receipt;
import dev.longe.core.TaskState;
import dev.longe.engine.Settings;
import dev.longe.home.Home;
import dev.longe.review.ProbeResult;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Place;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.CheckTree;
import dev.longe.workspace.Repository;
import dev.longe.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs commands and judges in a task's checkout for checks. Safe for use by many threads on
 * different tasks.
 */
final class CheckEffect {
  private static final Duration PROBE_TIMEOUT = Duration.ofMinutes(2);
  private static final long PROBE_OUTPUT_MAX = 1 << 20;

  private final Home home;
  private final Places places;
  private final Sandbox sandbox;
  private final Environment environment;
  private final Agents agents;
  private final Checker checker;
  private final Judging judging;
  private final SlopCheck slopCheck;

  CheckEffect(
      Home home,
      Places places,
      Sandbox sandbox,
      Environment environment,
      InstantSource clock,
      Settings settings,
      Agents agents) {
    this.home = home;
    this.places = places;
    this.sandbox = sandbox;
    this.environment = environment;
    this.agents = agents;
    this.checker = new Checker(sandbox);
    this.judging =
        new Judging(
            new JudgeClient(sandbox, environment, clock, settings.agents()),
            clock,
            settings.prices()::price);
    this.slopCheck = new SlopCheck(clock);
  }

  private static Commit base(TaskState task) {
    return task.submitted().source().base();
  }

  CheckResult onBase(TaskState task, Workspace workspace, CheckSpec check) {
    String receipt = "base-" + (task.base().size() + 1);
    return onBase(task, workspace, tree -> run(task, check, workspace, tree, receipt)).result();
  }

  CheckResult onCandidate(TaskState task, Workspace workspace, CheckSpec check) {
    Attempt attempt = task.last().orElseThrow();
    Candidate candidate = attempt.candidate().orElseThrow();
    String receipt = attempt.number() + "-" + (attempt.checked().size() + 1);
    Checker.Result ran =
        inTree(
            workspace,
            scratch -> workspace.checkTree(scratch, candidate),
            tree -> run(task, check, workspace, tree, receipt));
    return ran.ifReadyOnBase()
        .filter(_ -> readyOnBase(task, workspace))
        .map(v -> new CheckResult(v, ran.result().receipt()))
        .orElse(ran.result());
  }

  private static <T> T inTree(
      Workspace workspace, Function<String, CheckTree> made, Function<CheckTree, T> use) {
    String scratch = CheckTree.newName();
    try {
      return use.apply(made.apply(scratch));
    } finally {
      workspace.deleteCheckTree(scratch);
    }
  }

  private static <T> T onBase(TaskState task, Workspace workspace, Function<CheckTree, T> use) {
    return inTree(workspace, scratch -> workspace.checkTree(scratch, base(task), base(task)), use);
  }

  CheckResult onMerged(LandingEffect.MergedTree merged) {
    Workspace workspace = merged.workspace();
    return inTree(
            workspace,
            scratch -> workspace.checkTree(scratch, merged.commit(), merged.onto()),
            tree -> run(merged.task(), merged.check(), workspace, tree, merged.receipt()))
        .result();
  }

  private Checker.Result run(
      TaskState task, CheckSpec check, Workspace workspace, CheckTree subject, String receipt) {
    Path output = home.receipt(task.id(), receipt);
    return switch (check) {
      case CheckSpec.Run _, CheckSpec.Metric _ ->
          withServices(
              task,
              workspace,
              subject,
              (place, services) -> checker.run(check, subject, place, services, receipt, output));
      case CheckSpec.Slop slop ->
          alone(slopCheck.run(slop, slopCase(task, subject), receipt, output));
      case CheckSpec.Judge judge -> alone(judge(task, judge, workspace, subject, receipt));
      case CheckSpec.Human _ -> throw new IllegalArgumentException("a human check does not run");
    };
  }

  /** The result of a check that has no services. */
  private static Checker.Result alone(CheckResult result) {
    return new Checker.Result(result, Optional.empty());
  }

  private <T> T withServices(
      TaskState task, Workspace workspace, CheckTree tree, BiFunction<Place, Services, T> use) {
    Path directory =
        home.workspace(task.id()).resolve("services").resolve(UUID.randomUUID().toString());
    Services services = Services.of(task.loop().services(), directory);
    try {
      return places.check(task, workspace, tree, place -> use.apply(place, services));
    } finally {
      services.delete();
    }
  }

  private boolean readyOnBase(TaskState task, Workspace workspace) {
    return onBase(
            task,
            workspace,
            tree ->
                withServices(
                    task, workspace, tree, (place, services) -> printed(place, services, "true")))
        .exit()
        .ok();
  }

  private SlopCheck.Subject slopCase(TaskState task, CheckTree subject) {
    Repository repository = repository(task);
    return new SlopCheck.Subject(
        repository,
        base(task),
        subject.commit(),
        subject.tree(),
        task.frame().invariants(),
        home.quality(repository.top()));
  }

  private Repository repository(TaskState task) {
    return Repository.at(
        sandbox, Path.of(task.submitted().source().repository()), environment.basic());
  }

  private CheckResult judge(
      TaskState task,
      CheckSpec.Judge check,
      Workspace workspace,
      CheckTree subject,
      String receipt) {
    List<Receipt> receipts =
        task.last().orElseThrow().checked().stream().map(Event.Checked::receipt).toList();
    Judging.Subject judged =
        new Judging.Subject(
            task.submitted().text(),
            repository(task).diff(base(task), subject.commit(), false),
            receipts);
    Path output = home.receipt(task.id(), receipt);
    return places.judge(
        task,
        agents.of(check.agent()),
        workspace,
        subject,
        check.agent(),
        (place, exchange) ->
            judging.run(check, judged, subject, task.id(), place, exchange, receipt, output));
  }

  /** The output of a command on the base and on the candidate. */
  ProbeResult probe(TaskState task, Workspace workspace, String line) {
    Candidate candidate = task.candidate().orElseThrow();
    String before = onBase(task, workspace, tree -> printed(task, workspace, tree, line));
    String after =
        inTree(
            workspace,
            scratch -> workspace.checkTree(scratch, candidate),
            tree -> printed(task, workspace, tree, line));
    return new ProbeResult(before, after);
  }

  private String printed(TaskState task, Workspace workspace, CheckTree tree, String line) {
    Sandbox.Outcome outcome =
        withServices(task, workspace, tree, (place, services) -> printed(place, services, line));
    String all = (outcome.output() + "\n" + outcome.error()).strip();
    int status = outcome.exit().status();
    return status == 0 ? all : (all + "\nexit " + status).strip();
  }

  private Sandbox.Outcome printed(Place place, Services services, String line) {
    return sandbox.run(
        services
            .at(place)
            .process(
                services.needed(Checker.argv(new Command.Shell(line))),
                PROBE_TIMEOUT.plus(services.timeout()),
                PROBE_OUTPUT_MAX));
  }
}

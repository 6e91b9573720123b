package dev.longe.cli;

import dev.longe.agent.Login;
import dev.longe.agent.Probe;
import dev.longe.agent.registry.Agents;
import dev.longe.core.Fault;
import dev.longe.core.Sandboxing;
import dev.longe.core.Text;
import dev.longe.effects.Bases;
import dev.longe.effects.CheckPreview;
import dev.longe.effects.Installation;
import dev.longe.intake.InvalidInput;
import dev.longe.report.Views;
import dev.longe.sandbox.Confinement.Means;
import dev.longe.sandbox.ContainerEngine;
import dev.longe.sandbox.Containers;
import dev.longe.sandbox.Containment;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.Sandbox;
import dev.longe.tasks.LoopFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longe doctor}: tests what this machine offers. */
@Command(name = "doctor")
final class DoctorCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Drivers whose program is chosen by the user. */
  private static final Set<String> PROGRAMS = Set.of("acp", "command", "script");

  private final App app;
  private final List<String> wrong = new ArrayList<>();
  private final List<Result> found = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Option(
      names = "--loop",
      paramLabel = "NAME",
      description = "Print what a check of this loop would get here, instead of tests.")
  Optional<String> loop = Optional.empty();

  /** The result of one test. */
  private record Result(String what, boolean ok, String says) {}

  DoctorCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    return loop.map(this::preview).orElseGet(this::tests);
  }

  private int preview(String name) {
    CheckPreview preview = new LoopFiles(app.installation()).preview(app.directory(), name);
    if (json) {
      app.out().println(Views.json(preview));
    } else {
      new LoopPreview(app).print(preview);
    }
    return ExitCode.OK.code();
  }

  private int tests() {
    program("git", "needed; install it from your system's packages");
    program(
        "bash",
        "needed for checks that are a command line; install it from your system's packages");
    program("find", "needed for candidates; install the package findutils");
    line(
        true,
        "filters",
        "of git (git-lfs, …) run for no task: its files are as the commit has them, pointer files");
    line(true, "Java", Runtime.version().toString());
    journal();
    settings();
    Containment containment = app.sandbox().containment();
    line(containment != Containment.SESSION, "processes", containment.meaning());
    confinement();
    Agents drivers = app.drivers();
    app.agents().names().stream()
        .filter(name -> !PROGRAMS.contains(name))
        .map(drivers::probe)
        .forEach(this::agent);
    line(true, "acp", "any agent that speaks the Agent Client Protocol: --agent acp:PROGRAM");
    line(true, "command", "any program of yours: --agent command:./agent.sh");
    if (json) {
      app.out().println(Views.json(found));
    }
    wrong.forEach(app.err()::println);
    return (wrong.isEmpty() ? ExitCode.OK : ExitCode.FAULT).code();
  }

  private void confinement() {
    Installation here = app.installation();
    Optional<Means> means = here.means(Sandboxing.DEFAULT);
    line(means.isPresent(), "confined", confined(means));
    line(true, "limits", "a process tree may have " + limits(means));
    Optional<String> without =
        means
            .map(m ->
                here.withoutOverlays(m)
                    .map(why ->
                        "confined processes can only read package caches, and agents write to your"
                            + " own settings and sessions: "
                            + why))
            .orElse(Optional.of("only confined processes have them"));
    boolean overlays = without.isEmpty();
    line(
        overlays,
        "overlays",
        without.orElse(
            "tasks see your package caches and your agents' settings; what they write to them"
                + " stays with the task"));
    List<Bases.Entry> all = here.bases().all();
    List<Bases.Entry> bases = all.stream().filter(Bases.Entry::isBase).toList();
    line(
        overlays,
        "trees",
        overlays
            ? "overlays on prepared bases (%d here, %s, see «longe gc»); the setup runs once for each"
                .formatted(bases.size(), GcCommand.size(bases))
            : "copies; the setup runs for each task");
    if (all.size() > bases.size()) {
      List<Bases.Entry> stores = all.stream().filter(e -> !e.isBase()).toList();
      line(
          true,
          "objects",
          "of your repositories, for copies of trees: %s here, %s, see «longe gc»"
              .formatted(Text.count(stores.size(), "store"), GcCommand.size(stores)));
    }
    switch (app.sandbox().containers().engine()) {
      case Containers.Answer.Usable<ContainerEngine> u ->
          line(true, "containers", u.value().shown() + ", for «sandbox: container:IMAGE»");
      case Containers.Answer.Unusable<ContainerEngine> u ->
          line(false, "containers", "for «sandbox: container:IMAGE»: " + u.why());
    }
  }

  private String limits(Optional<Means> means) {
    return String.join(", ", app.sandbox().limits(means));
  }

  private String confined(Optional<Means> means) {
    String see = ": the processes of a task write only to its own trees and don't see your home";
    return means
        .map(m ->
            switch (m) {
              case Means.Namespaces _ -> "works" + see;
              case Means.Container container -> "works, " + container.shown() + see;
            })
        .or(() ->
            app.installation()
                .confinementRefusal(Sandboxing.DEFAULT)
                .map(why -> "no task can run, because «sandbox» " + why))
        .orElse(
            app.installation().confinementTurnedOff()
                ? "turned off by LONGE_SANDBOX=none, except for loops with «sandbox: required»"
                : "not here: agents, setup and checks can read and write what you can. Install the"
                    + " package bubblewrap");
  }

  private void agent(Probe p) {
    boolean good = p.refusal().isEmpty() && p.login().state() != Login.State.NO;
    line(good, p.name(), AgentWords.here(p) + "; " + p.abilities());
  }

  private void line(boolean good, String what, String says) {
    found.add(new Result(what, good, says));
    if (!json) {
      String mark = good ? app.style().good("ok  ") : app.style().note("--  ");
      app.out().println(mark + String.format(java.util.Locale.ROOT, "%-11s", what) + says);
    }
  }

  private void program(String name, String otherwise) {
    boolean there = app.sandbox().onPath(name);
    line(there, name, there ? version(name) : otherwise);
    if (!there) {
      wrong.add(name + " is " + otherwise + ".");
    }
  }

  private void journal() {
    try {
      int tasks = app.tasks().rows().size();
      line(true, "journal", app.home().root() + ", " + tasks + " tasks");
    } catch (Fault e) {
      line(false, "journal", String.valueOf(e.getMessage()));
      wrong.add(String.valueOf(e.getMessage()));
    }
  }

  private void settings() {
    try {
      app.installation().requireSettings();
      line(
          true, "settings", "no mistakes in " + app.home().settings() + " and the files beside it");
    } catch (InvalidInput e) {
      e.problems().forEach(p -> line(false, "settings", p.toString()));
      e.problems().forEach(p -> wrong.add(p.toString()));
    }
  }

  private String version(String program) {
    ProcessSpec spec = app.sandbox().plain(List.of(program, "--version"), Path.of("/"), TIMEOUT);
    Sandbox.Outcome outcome = app.sandbox().run(spec);
    return outcome.output().lines().findFirst().orElse("prints no version");
  }
}

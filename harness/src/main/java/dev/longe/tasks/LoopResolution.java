package dev.longe.tasks;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Loop;
import dev.longe.core.Sandboxing;
import dev.longe.core.ServiceSpec;
import dev.longe.effects.Installation;
import dev.longe.intake.LoopFile;
import dev.longe.sandbox.Environment;
import dev.longe.workspace.Carried;
import dev.longe.workspace.Globs;
import dev.longe.workspace.Repository;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the programs of a loop's agents, and protects the files that its checks run. */
final class LoopResolution {
  private final Installation installation;
  private final AdmissionFindings found;
  private final AgentResolution agents;
  private final boolean runsHere;

  LoopResolution(
      Installation installation,
      AdmissionFindings found,
      AgentResolution agents,
      boolean runsHere) {
    this.installation = installation;
    this.found = found;
    this.agents = agents;
    this.runsHere = runsHere;
  }

  /**
   * The loop of the task; problems are added to the findings.
   *
   * @param files of the base commit
   */
  Loop of(Loop loop, Repository repository, List<String> files) {
    List<AgentSpec> resolved =
        loop.agents().stream().map(a -> agents.of(a, loop.sandbox())).toList();
    for (String glob : loop.protect()) {
      Globs one = new Globs(List.of(glob));
      if (!LoopFile.DEFAULT_PROTECT.contains(glob) && files.stream().noneMatch(one::match)) {
        found.problem(
            "protect", "«" + glob + "» matches no file of the base; correct or remove it");
      }
    }
    Set<String> base = Set.copyOf(files);
    CheckProgram program =
        new CheckProgram(
            installation,
            repository,
            base,
            loop.setup().isPresent(),
            runsHere ? installation.container(loop.sandbox()) : Optional.empty());
    Set<String> protect = new LinkedHashSet<>(loop.protect());
    for (CheckSpec check : loop.checks()) {
      if (check instanceof CheckSpec.Judge judge) {
        agents.requireAble(judge.agent(), "checks", loop.sandbox());
      }
      command(check)
          .ifPresent(c -> {
            protect.addAll(scripts(c, base));
            requireProgram("checks", "the check", program, c);
          });
    }
    for (ServiceSpec service : loop.services()) {
      service.ready().ifPresent(c -> protect.addAll(scripts(c, base)));
      Stream.concat(Stream.of(service.command()), service.ready().stream())
          .forEach(c -> requireProgram("services", "the service", program, c));
      service.ports().stream()
          .filter(Environment.BASIC::contains)
          .forEach(p ->
              found.problem(
                  "services",
                  "every process has the variable " + p + "; give the port another name"));
    }
    if (runsHere) {
      requireConfinement(loop.sandbox());
      new Carried(repository, loop.carry())
          .problems(base)
          .forEach(problem -> found.problem("carry", problem));
    } else if (!loop.carry().isEmpty()) {
      found.problem(
          "carry",
          "names files of your work tree, which workers don't have; remove it, or run the task on"
              + " this machine");
    }
    return new Loop(
        loop.name(),
        loop.mode(),
        resolved,
        loop.setup(),
        loop.setupKey(),
        loop.services(),
        loop.checks(),
        List.copyOf(protect),
        loop.moves(),
        loop.limits(),
        loop.review(),
        loop.sandbox(),
        loop.env(),
        loop.carry(),
        loop.prompt());
  }

  private void requireConfinement(Sandboxing sandbox) {
    installation.unconfined(sandbox).ifPresent(why -> found.note(new Note.NotConfined(why)));
    installation.confinementRefusal(sandbox).ifPresent(why -> found.problem("sandbox", why));
  }

  private static Optional<Command> command(CheckSpec check) {
    return switch (check) {
      case CheckSpec.Run r -> Optional.of(r.command());
      case CheckSpec.Metric m -> Optional.of(m.command());
      case CheckSpec.Human _, CheckSpec.Judge _, CheckSpec.Slop _ -> Optional.empty();
    };
  }

  private void requireProgram(String key, String what, CheckProgram program, Command command) {
    if (runsHere) {
      program.missing(what, command).ifPresent(m -> found.problem(key, m));
    }
  }

  /** Files of the base that a check's command names; the candidate must not replace them. */
  private static Set<String> scripts(Command command, Set<String> base) {
    List<String> words =
        switch (command) {
          case Command.Argv a -> a.words();
          case Command.Shell s -> List.of(s.line().split("[\\s;|&()<>\"'=]+"));
        };
    Set<String> named = new LinkedHashSet<>();
    words.stream()
        .map(LoopResolution::withoutDot)
        .filter(base::contains)
        .forEach(w -> named.add("/" + w));
    return named;
  }

  static String withoutDot(String path) {
    return path.startsWith("./") ? path.substring(2) : path;
  }
}

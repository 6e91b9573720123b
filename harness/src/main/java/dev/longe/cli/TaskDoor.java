package dev.longe.cli;

import dev.longe.agent.Login;
import dev.longe.agent.registry.Agents;
import dev.longe.core.AgentSpec;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.Delivery;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import dev.longe.core.Loop;
import dev.longe.core.Policy;
import dev.longe.core.Sandboxing;
import dev.longe.core.Source;
import dev.longe.core.TaskId;
import dev.longe.core.policy.Readiness;
import dev.longe.intake.AgentEntry;
import dev.longe.intake.InvalidInput;
import dev.longe.intake.InvariantsFile;
import dev.longe.intake.LoopFile;
import dev.longe.intake.Problem;
import dev.longe.workspace.Globs;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes a task in: everything that can be found wrong is found here, before anything is spent. */
final class TaskDoor {
  private static final String DEFAULT_LOOP = "default";
  private static final int TEXT_CHARS_MAX = 100_000;

  private final App app;
  private final TaskOptions options;
  private final Agents drivers;
  private final List<Problem> problems = new ArrayList<>();

  TaskDoor(App app, TaskOptions options) {
    this.app = app;
    this.options = options;
    this.drivers = app.drivers();
  }

  /** Puts the task into the queue. */
  TaskId submit() {
    String text = text();
    Path directory = app.directory().resolve(options.repository.orElse(Path.of(""))).normalize();
    Repository repository = Repository.at(app.sandbox(), directory, app.environment().basic());
    Commit base = repository.head();
    repository.refuseReadOnly(base);
    List<String> files = repository.files(base);
    Optional<LoopFile.Read> read = loop(repository, base);
    Loop loop = options.overrides().over(read.map(LoopFile.Read::loop), app.agents());
    Event.Framed frame =
        new Event.Framed(
            read.map(LoopFile.Read::delivery).orElse(Delivery.DEFAULT),
            repository
                .read(base, InvariantsFile.PATH)
                .map(t -> InvariantsFile.parse(InvariantsFile.PATH, t))
                .orElse(List.of()));
    Loop resolved = resolve(loop, repository, files);
    readiness(text, resolved, frame.delivery().readiness());
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    int dirty = repository.dirtyFiles();
    if (dirty > 0) {
      app.err()
          .println(
              "Note: "
                  + dirty
                  + " changed files of yours are no part of the task; it starts from "
                  + base.brief()
                  + ".");
    }
    Source source = new Source(repository.top().toString(), repository.branch(), base);
    return app.tasks()
        .queue(
            repository,
            new Event.Submitted(text, source, resolved),
            frame,
            List.copyOf(options.labels),
            Map.of());
  }

  /** What the task leaves open: told, or held against it where the loop says so. */
  private void readiness(String text, Loop loop, Delivery.Readiness readiness) {
    for (Readiness.Question question : Readiness.of(text, loop, Policy.DEFAULT)) {
      switch (readiness) {
        case WARN -> app.err().println("Open: " + question);
        case GATE -> wrong("readiness", question.toString());
      }
    }
  }

  private String text() {
    String text = options.text;
    if (text.equals("-")) {
      try {
        text = new String(app.in().readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new Fault("The task can't be read from standard input: " + e.getMessage(), e);
      }
    }
    if (text.isBlank()) {
      throw InvalidInput.option("TASK", "is empty; say in words what is to be done");
    }
    if (text.length() > TEXT_CHARS_MAX) {
      throw InvalidInput.option("TASK", "has more than " + TEXT_CHARS_MAX + " characters");
    }
    return text.strip();
  }

  /**
   * The loop by its name: from the base commit, from files not yet committed, or the user's own.
   */
  private Optional<LoopFile.Read> loop(Repository repository, Commit base) {
    String name = options.loop.orElse(DEFAULT_LOOP);
    String path = name.endsWith(".md") ? name : ".longe/loops/" + name + ".md";
    Optional<String> committed = repository.read(base, path);
    if (committed.isPresent()) {
      return Optional.of(LoopFile.read(nameOf(name), path, committed.get(), app.agents()));
    }
    for (Path file : List.of(repository.top().resolve(path), app.home().loop(name))) {
      if (Files.isRegularFile(file)) {
        app.err()
            .println(
                "Note: the loop is taken from "
                    + file
                    + ", which "
                    + base.brief()
                    + " does not hold.");
        return Optional.of(LoopFile.read(nameOf(name), file.toString(), read(file), app.agents()));
      }
    }
    if (options.loop.isPresent()) {
      throw InvalidInput.option(
          "--loop",
          "there is no loop «" + name + "»: neither " + path + " nor " + app.home().loop(name));
    }
    return Optional.empty();
  }

  private static String nameOf(String text) {
    String file = text.substring(text.lastIndexOf('/') + 1);
    return file.endsWith(".md") ? file.substring(0, file.length() - 3) : file;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Fault("The loop " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The loop with its programs found and the files that its checks run protected. */
  private Loop resolve(Loop loop, Repository repository, List<String> files) {
    List<AgentSpec> agents = loop.agents().stream().map(a -> agent(a, files)).toList();
    for (String glob : loop.protect()) {
      Globs one = new Globs(List.of(glob));
      if (!LoopFile.DEFAULT_PROTECT.contains(glob) && files.stream().noneMatch(one::match)) {
        wrong("protect", "«" + glob + "» matches no file of the base; mend or remove it");
      }
    }
    Set<String> protect = new LinkedHashSet<>(loop.protect());
    for (CheckSpec check : loop.checks()) {
      if (check instanceof CheckSpec.Judge judge) {
        able(judge.agent(), "checks");
      }
      command(check).ifPresent(c -> protect.addAll(scripts(c, files, loop, repository)));
    }
    if (loop.sandbox() != Sandboxing.NONE && !app.sandbox().bubblewrap()) {
      wrong(
          "sandbox", "bubblewrap does not work here; install it (package bubblewrap) or use none");
    }
    return new Loop(
        loop.name(),
        loop.mode(),
        agents,
        loop.setup(),
        loop.checks(),
        List.copyOf(protect),
        loop.moves(),
        loop.limits(),
        loop.review(),
        loop.sandbox(),
        loop.env(),
        loop.prompt());
  }

  private void wrong(String path, String message) {
    problems.add(new Problem("task", 0, path, message));
  }

  private AgentSpec agent(AgentSpec spec, List<String> files) {
    AgentEntry entry = app.agents().entry(spec.driver());
    return switch (entry.driver()) {
      case "command", "acp" -> {
        if (entry.command().isEmpty()) {
          yield withProgram(spec, files);
        }
        able(spec, "agent");
        yield spec;
      }
      case "script" -> {
        Path file = app.directory().resolve(spec.arguments().getFirst()).normalize();
        if (!Files.isReadable(file)) {
          wrong("agent", "there is no script " + file);
        }
        yield new AgentSpec(spec.driver(), List.of(file.toString()));
      }
      default -> {
        able(spec, "agent");
        yield spec;
      }
    };
  }

  /** Before any money is spent: is it here, new enough, logged in? */
  private void able(AgentSpec spec, String path) {
    if (!app.tasks().runsHere()) {
      return; // what counts is what the workers have
    }
    Optional<String> refusal = drivers.refusal(spec);
    refusal.ifPresent(r -> wrong(path, r));
    Login login = drivers.named(spec.driver()).login();
    if (refusal.isEmpty() && login.state() == Login.State.NO) {
      app.err()
          .println(
              "Note: no credentials of " + spec.driver() + " were found; " + login.says() + ".");
    }
  }

  /** A program with a slash is the user's file where there is one, else the clone's. */
  private AgentSpec withProgram(AgentSpec spec, List<String> files) {
    List<String> words = new ArrayList<>(spec.arguments());
    String program = words.getFirst();
    if (!program.contains("/")) {
      if (!app.sandbox().onPath(program)) {
        wrong("agent", "the program «" + program + "» is not on the path");
      }
      return spec;
    }
    Path file = app.directory().resolve(program).normalize();
    if (Files.isRegularFile(file)) {
      if (!Files.isExecutable(file)) {
        wrong("agent", file + " is not executable; run «chmod +x " + program + "»");
      }
      words.set(0, file.toString());
    } else if (!files.contains(withoutDot(program))) {
      wrong("agent", "there is no program " + file);
    }
    return new AgentSpec(spec.driver(), words);
  }

  private static Optional<Command> command(CheckSpec check) {
    return switch (check) {
      case CheckSpec.Run r -> Optional.of(r.command());
      case CheckSpec.Metric m -> Optional.of(m.command());
      case CheckSpec.Human _, CheckSpec.Judge _, CheckSpec.Slop _ -> Optional.empty();
    };
  }

  /** Files of the base that a check's command names: the work under test must not replace them. */
  private Set<String> scripts(
      Command command, List<String> files, Loop loop, Repository repository) {
    List<String> words =
        switch (command) {
          case Command.Argv a -> a.words();
          case Command.Shell s -> List.of(s.line().split("[\\s;|&()<>\"'=]+"));
        };
    Set<String> base = Set.copyOf(files);
    Set<String> named = new LinkedHashSet<>();
    words.stream()
        .map(TaskDoor::withoutDot)
        .filter(base::contains)
        .forEach(w -> named.add("/" + w));
    CheckProgram program = new CheckProgram(app, repository, base, loop.setup().isPresent());
    (app.tasks().runsHere() ? program.missing(command) : Optional.<String>empty())
        .ifPresent(m -> wrong("checks", m));
    return named;
  }

  static String withoutDot(String path) {
    return path.startsWith("./") ? path.substring(2) : path;
  }
}

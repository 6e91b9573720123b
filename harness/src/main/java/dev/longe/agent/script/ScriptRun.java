package dev.longe.agent.script;

import dev.longe.agent.AgentEvent;
import dev.longe.agent.AgentRun;
import dev.longe.agent.Assignment;
import dev.longe.core.Cost;
import dev.longe.core.Fault;
import dev.longe.core.LimitName;
import dev.longe.core.Money;
import dev.longe.core.Stop;
import dev.longe.core.Usage;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.Output;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import dev.longe.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One attempt of a script. Everything that touches the tree is done by processes in its place. */
final class ScriptRun implements AgentRun {
  private static final String FORKER =
      "for i in 1 2 3; do (setsid sleep 1000 >/dev/null 2>&1 &) ; done; nohup sleep 1000 >/dev/null"
          + " 2>&1 &";

  private final Sandbox sandbox;
  private final InstantSource clock;
  private final Assignment assignment;
  private final Consumer<AgentEvent> events;
  private CompletableFuture<Ending> done = new CompletableFuture<>();
  private final CompletableFuture<Stop> stopped = new CompletableFuture<>();
  private Optional<RunningProcess> process = Optional.empty();
  private Usage usage = Usage.NONE;
  private volatile long lastShownNanos = System.nanoTime();

  ScriptRun(
      Sandbox sandbox, InstantSource clock, Assignment assignment, Consumer<AgentEvent> events) {
    this.sandbox = sandbox;
    this.clock = clock;
    this.assignment = assignment;
    this.events = events;
  }

  void begin(List<Script.Step> steps) {
    show(new AgentEvent.Started(assignment.sessionName(), Optional.of("script")));
    done =
        CompletableFuture.supplyAsync(
            () -> perform(steps), r -> Thread.ofPlatform().name("longe-script").daemon().start(r));
  }

  private void show(AgentEvent event) {
    lastShownNanos = System.nanoTime();
    events.accept(event);
  }

  private Ending perform(List<Script.Step> steps) {
    try {
      Optional<Stop> stop = Optional.empty();
      for (Script.Step step : steps) {
        if (stop.isEmpty() && !stopped.isDone()) {
          stop = step(step);
        }
      }
      Stop own = stop.orElseGet(Stop.Ended::new);
      return new Ending(stopped.getNow(own), usage);
    } catch (Fault e) {
      return new Ending(new Stop.Crashed(1, String.valueOf(e.getMessage())), usage);
    }
  }

  /** Carries out a step; answers with a stop where it ends the attempt. */
  private Optional<Stop> step(Script.Step step) {
    switch (step) {
      case Script.Step.Write w -> write(w.path(), w.text());
      case Script.Step.Edit e -> {
        String text = read(e.path());
        if (!text.contains(e.find())) {
          return Optional.of(new Stop.Crashed(1, "the text to replace is not in " + e.path()));
        }
        write(e.path(), text.replace(e.find(), e.replace()));
      }
      case Script.Step.Delete d -> {
        show(new AgentEvent.ToolCalled("delete", d.path()));
        require(run(List.of("rm", "-f", "--", inside(d.path())), "", new Shown()), d.path());
      }
      case Script.Step.Run r -> {
        show(new AgentEvent.ToolCalled("run", r.line()));
        Exit exit = shell(r.line());
        show(new AgentEvent.ToolReturned("run", exit.status() != 0));
        return tooMuch(exit);
      }
      case Script.Step.Say s -> show(new AgentEvent.Said(s.text()));
      case Script.Step.Ask a -> {
        return Optional.of(new Stop.Asked(a.question()));
      }
      case Script.Step.Cannot c -> {
        return Optional.of(new Stop.Cannot(c.why()));
      }
      case Script.Step.Use u -> use(u);
      case Script.Step.Sleep s -> sleep(s.time());
      case Script.Step.Crash c -> {
        return Optional.of(new Stop.Crashed(c.status(), "the script asks for a crash"));
      }
      case Script.Step.Hang _ -> shell("sleep 1000000");
      case Script.Step.Fork _ -> shell(FORKER);
      case Script.Step.Flood f -> {
        return tooMuch(shell("head -c " + f.bytes() + " /dev/zero | tr '\\0' 'x' | fold -w 200"));
      }
      case Script.Step.RateLimit r -> {
        return Optional.of(new Stop.RateLimited(clock.instant().plus(r.until())));
      }
      case Script.Step.Outage o -> {
        return Optional.of(new Stop.ProviderDown(o.detail(), clock.instant()));
      }
      case Script.Step.Refuse r -> {
        return Optional.of(new Stop.Refused(r.detail()));
      }
      case Script.Step.ContextFull _ -> {
        return Optional.of(new Stop.ContextFull());
      }
    }
    return Optional.empty();
  }

  private static Optional<Stop> tooMuch(Exit exit) {
    return exit.ending() == Exit.Ending.TOO_MUCH_OUTPUT
        ? Optional.of(new Stop.OverLimit(LimitName.OUTPUT))
        : Optional.empty();
  }

  /** The path as an argument of a program that runs in the tree. */
  private String inside(String path) {
    Path resolved = assignment.directory().resolve(path).normalize();
    if (!resolved.startsWith(assignment.directory())) {
      throw new Fault("The script names a path outside the tree: " + path);
    }
    return resolved.toString();
  }

  private String read(String path) {
    StringBuilder encoded = new StringBuilder();
    Output output =
        new Output() {
          @Override
          public void line(String line) {
            encoded.append(line);
          }

          @Override
          public void errorLine(String line) {
            show(new AgentEvent.Raw(line));
          }
        };
    require(run(List.of("base64", "--", inside(path)), "", output), path);
    return new String(Base64.getDecoder().decode(encoded.toString()), StandardCharsets.UTF_8);
  }

  private void write(String path, String text) {
    show(new AgentEvent.ToolCalled("write", path));
    String line = "mkdir -p -- \"$(dirname -- \"$1\")\" && cat > \"$1\"";
    require(run(List.of("/bin/sh", "-c", line, "write", inside(path)), text, new Shown()), path);
    show(new AgentEvent.ToolReturned("write", false));
  }

  private static void require(Exit exit, String path) {
    if (!exit.ok()) {
      throw new Fault("The script can't read or write " + path + ".");
    }
  }

  private void use(Script.Step.Use u) {
    Cost cost =
        u.usd()
            .<Cost>map(d -> new Cost.Reported(Money.ofDollars(d)))
            .orElseGet(() -> new Cost.Unknown(Money.ZERO));
    usage = usage.plus(new Usage(u.tokens(), cost));
    show(new AgentEvent.Used(usage));
  }

  private void sleep(Duration time) {
    stopped
        .copy()
        .completeOnTimeout(new Stop.Ended(), time.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private Exit shell(String line) {
    return run(assignment.argv(List.of("/bin/sh", "-c", line)), "", new Shown());
  }

  private Exit run(List<String> argv, String input, Output output) {
    ProcessSpec spec =
        new ProcessSpec(
            argv,
            assignment.directory(),
            assignment.environment(),
            true,
            assignment.confinement(),
            assignment.timeout(),
            assignment.outputBytesMax(),
            input,
            false);
    RunningProcess running;
    synchronized (this) {
      running = sandbox.start(spec, output);
      process = Optional.of(running);
    }
    if (stopped.isDone()) {
      return running.kill();
    }
    return running.await();
  }

  private final class Shown implements Output {
    @Override
    public void line(String line) {
      show(new AgentEvent.Raw(line));
    }

    @Override
    public void errorLine(String line) {
      show(new AgentEvent.Raw(line));
    }
  }

  @Override
  public Ending await() {
    return done.join();
  }

  @Override
  public boolean steer(String message) {
    if (done.isDone()) {
      return false;
    }
    show(new AgentEvent.Said("received the message: " + message));
    return true;
  }

  @Override
  public void stop(Stop why) {
    stopped.complete(why);
    synchronized (this) {
      process.ifPresent(RunningProcess::kill);
    }
    done.join();
  }

  @Override
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastShownNanos);
  }

  @Override
  public synchronized Duration processorTime() {
    return process.map(RunningProcess::processorTime).orElse(Duration.ZERO);
  }
}

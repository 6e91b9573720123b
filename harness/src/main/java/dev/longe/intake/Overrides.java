package dev.longe.intake;

import dev.longe.core.AgentSpec;
import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Limits;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.MoveStep;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The parts of a loop as command-line options. Without a loop they define one for a single task;
 * with a loop they override its parts.
 */
public record Overrides(
    Optional<String> mode,
    Optional<String> agent,
    List<String> checks,
    List<String> redChecks,
    boolean slop,
    List<String> protect,
    Optional<String> moves,
    Optional<String> attempts,
    Optional<String> money,
    Optional<String> tokens,
    Optional<String> time,
    Optional<String> sandbox) {

  private static final String SOURCE = "command line";

  /**
   * Returns the loop with these options applied.
   *
   * @throws InvalidInput with all problems of the options
   */
  public Loop over(Optional<Loop> loop, AgentsFile agents) {
    List<Problem> problems = new ArrayList<>();
    Reader read = new Reader(problems);
    Values values = values(read, agents);
    List<CheckSpec> allChecks = new ArrayList<>(loop.map(Loop::checks).orElse(List.of()));
    checks.forEach(c -> read.check(c, false).ifPresent(allChecks::add));
    redChecks.forEach(c -> read.check(c, true).ifPresent(allChecks::add));
    boolean guarded = allChecks.stream().anyMatch(c -> c instanceof CheckSpec.Slop);
    if (slop && !guarded) {
      allChecks.add(new CheckSpec.Slop(new CheckName("slop")));
    }
    Mode theMode = values.mode().or(() -> loop.map(Loop::mode)).orElse(Mode.EXECUTE);
    if (values.agent().isEmpty() && loop.isEmpty() && agent.isEmpty()) {
      problems.add(
          new Problem(
              SOURCE, 0, "--agent", "is missing; name one, or a --loop, or run «longe init»"));
    }
    boolean none = allChecks.isEmpty() && checks.isEmpty() && redChecks.isEmpty();
    if (none && theMode == Mode.EXECUTE) {
      problems.add(
          new Problem(
              SOURCE,
              0,
              "--check",
              "is missing; give a command that passes when the task is done, or use --mode"
                  + " explore"));
    }
    Set<CheckName> names = new HashSet<>(CheckName.GUARDS);
    for (CheckSpec c : allChecks) {
      if (!names.add(c.name())) {
        problems.add(new Problem(SOURCE, 0, "--check", "«" + c.name() + "» is given twice"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    List<String> allProtect = new ArrayList<>(protect);
    if (protect.isEmpty() || loop.isPresent()) {
      allProtect.addAll(loop.map(Loop::protect).orElse(LoopFile.DEFAULT_PROTECT));
    } else {
      allProtect.add(".longe/**");
    }
    return new Loop(
        loop.map(Loop::name).orElse("one-off"),
        theMode,
        values.agent().map(List::of).or(() -> loop.map(Loop::agents)).orElseThrow(),
        loop.flatMap(Loop::setup),
        loop.map(Loop::setupKey).orElse(List.of()),
        loop.map(Loop::services).orElse(List.of()),
        allChecks,
        allProtect,
        values.moves().or(() -> loop.map(Loop::moves)).orElse(Loop.DEFAULT_MOVES),
        loop.map(Loop::limits).orElse(Limits.DEFAULT).with(values.raise()),
        loop.map(Loop::review).orElse(Review.ALWAYS),
        values.sandbox().or(() -> loop.map(Loop::sandbox)).orElse(Sandboxing.DEFAULT),
        loop.map(Loop::env).orElse(List.of()),
        loop.map(Loop::carry).orElse(List.of()),
        loop.map(Loop::prompt).orElse(LoopFile.DEFAULT_PROMPT));
  }

  /** The problems of these options that do not depend on a loop. */
  public List<Problem> malformed(AgentsFile agents) {
    List<Problem> problems = new ArrayList<>();
    Values _ = values(new Reader(problems), agents);
    return problems;
  }

  private record Values(
      Optional<Mode> mode,
      Optional<AgentSpec> agent,
      Optional<List<MoveStep>> moves,
      Optional<Sandboxing> sandbox,
      Limits.Raise raise) {}

  private Values values(Reader read, AgentsFile agents) {
    return new Values(
        read.option("--mode", mode, ShortForms::mode),
        read.option("--agent", agent, t -> ShortForms.agent(t, agents)),
        read.option("--moves", moves, ShortForms::moves),
        read.option("--sandbox", sandbox, ShortForms::sandboxing),
        raise(read));
  }

  private Limits.Raise raise(Reader read) {
    return new Limits.Raise(
        read.option("--attempts", attempts, Quantity::small),
        read.option("--money", money, Quantity::money),
        read.option("--tokens", tokens, Quantity::count),
        read.option("--time", time, Quantity::duration),
        Optional.empty());
  }

  /**
   * Reads new limits of a resumed task.
   *
   * @throws InvalidInput with all problems of the options
   */
  public static Limits.Raise raise(
      Optional<String> attempts,
      Optional<String> money,
      Optional<String> tokens,
      Optional<String> time) {
    List<Problem> problems = new ArrayList<>();
    Limits.Raise raise =
        new Overrides(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                List.of(),
                Optional.empty(),
                attempts,
                money,
                tokens,
                time,
                Optional.empty())
            .raise(new Reader(problems));
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return raise;
  }

  private record Reader(List<Problem> problems) {
    Optional<CheckSpec> check(String line, boolean red) {
      if (line.isBlank()) {
        problems.add(new Problem(SOURCE, 0, red ? "--red-check" : "--check", "needs a command"));
        return Optional.empty();
      }
      return Optional.of(Checks.run(line, red));
    }

    <T> Optional<T> option(String name, Optional<String> text, Function<String, T> parse) {
      try {
        return text.map(parse);
      } catch (IllegalArgumentException e) {
        problems.add(new Problem(SOURCE, 0, name, String.valueOf(e.getMessage())));
        return Optional.empty();
      }
    }
  }
}

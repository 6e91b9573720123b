package dev.longe.core;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration under which the harness works on a task.
 *
 * @param agents the agents; the first one works first, the next ones take over on a hand-off
 * @param setup run once for each prepared base, or in each ordinary tree
 * @param setupKey globs of the files that the setup depends on; empty if the loop names none
 * @param services started for each run of a check, in this order
 * @param protect globs of the protected paths: a check runs with their content from the base
 * @param env names of environment variables that agent, setup and checks get in addition to the
 *     basic ones
 * @param carry files and directories of the user's work tree that git does not track, relative to
 *     its top: every tree of the task contains them
 * @param prompt the prompt template; {@code {{task}}} is its only variable
 */
public record Loop(
    String name,
    Mode mode,
    List<AgentSpec> agents,
    Optional<Command> setup,
    List<String> setupKey,
    List<ServiceSpec> services,
    List<CheckSpec> checks,
    List<String> protect,
    List<MoveStep> moves,
    Limits limits,
    Review review,
    Sandboxing sandbox,
    List<String> env,
    List<String> carry,
    String prompt) {

  /**
   * Two continues, two fresh starts, a hand-off, the human: debugging ability falls by 60–80 %
   * within two to three attempts in one session.
   */
  public static final List<MoveStep> DEFAULT_MOVES =
      List.of(
          new MoveStep(MoveStep.Kind.CONTINUE, 2),
          new MoveStep(MoveStep.Kind.FRESH, 2),
          new MoveStep(MoveStep.Kind.HAND_OFF, 1),
          new MoveStep(MoveStep.Kind.ASK, 1));

  public Loop {
    Require.text(name, "loop name");
    agents = List.copyOf(agents);
    setupKey = List.copyOf(setupKey);
    services = List.copyOf(services);
    checks = List.copyOf(checks);
    protect = List.copyOf(protect);
    moves = List.copyOf(moves);
    env = List.copyOf(env);
    carry = List.copyOf(carry);
    Require.that(!agents.isEmpty(), "a loop needs an agent");
    Require.that(
        mode == Mode.EXPLORE || !checks.isEmpty(),
        "a loop in execute mode needs at least one check");
    // A stricter rule would refuse loops of older journals (I19); intake refuses the other guard.
    Set<CheckName> names = new HashSet<>(Set.of(CheckName.PROTECTED, CheckName.DIFF_SIZE));
    for (CheckSpec check : checks) {
      Require.that(names.add(check.name()), "two checks have the name " + check.name());
    }
  }

  /** Whether the loop's moves contain a hand-off to another agent. */
  public boolean handsOff() {
    return moves.stream().anyMatch(r -> r.kind() == MoveStep.Kind.HAND_OFF);
  }

  public CheckSpec check(CheckName check) {
    return checks.stream().filter(c -> c.name().equals(check)).findFirst().orElseThrow();
  }
}

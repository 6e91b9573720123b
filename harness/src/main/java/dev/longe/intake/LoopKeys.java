package dev.longe.intake;

import dev.longe.core.Limits;
import dev.longe.core.Spans;
import java.util.List;

/**
 * Every key of a loop file with its meaning: the source of the reference and of the JSON schema.
 */
public final class LoopKeys {
  private LoopKeys() {}

  /**
   * One key.
   *
   * @param path with {@code []} for an item of a list
   * @param form what its value looks like
   * @param otherwise what holds where it is left out
   */
  public record Key(String path, String form, String otherwise, String meaning) {}

  /** All keys, in the order in which one would write them. */
  public static List<Key> all() {
    Limits d = Limits.DEFAULT;
    String timeout = Spans.shown(LoopFile.DEFAULT_TIMEOUT);
    return List.of(
        new Key("mode", "execute or explore", "execute", "whether a candidate may land"),
        new Key(
            "agent",
            "an agent, or a list",
            "needed",
            "the first works, the next are for a hand-off"),
        new Key("setup", "a command", "none", "run once in each new clone"),
        new Key("checks", "a list", "needed to execute", "what decides; a text alone is a run"),
        new Key(
            "checks[].run",
            "a command",
            "",
            "exit 0 means passed; a line runs under bash -euo pipefail"),
        new Key("checks[].metric", "a command", "", "its last line of output is a number"),
        new Key("checks[].human", "a question", "", "only a human can say; accept is the yes"),
        new Key(
            "checks[].judge",
            "a list of criteria",
            "",
            "a model says of each: met, not met, or cannot tell (then a human is asked)"),
        new Key(
            "checks[].agent",
            "an agent",
            "needed for a judge",
            "the model that judges, of the driver model"),
        new Key(
            "checks[].guard",
            "slop",
            "",
            "fails on added code that hides errors, tells the agent of the rest"),
        new Key("checks[].name", "a text", "the command", "what the check is called"),
        new Key(
            "checks[].report",
            "a path",
            "none",
            "JUnit XML (a file or a directory of them), TAP or go test -json"),
        new Key("checks[].timeout", "a time", timeout, "after it the check is broken, not failed"),
        new Key("checks[].red", "true or false", "false", "must be seen to fail on the base"),
        new Key(
            "checks[].hidden",
            "true or false",
            "false",
            "the agent is told no more than that it failed"),
        new Key(
            "checks[].goal", ">= N or <= N", "needed for a metric", "what the number must reach"),
        new Key("checks[].noise", "a number", "0", "less than that is no progress"),
        new Key(
            "protect",
            "a list of globs",
            "tests, build and CI files",
            "taken from the base for checks; touched, a human decides"),
        new Key(
            "moves",
            "a list",
            "continue 2, fresh 2, hand-off, ask",
            "what to try while checks fail, and how often without progress"),
        new Key("limits", "a map", "", "where it ends, whatever happens"),
        new Key(
            "limits.attempts",
            "a number",
            "" + d.attempts(),
            "attempts that the agent itself ended"),
        new Key("limits.money", "$N", d.money().toString(), "US dollars for the task"),
        new Key("limits.tokens", "a number", "4M", "tokens for the task, cache reads at a tenth"),
        new Key(
            "limits.time",
            "a time",
            Spans.shown(d.time()),
            "time in which agents and checks worked"),
        new Key(
            "limits.silence",
            "a time",
            Spans.shown(d.silence()),
            "an attempt without output, change or processor use"),
        new Key(
            "limits.output", "a size", (d.outputBytes() >> 20) + "MB", "what an attempt may print"),
        new Key(
            "limits.diff",
            "N lines",
            d.diffLines() + " lines",
            "lines added and removed against the base"),
        new Key("limits.day", "$N", "none", "US dollars for all tasks of this loop in a day"),
        new Key("review", "always or risk", "always", "when a human reads a candidate"),
        new Key(
            "landing",
            "squash, rebase or merge",
            "squash",
            "what the target's history shows: one commit, one for each step, the steps behind a"
                + " merge"),
        new Key(
            "readiness",
            "warn or gate",
            "warn",
            "whether a task whose text leaves questions open is let in"),
        new Key(
            "sandbox",
            "none, bubblewrap or bubblewrap-offline",
            "none",
            "how the agent is shut in"),
        new Key(
            "env",
            "a list of names",
            "none",
            "variables that agent, setup and checks get besides the basic ones"));
  }
}

package dev.longe.intake;

import dev.longe.core.Limits;
import dev.longe.core.Spans;
import java.util.List;

/** All keys of a loop file with their meanings, from which the reference is generated. */
public final class LoopKeys {
  private LoopKeys() {}

  /**
   * One key.
   *
   * @param path the path of the key, with {@code []} for an item of a list
   * @param form the form of its value
   * @param otherwise the default value
   */
  public record Key(String path, String form, String otherwise, String meaning) {}

  /** All keys, in the order in which a loop file usually has them. */
  public static List<Key> all() {
    Limits d = Limits.DEFAULT;
    String timeout = Spans.shown(LoopFile.DEFAULT_TIMEOUT);
    return List.of(
        new Key(
            "mode",
            "execute or explore",
            "execute",
            "execute: a candidate may land; explore: it never lands"),
        new Key(
            "agent",
            "an agent, or a list",
            "required",
            "the first one works; the others take over at a hand-off or when its quota is used up"),
        new Key(
            "setup",
            "a command, or a map",
            "none",
            "runs before the first attempt and the first check: once for each base commit where"
                + " overlays work, else once in each tree; a command alone means run"),
        new Key(
            "setup.run",
            "a command",
            "required",
            "the command; a command line runs under bash -euo pipefail"),
        new Key(
            "setup.key",
            "a list of globs",
            "by command",
            "all files of the repository that the setup depends on: while they are the same, it is"
                + " not run again for another base commit ([trees](../trees.md))"),
        new Key(
            "services",
            "a list",
            "none",
            "programs that checks need while they run, such as a database; each run of a check has"
                + " its own ([services](../services.md))"),
        new Key(
            "services[].run",
            "a command",
            "required",
            "the service itself; it must not end and not put itself into the background"),
        new Key("services[].name", "a text", "the command", "the name of the service in messages"),
        new Key(
            "services[].ready",
            "a command",
            "its ports take connections",
            "tried until it exits with 0; then the next service starts, at last the check"),
        new Key(
            "services[].timeout",
            "a time",
            Spans.shown(ServicesField.DEFAULT_TIMEOUT),
            "how long the service may take to become ready, in whole seconds"),
        new Key(
            "services[].ports",
            "a list of names",
            "none",
            "variables for services, ready commands and checks; each has the number of a free"
                + " port"),
        new Key(
            "services[].agent",
            "true or false",
            "false",
            "whether an agent has a service of this kind too, while its process runs"),
        new Key(
            "checks",
            "a list",
            "required for execute",
            "the checks that decide; a text alone means run"),
        new Key(
            "checks[].run",
            "a command",
            "",
            "passes if it exits with 0; a command line runs under bash -euo pipefail"),
        new Key("checks[].metric", "a command", "", "the last line of its output is a number"),
        new Key(
            "checks[].human",
            "a question",
            "",
            "only a human can answer it; accepting the candidate means yes"),
        new Key(
            "checks[].judge",
            "a list of criteria",
            "",
            "a model says for each criterion: met, not met, or cannot tell; then a human is asked"),
        new Key(
            "checks[].agent",
            "an agent",
            "required for judge",
            "the model that judges; its driver must be model"),
        new Key(
            "checks[].guard",
            "slop",
            "",
            "fails on added code that hides errors; tells the agent about other findings"),
        new Key("checks[].name", "a text", "the command", "the name of the check"),
        new Key(
            "checks[].report",
            "a path",
            "none",
            "the report that the check writes: JUnit XML (a file or a directory), TAP or go test"
                + " -json"),
        new Key(
            "checks[].timeout",
            "a time",
            timeout,
            "a check that runs longer is broken, not failed"),
        new Key(
            "checks[].red",
            "true or false",
            "false",
            "the check must fail on the base before an agent starts"),
        new Key(
            "checks[].hidden",
            "true or false",
            "false",
            "the agent is told only that the check failed, not why"),
        new Key(
            "checks[].cases",
            "a number",
            "1 for the output of a known test runner, else 0",
            "how many test cases must run; 0: only the exit status and a report decide"),
        new Key(
            "checks[].goal",
            ">= N or <= N",
            "required for metric",
            "the number that the check must reach"),
        new Key(
            "checks[].noise", "a number", "0", "a smaller improvement does not count as progress"),
        new Key(
            "protect",
            "a list of globs",
            "tests, build and CI files",
            "checks use the base's version of these paths; if a candidate changes one, a human"
                + " decides"),
        new Key(
            "moves",
            "a list",
            "continue 2, fresh 2, hand-off, ask",
            "what to try while checks fail, and how often each without progress"),
        new Key("limits", "a map", "", "where the task stops"),
        new Key(
            "limits.attempts",
            "a number",
            "" + d.attempts(),
            "attempts; those that end by a quota, an outage or an interruption do not count"),
        new Key("limits.money", "$N", d.money().toString(), "US dollars for the task"),
        new Key(
            "limits.tokens",
            "a number",
            "4M",
            "tokens for the task; a cache read counts as a tenth"),
        new Key(
            "limits.time",
            "a time",
            Spans.shown(d.time()),
            "working time of agents and checks; waiting does not count"),
        new Key(
            "limits.silence",
            "a time",
            Spans.shown(d.silence()),
            "an attempt may be this long without output, file change and processor use"),
        new Key(
            "limits.output",
            "a size",
            (d.outputBytes() >> 20) + "MB",
            "bytes that an attempt may print"),
        new Key(
            "limits.diff",
            "N lines",
            d.diffLines() + " lines",
            "lines added and removed, compared with the base"),
        new Key("limits.day", "$N", "none", "US dollars per day for all tasks of this loop"),
        new Key(
            "review",
            "always or risk",
            "always",
            "when a human must review a candidate; risk has the same effect as always for now"),
        new Key(
            "landing",
            "squash, rebase or merge",
            "squash",
            "how the change appears in the target's history: one commit, a commit for each"
                + " candidate, or these commits and a merge commit"),
        new Key(
            "readiness",
            "warn or gate",
            "warn",
            "what happens if the task's text leaves questions open: a warning, or it is refused"),
        new Key(
            "sandbox",
            "auto, required, none or container:IMAGE",
            "auto",
            "whether agent, setup, checks, judges and probes are confined by bubblewrap: where the"
                + " machine can do it, always (the task is refused elsewhere), or never; or that"
                + " they run in containers of an image"),
        new Key(
            "network",
            "agent, setup and checks, each true or false",
            "agent: true, setup: true, checks: false",
            "which confined processes reach the network; the loopback interface is always there"),
        new Key(
            "env",
            "a list of names",
            "none",
            "environment variables that agent, setup and checks get in addition to the basic"
                + " ones"),
        new Key(
            "carry",
            "a list of paths",
            "none",
            "files and directories of your work tree that git does not track: agent, setup, checks"
                + " and judges can read them; no candidate contains them"));
  }
}

package dev.longe.core;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a human should know about a check that may have failed because it has no network. */
public final class NetworkHint {
  /** As programs of the usual languages and tools print that a host can't be reached. */
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "could ?n[o']t resolve|failed to resolve|name or service not known|no such host"
              + "|temporary failure in name resolution|nodename nor servname|unknownhostexception"
              + "|getaddrinfo|network is unreachable|connection refused"
              + "|\\b(enotfound|eai_again|enetunreach|econnrefused)\\b",
          Pattern.CASE_INSENSITIVE);

  private NetworkHint() {}

  /** The sentence about a verdict; empty if its output does not look like a missing network. */
  public static Optional<String> of(Loop loop, Verdict verdict) {
    boolean without =
        loop.sandbox().level() != Sandboxing.Level.NONE && !loop.sandbox().network().checks();
    return without
            && verdict instanceof Verdict.Failed f
            && isCommand(loop, f.check())
            && loop.services().isEmpty() // a service that is not reached is no missing network
            && UNREACHABLE.matcher(f.feedback()).find()
        ? Optional.of(
            "«%s» may have failed because checks have no network in this loop where they are confined. If it needs the network, set «network: {checks: true}» in the loop and submit the task again."
                .formatted(Text.clip(f.check().text(), 100)))
        : Optional.empty();
  }

  private static boolean isCommand(Loop loop, CheckName check) {
    return loop.checks().stream()
        .filter(c -> c.name().equals(check))
        .anyMatch(c -> c instanceof CheckSpec.Run || c instanceof CheckSpec.Metric);
  }
}

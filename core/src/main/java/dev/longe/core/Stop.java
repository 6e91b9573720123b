package dev.longe.core;

import java.time.Instant;

/** How an attempt stopped. None of these says anything about the work. */
public sealed interface Stop {
  /** The process ended well, the agent's own terminal event came, and that event says so. */
  record Ended() implements Stop {}

  /** The agent left a question, structured. */
  record Asked(String question) implements Stop {
    public Asked {
      Require.text(question, "question");
    }
  }

  /** The agent says, structured, that the task can't be done as asked. */
  record Cannot(String why) implements Stop {
    public Cannot {
      Require.text(why, "why");
    }
  }

  /** The provider's quota is used up; {@code until} is the reset time. */
  record RateLimited(Instant until) implements Stop {}

  /** The provider turned the agent away: no or bad credentials, no permission. */
  record Refused(String detail) implements Stop {}

  /** The provider could not be reached or failed on its side; {@code at} is when. */
  record ProviderDown(String detail, Instant at) implements Stop {}

  /** The session holds no more. */
  record ContextFull() implements Stop {}

  /** The agent reached a limit of turns of its own. */
  record TurnLimit() implements Stop {}

  /** The agent program failed. */
  record Crashed(int exit, String detail) implements Stop {}

  /** No sign of life for the time that the loop allows. */
  record Silent() implements Stop {}

  /** The attempt reached a limit and was stopped. */
  record OverLimit(LimitName limit) implements Stop {}

  /** A human paused or stopped the task. */
  record Interrupted() implements Stop {}

  /** The harness itself died while the attempt ran. */
  record Lost() implements Stop {}

  /** A word for a screen, with its detail. */
  default String shown() {
    return switch (this) {
      case Ended _ -> "ended";
      case Asked a -> "asked: " + a.question();
      case Cannot c -> "says it cannot: " + c.why();
      case RateLimited r -> "rate limited until " + r.until();
      case Refused r -> "refused by the provider: " + r.detail();
      case ProviderDown p -> "provider down: " + p.detail();
      case ContextFull _ -> "context full";
      case TurnLimit _ -> "stopped at its own limit of turns";
      case Crashed c ->
          "crashed with exit " + c.exit() + (c.detail().isBlank() ? "" : ": " + c.detail());
      case Silent _ -> "silent";
      case OverLimit o -> "stopped at the limit of " + o.limit().key();
      case Interrupted _ -> "interrupted";
      case Lost _ -> "lost with the harness";
    };
  }
}

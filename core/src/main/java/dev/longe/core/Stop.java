package dev.longe.core;

import java.time.Instant;

/** How an attempt ended. It says nothing about the quality of the work. */
public sealed interface Stop {
  /** The process ended with success, and the agent's final event reported success. */
  record Ended() implements Stop {}

  /** The agent left a question in its structured answer. */
  record Asked(String question) implements Stop {
    public Asked {
      Require.text(question, "question");
    }
  }

  /** The agent reported in its structured answer that the task can't be done as asked. */
  record Cannot(String why) implements Stop {
    public Cannot {
      Require.text(why, "why");
    }
  }

  /** The provider's quota is used up; {@code until} is the reset time. */
  record RateLimited(Instant until) implements Stop {}

  /** The provider refused the agent: missing or invalid credentials, or no permission. */
  record Refused(String detail) implements Stop {}

  /** The provider could not be reached or had a failure of its own at time {@code at}. */
  record ProviderDown(String detail, Instant at) implements Stop {}

  /** The context of the session is full. */
  record ContextFull() implements Stop {}

  /** The agent reached its own limit of turns. */
  record TurnLimit() implements Stop {}

  /** The agent program failed. */
  record Crashed(int exit, String detail) implements Stop {}

  /** The agent showed no activity for the time that the loop allows. */
  record Silent() implements Stop {}

  /** The attempt reached a limit and was stopped. */
  record OverLimit(LimitName limit) implements Stop {}

  /** A human paused or stopped the task. */
  record Interrupted() implements Stop {}

  /** The harness ended while the attempt ran. */
  record Lost() implements Stop {}

  /** The stop as a short text for a screen, with its detail. */
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

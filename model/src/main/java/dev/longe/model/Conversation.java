package dev.longe.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A conversation with a model. It is append-only, so that a provider's prompt cache holds all but
 * the newest part.
 */
interface Conversation {
  /** A tool call of the model. */
  record Call(String id, String tool, JsonNode input) {}

  /** The result of a tool call. */
  record Result(String id, String text, boolean failed) {}

  /** How an answer ended. */
  enum End {
    COMPLETE,
    /** The context is full. */
    FULL,
    /** Cut off at the length limit of one answer. */
    CUT,
    REFUSED
  }

  /** Tokens of one answer. */
  record Used(long input, long output, long cacheRead, long cacheWrite) {
    long context() {
      return input + output + cacheRead + cacheWrite;
    }
  }

  /** One answer of the model. */
  record Answer(String text, List<Call> calls, Used used, End end) {}

  /** The provider refused or could not be reached. */
  final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int ERRORS = 400;
    private final int status;
    private final transient Optional<Long> resetEpochSecond;

    Failure(int status, String message, Optional<Long> resetEpochSecond, Throwable cause) {
      super(message, cause);
      this.status = status;
      this.resetEpochSecond = resetEpochSecond;
    }

    /**
     * A failure from a provider's error. An error within a stream has the status of the stream's
     * successful start, which says nothing about the error.
     */
    static Failure told(int status, Optional<Long> resetEpochSecond, Throwable error) {
      boolean refused = status >= ERRORS;
      return new Failure(refused ? status : 0, Main.oneLine(error), resetEpochSecond, error);
    }

    /** The HTTP status; 0 if there was no answer or no complete one. */
    int status() {
      return status;
    }

    Optional<Long> resetEpochSecond() {
      return resetEpochSecond;
    }
  }

  void user(String text);

  void results(List<Result> results);

  /** Calls that the last answer made and that have no results yet. */
  List<String> open();

  Answer answer() throws Failure;

  /** The whole conversation as JSON. */
  String save() throws java.io.IOException;

  void load(String json) throws java.io.IOException;
}

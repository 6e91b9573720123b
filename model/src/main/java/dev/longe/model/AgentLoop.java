package dev.longe.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the model and its tools until the model says that it is done, or until a limit or an error
 * ends the session.
 */
final class AgentLoop {
  /** The share of the context at which the model is told to finish. */
  private static final double NEAR = 0.8;

  /** The share of the context at which the session ends; the rest is enough for one more answer. */
  private static final double FULL = 0.92;

  private static final int RETRIES = 2;
  private static final int SERVER_ERRORS = 500;

  private static final String WRAP_UP =
      "Your context is nearly full. Leave the files in their best working state and call finish;"
          + " another session goes on from there.";

  private final Request request;
  private final Conversation conversation;
  private final ToolExecution work;
  private final Queue<String> steers;
  private final JsonLines out;
  private final Duration backoff;
  private boolean named;
  private boolean told;
  private long input;
  private long output;
  private long cacheRead;
  private long cacheWrite;

  /**
   * @param steers messages of a human while the model works
   * @param backoff how long to wait before the first retry
   */
  AgentLoop(
      Request request,
      Conversation conversation,
      Queue<String> steers,
      JsonLines out,
      Duration backoff) {
    this.request = request;
    this.conversation = conversation;
    this.work = new ToolExecution(request.directory());
    this.steers = steers;
    this.out = out;
    this.backoff = backoff;
  }

  /** Works until the end, and prints it. */
  void run() throws Conversation.Failure, IOException {
    if (request.resume()) {
      conversation.load(Files.readString(request.session()));
      List<Conversation.Result> lost =
          conversation.open().stream()
              .map(id -> new Conversation.Result(id, "interrupted from outside", true))
              .toList();
      if (!lost.isEmpty()) {
        conversation.results(lost);
      }
    }
    conversation.user(request.prompt());
    for (int turn = 0; turn < request.turns(); turn++) {
      if (over(answer())) {
        return;
      }
    }
    end("turn-limit", "");
  }

  /**
   * Gets an answer; retries if that may help soon. The harness waits for the end of longer outages.
   */
  private Conversation.Answer answer() throws Conversation.Failure {
    for (int tries = 1; ; tries++) {
      try {
        return conversation.answer();
      } catch (Conversation.Failure e) {
        boolean passing = e.status() == 0 || e.status() >= SERVER_ERRORS;
        if (!passing || tries > RETRIES) {
          throw e;
        }
        LockSupport.parkNanos(backoff.multipliedBy(tries).toNanos());
      }
    }
  }

  private void end(String reason, String detail) {
    out.tell("ended", "reason", reason, "detail", detail);
  }

  private boolean over(Conversation.Answer answer) throws IOException {
    save();
    if (!named) { // only now there is a session to resume
      named = true;
      out.tell("started", "session", request.sessionName(), "model", request.model());
    }
    count(answer.used());
    if (!answer.text().isBlank()) {
      out.tell("said", "text", answer.text());
    }
    switch (answer.end()) {
      case FULL -> {
        end("context-full", "");
        return true;
      }
      case REFUSED -> {
        end("declined", answer.text());
        return true;
      }
      case CUT, COMPLETE -> {}
    }
    List<Conversation.Result> results = new ArrayList<>();
    for (Conversation.Call call : answer.calls()) {
      if (said(call)) {
        return true;
      }
      results.add(perform(call));
    }
    return goesOn(answer, results);
  }

  /** Handles a call that reports the end instead of a tool call. */
  private boolean said(Conversation.Call call) {
    switch (call.tool()) {
      case Toolbox.FINISH -> end("done", call.input().path("summary").asText(""));
      case Toolbox.CANNOT ->
          end("cannot", call.input().path("why").asText("the agent gives no reason"));
      case Toolbox.ASK ->
          end("ask", call.input().path("question").asText("the agent gives no question"));
      case Toolbox.OPINIONS -> out.tell("opinions", "opinions", call.input().path("opinions"));
      default -> {
        return false;
      }
    }
    return true;
  }

  private Conversation.Result perform(Conversation.Call call) {
    out.tell("tool", "tool", call.tool(), "detail", call.input().toString());
    Conversation.Result result = work.perform(call);
    out.tell("returned", "tool", call.tool(), "failed", result.failed());
    return result;
  }

  private boolean goesOn(Conversation.Answer answer, List<Conversation.Result> results)
      throws IOException {
    if (!results.isEmpty()) {
      conversation.results(results);
    }
    List<String> words = new ArrayList<>();
    for (String steer = steers.poll(); steer != null; steer = steers.poll()) {
      words.add(steer);
    }
    double fill = (double) answer.used().context() / request.context();
    if (fill >= FULL) {
      save();
      end("context-full", "");
      return true;
    }
    if (fill >= NEAR && !told) {
      told = true;
      words.add(WRAP_UP);
    }
    if (results.isEmpty() && words.isEmpty()) {
      if (answer.end() == Conversation.End.CUT) {
        words.add("Your answer was cut off at its length limit. Go on, in smaller steps.");
      } else {
        end("done", "");
        return true;
      }
    }
    if (!words.isEmpty()) {
      conversation.user(String.join("\n\n", words));
    }
    save();
    return false;
  }

  private void count(Conversation.Used used) {
    input += used.input();
    output += used.output();
    cacheRead += used.cacheRead();
    cacheWrite += used.cacheWrite();
    out.tell(
        "usage",
        "input",
        input,
        "output",
        output,
        "cacheRead",
        cacheRead,
        "cacheWrite",
        cacheWrite,
        "context",
        used.context());
  }

  /** Saves the conversation atomically. */
  private void save() throws IOException {
    if (request.judges()) {
      return;
    }
    Path part = request.session().resolveSibling(request.session().getFileName() + ".part");
    Files.writeString(part, conversation.save());
    Files.move(part, request.session(), StandardCopyOption.ATOMIC_MOVE);
  }
}

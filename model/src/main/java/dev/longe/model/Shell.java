package dev.longe.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a line with bash; its processes end with this program. */
record Shell(Path directory) {
  /**
   * How many seconds a line may run if the model gives no limit: the same as other agents allow.
   */
  static final int SECONDS = 600;

  private static final int SECONDS_MAX = 3_600;
  private static final int PIPES_SECONDS = 2;

  /** How many characters of a long output the model sees: its beginning and its end. */
  private static final int CHARS_MAX = 30_000;

  String run(String line, int seconds) throws ToolExecution.Refusal, IOException {
    Process process =
        new ProcessBuilder("bash", "-c", line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(
            () -> drain(process.getInputStream()),
            r -> Thread.ofPlatform().name("shell-output").daemon().start(r));
    int allowed = Math.clamp(seconds, 1, SECONDS_MAX);
    try {
      if (!process.waitFor(allowed, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new ToolExecution.Refusal("it ran longer than " + allowed + " seconds and was ended");
      }
      // A process in the background may hold the pipe open.
      String told =
          output
              .completeOnTimeout(
                  "[still running in the background]", PIPES_SECONDS, TimeUnit.SECONDS)
              .join();
      return told + "\n[exit " + process.exitValue() + "]";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ToolExecution.Refusal("interrupted");
    }
  }

  private static String drain(InputStream in) {
    StringBuilder text = new StringBuilder();
    boolean cut = false;
    char[] buffer = new char[8192];
    try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        text.append(buffer, 0, n);
        if (text.length() > 2 * CHARS_MAX) {
          text.delete(CHARS_MAX / 2, text.length() - CHARS_MAX / 2);
          cut = true;
        }
      }
    } catch (IOException e) {
      text.append("[its output broke off: ").append(e.getMessage()).append(']');
    }
    if (!cut && text.length() <= CHARS_MAX) {
      return text.toString();
    }
    return text.substring(0, CHARS_MAX / 2)
        + "\n[…]\n"
        + text.substring(text.length() - CHARS_MAX / 2);
  }
}

package dev.longe.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A started process and its tree. Safe for use by many threads. */
public final class RunningProcess {
  /** Maximum number of messages that wait for a process to read them. */
  private static final int MESSAGES_MAX = 1_000;

  private static final Duration KILL_AGAIN = Duration.ofMillis(5);

  /** How long pipes may stay open after the last process has ended. */
  private static final Duration PIPES_CLOSE = Duration.ofSeconds(5);

  private final Process process;
  private final ProcessSpec spec;
  private final ProcessTree tree;
  private final long startedNanos;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicReference<Exit.Ending> ending = new AtomicReference<>(Exit.Ending.EXITED);
  private final BlockingQueue<Optional<String>> messages = new LinkedBlockingQueue<>(MESSAGES_MAX);
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private volatile long lastOutputNanos;

  RunningProcess(Process process, ProcessSpec spec, ProcessTree tree) {
    this.process = process;
    this.spec = spec;
    this.tree = tree;
    this.startedNanos = System.nanoTime();
    this.lastOutputNanos = startedNanos;
  }

  /**
   * Reads the output of the process until it ends.
   *
   * @param gone called when the process has ended
   */
  void attend(Output output, Runnable gone) {
    CompletableFuture<Void> _ = exit.thenRun(gone);
    Redactor redactor = new Redactor(spec.environment());
    Thread out =
        read(process.getInputStream(), new LineReader(l -> output.line(redactor.clean(l))));
    Thread err =
        read(process.getErrorStream(), new LineReader(l -> output.errorLine(redactor.clean(l))));
    thread("input", this::write);
    thread("exit", () -> finish(out, err));
    if (!spec.input().isEmpty()) {
      messages.add(Optional.of(spec.input()));
    }
    if (!spec.keepInputOpen()) {
      messages.add(Optional.empty());
    }
  }

  private Thread read(InputStream in, LineReader reader) {
    return thread(
        "output",
        () -> {
          boolean taken = false;
          try (in) {
            reader.drain(in, this::count);
            taken = true;
          } catch (IOException e) {
            taken = true; // the pipe broke because the process ended; see its exit status
          } finally {
            if (!taken) { // the output's receiver failed: no thread reads the pipe any more
              kill(Exit.Ending.KILLED);
            }
          }
        });
  }

  private static Thread thread(String what, Runnable work) {
    return Thread.ofPlatform().name("longe-" + what).daemon().start(work);
  }

  private void count(int n) {
    lastOutputNanos = System.nanoTime();
    if (bytes.addAndGet(n) > spec.outputBytesMax()) {
      kill(Exit.Ending.TOO_MUCH_OUTPUT);
    }
  }

  private void write() {
    try (OutputStream in = process.getOutputStream()) {
      for (Optional<String> m = messages.take(); m.isPresent(); m = messages.take()) {
        in.write(m.get().getBytes(StandardCharsets.UTF_8));
        in.flush();
      }
    } catch (IOException e) {
      // The process reads no more input. This is no error; its exit status shows how it ends.
      messages.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish(Thread out, Thread err) {
    try {
      boolean inTime = process.waitFor(spec.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        killAll(Exit.Ending.TIMED_OUT);
      }
      tree.finish(process, ending.get() != Exit.Ending.EXITED);
      out.join(PIPES_CLOSE);
      err.join(PIPES_CLOSE);
      messages.offer(Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exit.complete(
        new Exit(
            process.exitValue(), ending.get(), Duration.ofNanos(System.nanoTime() - startedNanos)));
  }

  /** Waits until the process and everything that it started have ended and all output is read. */
  public Exit await() {
    return exit.join();
  }

  public boolean ended() {
    return exit.isDone();
  }

  /** Queues text for the standard input of a process that was started with its input kept open. */
  public boolean send(String text) {
    return messages.offer(Optional.of(text));
  }

  public void closeInput() {
    boolean _ = messages.offer(Optional.empty());
  }

  /** Asks the program to end (SIGTERM). The program may ignore it. */
  public void terminate() {
    tree.terminate(process);
  }

  /** Kills the whole tree and returns when all its processes have ended. */
  public Exit kill() {
    killAll(Exit.Ending.KILLED);
    return await();
  }

  /**
   * Kills until nothing is left. One time is not enough: a shell that makes mounts may start its
   * next program between the look at its children and the kill.
   */
  private void killAll(Exit.Ending why) {
    kill(why);
    while (process.isAlive()) {
      LockSupport.parkNanos(KILL_AGAIN.toNanos());
      kill(why);
    }
  }

  private void kill(Exit.Ending why) {
    if (process.isAlive()) {
      ending.compareAndSet(Exit.Ending.EXITED, why);
    }
    tree.kill(process);
  }

  /** The time since the process last printed something. */
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastOutputNanos);
  }

  /** Processor time used by the running processes of its tree. */
  public Duration processorTime() {
    return tree.members(process)
        .flatMap(h -> h.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }
}

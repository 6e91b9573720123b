package dev.longe.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A platform thread with a connection of its own. A platform thread, because SQLite's busy handler
 * would hold a virtual thread's carrier. A writing lane commits the work that has gathered in one
 * transaction, so that many callers share one sync.
 */
final class DatabaseThread implements AutoCloseable {
  /** SqlWork that may wait before callers are held up themselves. */
  private static final int QUEUE_MAX = 4_096;

  /** Most work that one transaction takes. */
  private static final int GROUP_MAX = 512;

  private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final boolean writes;
  private final Connect connect;
  private final Thread thread;
  private boolean started;
  private boolean ended;

  /** Opens the lane's connection. */
  @FunctionalInterface
  interface Connect {
    SqlConnection open() throws SQLException;
  }

  DatabaseThread(String name, boolean writes, Connect connect) {
    this.writes = writes;
    this.connect = connect;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
  }

  /** One caller's work; completed only after the transaction that it shares is durable. */
  private static final class Job<T> {
    private final SqlWork<T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private Optional<Throwable> failure = Optional.empty();
    private Runnable success = () -> {};

    Job(SqlWork<T> work) {
      this.work = work;
    }

    void run(SqlConnection connection) {
      try {
        T result = work.on(connection);
        success = () -> done.complete(result);
      } catch (SQLException | RuntimeException | Error e) {
        // An error ends the caller's work, not this thread: every other caller waits for it.
        failure = Optional.of(e);
      }
    }

    void settle() {
      failure.ifPresentOrElse(done::completeExceptionally, success);
    }
  }

  <T> T run(SqlWork<T> work) throws SQLException {
    Job<T> job = new Job<>(work);
    try {
      start();
      queue.put(job);
      return job.done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the journal", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException r -> throw r;
        case Error error -> throw error;
        case SQLException s -> throw s;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private synchronized void start() {
    if (!started) {
      started = true;
      thread.start();
    }
  }

  private void work() {
    try (SqlConnection connection = connect.open()) {
      while (!ended) {
        serve(connection);
      }
    } catch (SQLException e) {
      refuse(e);
    } catch (InterruptedException e) {
      refuse(new SQLException("the journal's thread was interrupted", e));
    }
  }

  private void serve(SqlConnection connection) throws InterruptedException {
    List<Job<?>> group = new ArrayList<>(List.of(queue.take()));
    if (writes) {
      queue.drainTo(group, GROUP_MAX - 1);
      transact(connection, group);
    } else {
      group.getFirst().run(connection);
    }
    group.forEach(Job::settle);
  }

  private static void transact(SqlConnection connection, List<Job<?>> group) {
    try {
      connection.execute("BEGIN IMMEDIATE");
      try {
        for (Job<?> job : group) {
          connection.execute("SAVEPOINT job");
          job.run(connection);
          if (job.failure.isPresent()) {
            connection.execute("ROLLBACK TO job");
          }
          connection.execute("RELEASE job");
        }
        connection.execute("COMMIT");
      } catch (SQLException e) {
        rollback(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      group.forEach(j -> j.failure = Optional.of(e));
    }
  }

  /**
   * SQLite has rolled back by itself after a full disk; then this one fails too and adds nothing.
   */
  private static void rollback(SqlConnection connection, SQLException cause) {
    try {
      connection.execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** The connection can't be opened: every caller, now and later, is told why. */
  private void refuse(SQLException why) {
    while (!ended) {
      try {
        Job<?> job = queue.take();
        if (job.work instanceof End) {
          ended = true;
        }
        job.failure = Optional.of(why);
        job.settle();
      } catch (InterruptedException e) {
        why.addSuppressed(e);
      }
    }
  }

  /** Ends the thread after the work that waits. */
  private final class End implements SqlWork<Boolean> {
    @Override
    public Boolean on(SqlConnection connection) {
      ended = true;
      return true;
    }
  }

  @Override
  public synchronized void close() {
    if (started) {
      queue.add(new Job<>(new End()));
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

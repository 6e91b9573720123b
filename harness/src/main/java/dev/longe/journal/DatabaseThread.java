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
 * A platform thread with its own connection. It is not a virtual thread because SQLite's busy
 * handler would block the carrier thread. A writing thread commits all waiting work in one
 * transaction, so that many callers share one sync.
 */
final class DatabaseThread implements AutoCloseable {
  /** Capacity of the queue; callers block while it is full. */
  private static final int QUEUE_MAX = 4_096;

  /** The maximum number of jobs in one transaction. */
  private static final int GROUP_MAX = 512;

  private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final boolean writes;
  private final Connect connect;
  private final Thread thread;
  private boolean started;
  private boolean ended;

  /** Opens the connection of the thread. */
  @FunctionalInterface
  interface Connect {
    SqlConnection open() throws SQLException;
  }

  DatabaseThread(String name, boolean writes, Connect connect) {
    this.writes = writes;
    this.connect = connect;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
  }

  /** The work of one caller. It completes after its transaction is durable. */
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
        // An error ends the work of this caller only. The thread continues, as other callers wait
        // for it.
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
   * Rolls back. After a full disk SQLite has already rolled back; the rollback then fails without
   * consequences.
   */
  private static void rollback(SqlConnection connection, SQLException cause) {
    try {
      connection.execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Fails the work of every caller, now and later, because the connection can't be opened. */
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

  /** Ends the thread after the waiting work is done. */
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

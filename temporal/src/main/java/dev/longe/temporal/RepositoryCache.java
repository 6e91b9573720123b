package dev.longe.temporal;

import dev.longe.home.Home;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.Remote;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** This machine's copies of shared repositories. */
final class RepositoryCache {
  /** Locks by copy; two fetches into one copy would conflict at its refs. */
  private static final Map<Path, Lock> LOCKS = new ConcurrentHashMap<>();

  private RepositoryCache() {}

  static Remote remote(Home home, Environment environment, Sandbox sandbox, String url) {
    Path copy = home.repository(url);
    Lock lock = lock(copy);
    lock.lock();
    try {
      return Remote.at(sandbox, url, copy, environment);
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code work} while no other thread of this process changes the copy's shared refs. */
  static void alone(Remote remote, Runnable work) {
    Lock lock = lock(remote.copy());
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  private static Lock lock(Path copy) {
    return LOCKS.computeIfAbsent(copy, _ -> new ReentrantLock());
  }
}

package dev.longe.temporal;

import dev.longe.journal.Home;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import dev.longe.workspace.Remote;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** This machine's copies of shared repositories. */
final class Depot {
  /** What the way to a repository may need besides the basic variables. */
  private static final List<String> WAY =
      List.of(
          "SSH_AUTH_SOCK",
          "GIT_SSH",
          "GIT_SSH_COMMAND",
          "GIT_ASKPASS",
          "SSH_ASKPASS",
          "GIT_SSL_CAINFO",
          "GIT_CONFIG_GLOBAL",
          "HTTPS_PROXY",
          "https_proxy",
          "NO_PROXY",
          "no_proxy");

  /** Two fetches into one copy would meet at its refs. */
  private static final Map<Path, Lock> LOCKS = new ConcurrentHashMap<>();

  private Depot() {}

  static Remote remote(Home home, Environment environment, Sandbox sandbox, String url) {
    Path copy = home.repository(url);
    Lock lock = lock(copy);
    lock.lock();
    try {
      return Remote.at(sandbox, url, copy, environment.pick(WAY));
    } finally {
      lock.unlock();
    }
  }

  /** Does something while nobody else in this process changes the copy's shared refs. */
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

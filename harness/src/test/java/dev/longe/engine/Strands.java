package dev.longe.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Runs many task loops of several simulated processes, one at a time and in an order that the seed
 * gives: a loop runs until it comes to a boundary, then another one may go on. A process dies at a
 * boundary, with all of its loops.
 */
final class Strands {
  /** The process died. An error, so that nothing in a loop can catch it. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final int CRASH_IN = 150;

  /** At a place where half of an effect is done. */
  private static final int CRASH_MIDWAY_IN = 5;

  private static final int YIELD_IN = 3;

  private final Random random;
  private final Semaphore main = new Semaphore(0);
  private final List<Strand> open = new ArrayList<>();
  private Optional<Strand> current = Optional.empty();
  private int names;

  /** Whether processes die by themselves. */
  boolean deadly = true;

  Strands(Random random) {
    this.random = random;
  }

  /** One process of the harness. */
  static final class HarnessProcess {
    private final String name;
    private boolean alive = true;

    private HarnessProcess(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    boolean alive() {
      return alive;
    }

    void kill() {
      alive = false;
    }
  }

  /** One loop of a process. */
  static final class Strand {
    private final HarnessProcess process;
    private final Semaphore go = new Semaphore(0);
    private Optional<Throwable> failure = Optional.empty();
    private boolean over;

    private Strand(HarnessProcess process) {
      this.process = process;
    }

    HarnessProcess process() {
      return process;
    }
  }

  HarnessProcess launch() {
    names++;
    return new HarnessProcess("owner-" + names);
  }

  /** Begins a loop; it does nothing before it is resumed. */
  void begin(HarnessProcess process, Runnable work) {
    Strand strand = new Strand(process);
    open.add(strand);
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              strand.go.acquireUninterruptibly();
              try {
                if (process.alive) {
                  work.run();
                }
              } catch (Death | RuntimeException | AssertionError e) {
                strand.failure = Optional.of(e);
              } finally {
                strand.over = true;
                main.release();
              }
            });
  }

  /** How many loops are under way. */
  int busy() {
    return open.size();
  }

  /** Lets one loop go on to its next boundary; answers with what it failed with, if it did. */
  Optional<Throwable> step() {
    Strand strand =
        open.stream()
            .filter(s -> !s.process.alive)
            .findFirst()
            .orElseGet(() -> open.get(random.nextInt(open.size())));
    current = Optional.of(strand);
    strand.go.release();
    main.acquireUninterruptibly();
    current = Optional.empty();
    if (!strand.over) {
      return Optional.empty();
    }
    open.remove(strand);
    return strand.failure.filter(f -> !(f instanceof Death));
  }

  /** The loop that runs now. */
  Strand current() {
    return current.orElseThrow();
  }

  /** A place at which the process may die, and at which another loop may go on. */
  void boundary() {
    boundary(CRASH_IN);
  }

  /** A boundary within an effect, at which it is worth more to die. */
  void midway() {
    boundary(CRASH_MIDWAY_IN);
  }

  private void boundary(int crashIn) {
    Strand me = current();
    if (deadly && me.process.alive && random.nextInt(crashIn) == 0) {
      me.process.alive = false;
    } else if (random.nextInt(YIELD_IN) == 0) {
      main.release();
      me.go.acquireUninterruptibly();
    }
    if (!me.process.alive) {
      throw new Death();
    }
  }
}

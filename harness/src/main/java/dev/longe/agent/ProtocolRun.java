package dev.longe.agent;

import dev.longe.core.Stop;
import dev.longe.sandbox.Exit;
import dev.longe.sandbox.RunningProcess;
import java.time.Duration;

/** An attempt of an agent that speaks a protocol over its standard streams. */
final class ProtocolRun extends ProcessRun {
  /**
   * How long a process may live after its terminal event. The slowest agent that exits by itself
   * takes seven seconds; others never exit.
   */
  private static final Duration LINGER = Duration.ofSeconds(10);

  private final Protocol protocol;
  private final Assignment assignment;
  private final Program program;
  private final Login login;
  private volatile boolean lingered;

  ProtocolRun(
      RunningProcess process,
      Protocol protocol,
      Assignment assignment,
      Program program,
      Login login) {
    super(process);
    this.protocol = protocol;
    this.assignment = assignment;
    this.program = program;
    this.login = login;
    protocol.onFinish(() -> Thread.ofVirtual().name("longe-linger").start(this::endLingering));
  }

  private void endLingering() {
    long until = System.nanoTime() + LINGER.toNanos();
    waitUntil(() -> System.nanoTime() > until);
    if (!process().ended()) {
      lingered = true;
      process().kill();
    }
  }

  @Override
  protected Ending ending(Exit exit) {
    protocol.release();
    AnswerFile answer = AnswerFile.read(assignment.answerFile());
    if (!answer.problem().isEmpty()) {
      protocol.emit(new AgentEvent.Said("[longe] " + answer.problem()));
    }
    Stop stop = protocol.stop(exit, lingered, program, login);
    return new Ending(
        stop instanceof Stop.Ended ? answer.stop().orElse(stop) : stop, protocol.usage());
  }

  @Override
  public boolean steer(String message) {
    synchronized (protocol) {
      return !protocol.finished() && protocol.steer(message);
    }
  }

  @Override
  protected void release() {
    protocol.release();
  }

  @Override
  protected void askToEnd() {
    protocol.interrupt();
  }
}

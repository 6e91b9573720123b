package dev.longe.agent;

import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the process of an attempt whose agent speaks a protocol. */
public final class Launch {
  private Launch() {}

  /**
   * Starts the process.
   *
   * @param variables environment variables in addition to those of the assignment
   * @param input the first text on standard input
   * @param keepOpen whether standard input stays open for later messages
   */
  public static AgentRun of(
      DriverContext host,
      Assignment a,
      Program program,
      Login login,
      List<String> argv,
      Map<String, String> variables,
      String input,
      boolean keepOpen,
      Protocol protocol) {
    AnswerFile.clear(a.answerFile());
    Map<String, String> all = new HashMap<>(a.environment());
    all.putAll(variables);
    RunningProcess process =
        host.sandbox()
            .start(
                new ProcessSpec(
                    a.argv(argv),
                    a.directory(),
                    all,
                    true,
                    a.confinement(),
                    a.timeout(),
                    a.outputBytesMax(),
                    input,
                    keepOpen),
                protocol);
    protocol.wire().attach(process);
    return new ProtocolRun(process, protocol, a, program, login);
  }
}

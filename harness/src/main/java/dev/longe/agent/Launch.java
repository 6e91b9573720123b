package dev.longe.agent;

import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the process of an attempt that speaks a protocol. */
public final class Launch {
  private Launch() {}

  /**
   * @param variables set besides those of the assignment
   * @param input read first
   * @param keepOpen whether more is sent later
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
                    argv,
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

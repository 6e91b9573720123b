package dev.longe.temporal;

import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Output;
import dev.longe.sandbox.ProcessSpec;
import dev.longe.sandbox.RunningProcess;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hosts of a team's own: network namespaces, each with a line to the one in which the server and
 * the shared repository are. Nothing of it is reachable from outside.
 */
final class Net implements AutoCloseable {
  /** Where the server and the shared repository are, from everywhere. */
  static final String HUB = "10.77.0.1";

  private final String prefix;
  private final int hosts;

  /**
   * @param hosts besides the hub; they count from 1, and the hub is 0
   */
  Net(String prefix, int hosts) {
    this.prefix = prefix;
    this.hosts = hosts;
    ip("netns", "add", name(0));
    in(0, "ip", "link", "set", "lo", "up");
    in(0, "ip", "addr", "add", HUB + "/32", "dev", "lo");
    for (int i = 1; i <= hosts; i++) {
      ip("netns", "add", name(i));
      in(i, "ip", "link", "set", "lo", "up");
      in(
          0, "ip", "link", "add", "to" + i, "type", "veth", "peer", "name", "line", "netns",
          name(i));
      in(0, "ip", "addr", "add", "10.77." + i + ".1/30", "dev", "to" + i);
      in(0, "ip", "link", "set", "to" + i, "up");
      in(i, "ip", "addr", "add", "10.77." + i + ".2/30", "dev", "line");
      mend(i);
    }
  }

  private String name(int host) {
    return prefix + host;
  }

  private static void ip(String... arguments) {
    List<String> argv = new ArrayList<>(List.of("ip"));
    argv.addAll(List.of(arguments));
    run(argv);
  }

  private void in(int host, String... command) {
    List<String> argv = new ArrayList<>(List.of("ip", "netns", "exec", name(host)));
    argv.addAll(List.of(command));
    run(argv);
  }

  private static void run(List<String> argv) {
    var outcome =
        World.SANDBOX.run(World.SANDBOX.plain(argv, Path.of("/"), Duration.ofSeconds(20)));
    if (!outcome.exit().ok()) {
      throw new AssertionError(argv + ": " + outcome.error());
    }
  }

  /** From now on nothing reaches the host, nor comes from it. */
  void cut(int host) {
    in(host, "ip", "link", "set", "line", "down");
  }

  void mend(int host) {
    in(host, "ip", "link", "set", "line", "up");
    in(host, "ip", "route", "replace", "default", "via", "10.77." + host + ".1");
  }

  /** Starts a program on a host. */
  RunningProcess start(int host, Path directory, Map<String, String> variables, List<String> argv) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name(host)));
    all.addAll(argv);
    Map<String, String> environment = new HashMap<>(World.ENVIRONMENT.basic());
    environment.putAll(variables);
    return World.SANDBOX.start(
        new ProcessSpec(
            all,
            directory,
            environment,
            false,
            new Confinement.Open(),
            Duration.ofMinutes(20),
            1 << 26,
            "",
            false),
        new Output() {
          @Override
          public void line(String line) {
            System.out.println(name(host) + ": " + line);
          }

          @Override
          public void errorLine(String line) {
            System.out.println(name(host) + ": " + line);
          }
        });
  }

  @Override
  public void close() {
    for (int i = 0; i <= hosts; i++) {
      ip("netns", "del", name(i));
    }
  }
}

package dev.longe.e2e;

import dev.longe.cli.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that accepts the task that each line names, and prints in a line what came of it. */
public final class LandingRacer {
  private LandingRacer() {}

  /** The home and the user's repository are the arguments. */
  public static void main(String[] arguments) throws IOException {
    Terminal terminal = new Terminal(Path.of(arguments[0]), Path.of(arguments[1]));
    Terminal.Said listed = terminal.longe("ls");
    System.out.println("said " + (listed.exit() == 0 ? "ready" : listed.err()));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String task = lines.readLine(); task != null; task = lines.readLine()) {
      Terminal.Said said = terminal.longe("accept", task);
      System.out.println("said " + said.exit() + " " + said.err().strip().replace('\n', ' '));
    }
  }
}

package dev.longe.e2e;

import dev.longe.cli.Terminal;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A user with a clone of a shared repository, who names an engine elsewhere, or none. */
public final class TeamUser {
  private final Path temp;
  private final Terminal elsewhere;
  private final Terminal here;
  private final Path clone;

  /**
   * @param temp an empty directory for all of it
   * @param engine the address of the engine elsewhere
   */
  public TeamUser(Path temp, String engine) {
    this.temp = temp;
    this.clone = temp.resolve("clone");
    this.elsewhere = new Terminal(temp.resolve("home"), clone, Map.of("LONGE_ENGINE", engine));
    this.here = new Terminal(temp.resolve("home"), clone);
    if (!engine.isEmpty()) {
      Path shared = temp.resolve("shared.git");
      World.make(shared);
      World.git(shared, "init", "-q", "--bare", "-b", "main");
      Path _ = World.repository(clone, "answer.txt", "0\n", "check.sh", "grep -qx 42 answer.txt\n");
      World.git(clone, "remote", "add", "origin", shared.toString());
      World.git(clone, "push", "-q", "-u", "origin", "main");
    }
  }

  /** What a command said. */
  public String said(String... arguments) {
    Terminal.Said said = elsewhere.longe(arguments);
    return said.out() + said.err();
  }

  /** What a command said on this machine alone; {@code submit SCRIPT} submits. */
  public String alone(String... arguments) {
    Terminal.Said said =
        here.longe(arguments[0].equals("submit") ? submission(arguments[1]) : arguments);
    return (said.out() + (arguments[0].equals("submit") ? "" : said.err())).strip();
  }

  /** A script that does it right. */
  public String right() {
    return "attempts: [[{write: {path: answer.txt, text: \"42\\n\"}}]]\n";
  }

  /** The new task's id. */
  public String submit(String script, String... more) {
    Terminal.Said said = elsewhere.longe(submission(script, more));
    if (said.exit() != 0) {
      throw new AssertionError(said.err());
    }
    return said.out().strip();
  }

  /** As {@link #submit}, for an agent by its name. */
  public String submitAs(String agent) {
    Terminal.Said said =
        elsewhere.longe(
            "submit", "Make answer.txt say 42", "--agent", agent, "--check", "bash check.sh");
    if (said.exit() != 0) {
      throw new AssertionError(said.err());
    }
    return said.out().strip();
  }

  /** As {@link #submit}, for workers to be fetched from another place. */
  public String submitTo(String url, String script) {
    String shared = World.git(clone, "remote", "get-url", "origin");
    String task = submit(script);
    World.shell(temp, "mv " + shared + " " + url);
    return task;
  }

  private String[] submission(String script, String... more) {
    World.write(temp.resolve("agent.yaml"), script);
    List<String> all =
        new ArrayList<>(
            List.of(
                "submit",
                "Make answer.txt say 42",
                "--agent",
                "script:" + temp.resolve("agent.yaml"),
                "--check",
                "bash check.sh"));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }
}

package dev.longe.workspace;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.TaskId;
import dev.longe.home.Home;
import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A snapshot in a process that may not read every file, also where the tests run as root. */
final class OrdinaryUser {
  private static final TaskId TASK = new TaskId("fghjk");

  private OrdinaryUser() {}

  /**
   * Makes a workspace, lets the agent work in it, makes a snapshot, and removes the workspace.
   *
   * @param agent a command line that runs in the agent's tree
   * @return one line for each fact
   */
  static String run(Path repository, Path directory, String agent) {
    List<String> argv = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      argv.addAll(List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search"));
    }
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(List.of("-cp", System.getProperty("java.class.path")));
    argv.add(OrdinaryUser.class.getName());
    argv.addAll(List.of(repository.toString(), directory.toString(), agent));
    return World.shell(
        repository,
        String.join(" ", argv.stream().map(a -> "'" + a.replace("'", "'\\''") + "'").toList()));
  }

  /** Runs in the process of its own. */
  public static void main(String[] arguments) {
    Path user = Path.of(arguments[0]);
    Home home = new Home(Path.of(arguments[1]));
    Repository repository = Repository.at(World.SANDBOX, user, World.ENVIRONMENT.basic());
    Commit base = repository.head();
    Workspace w = new Workspace(repository, TASK, base, List.of(), List.of(), home);
    boolean _ = w.prepare(base);
    World.shell(w.clonePath(), arguments[2]);
    Candidate c = w.snapshot(1, "candidate", base);
    c.files().forEach(f -> System.out.println("changed " + f));
    c.omissions().forEach(o -> System.out.println("omitted " + o.sentence()));
    w.renewRepository();
    w.removeDiscarded();
    System.out.println(Files.exists(home.workspace(TASK)) ? "there" : "removed");
  }
}

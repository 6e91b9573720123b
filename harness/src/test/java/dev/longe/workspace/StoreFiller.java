package dev.longe.workspace;

import dev.longe.core.TaskId;
import dev.longe.home.Home;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Makes the ordinary trees of a task, in a process of its own. */
final class StoreFiller {
  private StoreFiller() {}

  /** The command line. */
  static List<String> argv(Path repository, Path home, String task) {
    return World.java(StoreFiller.class.getName(), repository.toString(), home.toString(), task);
  }

  static Workspace workspace(Path repository, Path home, String task) {
    Repository opened = Repository.at(World.SANDBOX, repository, World.ENVIRONMENT.basic());
    return new Workspace(
        opened, new TaskId(task), opened.head(), List.of(), List.of(), new Home(home));
  }

  /** As the harness does it when a task begins. */
  static void take(Workspace workspace) {
    boolean _ = workspace.borrowed().take(Instant.now());
    boolean _ = workspace.prepare(workspace.repository().head());
  }

  /** Prints the size of the store on disk. */
  public static void main(String[] arguments) {
    Workspace workspace = workspace(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]);
    take(workspace);
    World.git(workspace.clonePath(), "rev-list", "--objects", "--quiet", "HEAD");
    Path store = workspace.borrowed().store().resolveSibling("");
    System.out.println("KiB " + new ObjectStore(store).kibibytes());
  }
}

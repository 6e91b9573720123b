package dev.longe.cli;

import dev.longe.core.Fault;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small repository with one commit, for demo and drills, and a home beside it. */
record Scratch(Path root) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  static Scratch make(App app, Map<String, String> files) {
    try {
      Scratch scratch = new Scratch(Files.createTempDirectory("longe-"));
      Files.createDirectories(scratch.repository());
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = scratch.repository().resolve(file.getKey());
        Path parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(path, file.getValue());
      }
      scratch.git(app.sandbox(), "init", "-q", "-b", "main");
      scratch.git(app.sandbox(), "config", "user.name", "You");
      scratch.git(app.sandbox(), "config", "user.email", "you@example.org");
      scratch.git(app.sandbox(), "add", "-A");
      scratch.git(app.sandbox(), "commit", "-q", "-m", "A small shop");
      return scratch;
    } catch (IOException e) {
      throw new Fault("A scratch repository can't be created: " + e.getMessage(), e);
    }
  }

  Path repository() {
    return root.resolve("shop");
  }

  Path home() {
    return root.resolve("home");
  }

  /** What a git command printed. */
  String git(Sandbox sandbox, String... arguments) {
    List<String> argv = new java.util.ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    Sandbox.Outcome outcome = sandbox.run(sandbox.plain(argv, repository(), TIMEOUT));
    if (!outcome.exit().ok()) {
      throw new Fault("git " + arguments[0] + " failed: " + outcome.error());
    }
    return outcome.output();
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(root.resolve(name), text);
    } catch (IOException e) {
      throw new Fault(name + " can't be written: " + e.getMessage(), e);
    }
  }
}

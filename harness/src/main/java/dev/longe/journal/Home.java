package dev.longe.journal;

import dev.longe.core.TaskId;
import java.nio.file.Path;

/** Where everything of one {@code LONGE_HOME} lies. */
public record Home(Path root) {
  /** The task's trees. */
  public Path workspace(TaskId task) {
    return root.resolve("work").resolve(task.text());
  }

  /** What an agent printed in one attempt, compressed. */
  public Path transcript(TaskId task, int attempt) {
    return root.resolve("transcripts").resolve(task.text()).resolve("attempt-" + attempt + ".gz");
  }

  /** The whole output behind a receipt, compressed. */
  public Path receipt(TaskId task, String receipt) {
    return root.resolve("receipts").resolve(task.text()).resolve(receipt + ".gz");
  }

  /** What is known of the code of a repository. */
  public Path quality(Path repository) {
    return root.resolve("quality")
        .resolve(repository.toString().replaceAll("[^A-Za-z0-9._-]+", "_") + ".stock");
  }

  /** The settings of this machine. */
  public Path settings() {
    return root.resolve("settings.yaml");
  }

  /** The agents of this user. */
  public Path agents() {
    return root.resolve("agents.yaml");
  }

  /** The user's own prices. */
  public Path prices() {
    return root.resolve("prices.yaml");
  }

  /** The user's own loops. */
  public Path loop(String name) {
    return root.resolve("loops").resolve(name + ".md");
  }
}

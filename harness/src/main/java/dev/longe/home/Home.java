package dev.longe.home;

import dev.longe.core.TaskId;
import java.nio.file.Path;

/** Where everything of one {@code LONGE_HOME} lies. */
public record Home(Path root) {
  /** The task's trees. */
  public Path workspace(TaskId task) {
    return root.resolve("work").resolve(task.text());
  }

  /** The commit of the task's candidate that a human was shown last. */
  public Path shown(TaskId task) {
    return root.resolve("shown").resolve(task.text());
  }

  /** What an agent printed in one attempt, compressed. */
  public Path transcript(TaskId task, int attempt) {
    return transcripts(task).resolve("attempt-" + attempt + ".gz");
  }

  /** The whole output behind a receipt, compressed. */
  public Path receipt(TaskId task, String receipt) {
    return receipts(task).resolve(receipt + ".gz");
  }

  /** All transcripts of a task. */
  public Path transcripts(TaskId task) {
    return root.resolve("transcripts").resolve(task.text());
  }

  /** All receipts of a task. */
  public Path receipts(TaskId task) {
    return root.resolve("receipts").resolve(task.text());
  }

  /** What is known of the code of a repository. */
  public Path quality(Path repository) {
    return root.resolve("quality")
        .resolve(repository.toString().replaceAll("[^A-Za-z0-9._-]+", "_") + ".stock");
  }

  /** The bare copy of a shared repository. */
  public Path repository(String url) {
    return root.resolve("repositories").resolve(url.replaceAll("[^A-Za-z0-9._-]+", "_") + ".git");
  }

  /** The keys of the team, the one that encrypts first. */
  public Path keys() {
    return root.resolve("team.keys");
  }

  /** What is known here of the tasks of an engine elsewhere. */
  public Home mirror(String address) {
    return new Home(root.resolve("mirrors").resolve(address.replaceAll("[^A-Za-z0-9._-]+", "_")));
  }

  /** The lock files of the processes that own something here. */
  public Path owners() {
    return root.resolve("owners");
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

package dev.longe.home;

import dev.longe.core.TaskId;
import java.nio.file.Path;

/** The paths of all files in one {@code LONGE_HOME}. */
public record Home(Path root) {
  /** The directory of the task's clone and checkouts. */
  public Path workspace(TaskId task) {
    return workspaces().resolve(task.text());
  }

  /** The output of the setup that ran last for a task; it is removed with the task's trees. */
  public Path setupOutput(TaskId task) {
    return workspace(task).resolve("setup.log");
  }

  /** The directory of the directories of all tasks. */
  public Path workspaces() {
    return root.resolve("work");
  }

  /** The directory of the prepared bases, on which the trees of tasks are layers. */
  public Path bases() {
    return root.resolve("bases");
  }

  /** The directory of the stores of objects, from which the repositories of tasks borrow. */
  public Path stores() {
    return root.resolve("stores");
  }

  /** The file with the commit of the candidate that a human was shown last. */
  public Path shown(TaskId task) {
    return root.resolve("shown").resolve(task.text());
  }

  /** The compressed output of an agent in one attempt. */
  public Path transcript(TaskId task, int attempt) {
    return transcripts(task).resolve("attempt-" + attempt + ".gz");
  }

  /** The compressed full output that belongs to a receipt. */
  public Path receipt(TaskId task, String receipt) {
    return receipts(task).resolve(receipt + ".gz");
  }

  /** The directory of all transcripts of a task. */
  public Path transcripts(TaskId task) {
    return root.resolve("transcripts").resolve(task.text());
  }

  /** The directory of all receipts of a task. */
  public Path receipts(TaskId task) {
    return root.resolve("receipts").resolve(task.text());
  }

  /** The stored measurements of the code of a repository. */
  public Path quality(Path repository) {
    return root.resolve("quality")
        .resolve(repository.toString().replaceAll("[^A-Za-z0-9._-]+", "_") + ".stock");
  }

  /** The bare copy of a shared repository. */
  public Path repository(String url) {
    return root.resolve("repositories").resolve(url.replaceAll("[^A-Za-z0-9._-]+", "_") + ".git");
  }

  /** The file with the team's keys; the first key is the one that encrypts. */
  public Path keys() {
    return root.resolve("team.keys");
  }

  /** The home that holds the local copy of the tasks of another engine. */
  public Home mirror(String address) {
    return new Home(root.resolve("mirrors").resolve(address.replaceAll("[^A-Za-z0-9._-]+", "_")));
  }

  /** The directory of the lock files of processes that own leases or processes in this home. */
  public Path owners() {
    return root.resolve("owners");
  }

  /** The settings file of this machine. */
  public Path settings() {
    return root.resolve("settings.yaml");
  }

  /** The file with the user's agents. */
  public Path agents() {
    return root.resolve("agents.yaml");
  }

  /** The file with the user's own price table. */
  public Path prices() {
    return root.resolve("prices.yaml");
  }

  /** The file of one of the user's own loops. */
  public Path loop(String name) {
    return root.resolve("loops").resolve(name + ".md");
  }
}

package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.home.Directories;
import dev.longe.sandbox.Environment;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A repository that several machines share, with a local bare copy of the parts that are needed.
 * Serves one task and is not thread-safe.
 */
public final class Remote {
  /**
   * Name of the ref that carries a task's data other than candidates. The names below are its
   * directories.
   */
  public static final String KEPT = "kept";

  public static final String SESSION = "session";
  public static final String TRANSCRIPTS = "transcripts";
  public static final String RECEIPTS = "receipts";

  /** Variables that access to a repository may need, in addition to the basic ones. */
  private static final List<String> WAY =
      List.of(
          "SSH_AUTH_SOCK",
          "GIT_SSH",
          "GIT_SSH_COMMAND",
          "GIT_ASKPASS",
          "SSH_ASKPASS",
          "GIT_SSL_CAINFO",
          "GIT_CONFIG_GLOBAL",
          "HTTPS_PROXY",
          "https_proxy",
          "NO_PROXY",
          "no_proxy");

  private static final int FETCHES_MAX = 5;

  private final String url;
  private final Git git;
  private final Path copy;

  private Remote(String url, Git git, Path copy) {
    this.url = url;
    this.git = git;
    this.copy = copy;
  }

  /**
   * The repository at {@code url}.
   *
   * @param copy directory of the local bare copy; created if missing
   * @param environment of this machine; git gets the variables that access to the repository may
   *     need
   */
  public static Remote at(Sandbox sandbox, String url, Path copy, Environment environment) {
    if (!Files.exists(copy.resolve("HEAD"))) {
      init(sandbox, copy, environment);
    }
    return new Remote(url, Git.in(sandbox, copy, way(environment)), copy);
  }

  /** Creates the copy atomically, because several processes may need it at once. */
  private static void init(Sandbox sandbox, Path copy, Environment environment) {
    Path fresh = copy.resolveSibling("." + UUID.randomUUID());
    Directories.make(fresh);
    String _ = Git.in(sandbox, fresh, way(environment)).run("init", "-q", "--bare");
    try {
      Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Directories.delete(fresh);
      if (!Files.exists(copy.resolve("HEAD"))) { // else another process created it first
        throw new Fault("The copy " + copy + " can't be created: " + e.getMessage(), e);
      }
    }
  }

  /**
   * The repository at {@code url}, with an existing local repository as the copy, to publish
   * commits from there.
   */
  public static Remote from(
      Sandbox sandbox, Repository repository, String url, Environment environment) {
    Git git = Git.in(sandbox, repository.top(), way(environment));
    return new Remote(url, git, repository.top());
  }

  private static Map<String, String> way(Environment environment) {
    Map<String, String> all = new HashMap<>(environment.pick(WAY));
    all.putIfAbsent(
        "GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=10");
    return all;
  }

  /** Directory of the copy. */
  public Path copy() {
    return copy;
  }

  /** Name of a task's ref in the shared repository. */
  public static String ref(TaskId task, String name) {
    return Refs.of(task) + name;
  }

  Git.Result reach(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-c", "protocol.allow=always",
                "-c", "protocol.ext.allow=never",
                "-c", "http.lowSpeedLimit=1",
                "-c", "http.lowSpeedTime=30"));
    all.addAll(List.of(arguments));
    return git.ask(all.toArray(String[]::new));
  }

  Fault unreachable(Git.Result answer) {
    return new Fault(
        "This machine can't reach the repository %s: %s"
            .formatted(url, Text.clip(lastLine(answer.error()), 200)));
  }

  static String lastLine(String text) {
    return text.strip().lines().filter(l -> !l.isBlank()).findFirst().orElse("git failed");
  }

  /** The commit that a ref points to in the shared repository; empty if the ref does not exist. */
  public Optional<Commit> tip(String ref) {
    Git.Result answer = reach("ls-remote", url, ref);
    if (!answer.ok()) {
      throw unreachable(answer);
    }
    return answer
        .output()
        .lines()
        .filter(l -> l.endsWith("\t" + ref))
        .map(l -> new Commit(l.substring(0, l.indexOf('\t'))))
        .findFirst();
  }

  /**
   * Fetches all refs of a task. If the copy's HEAD does not resolve yet, sets it to the task's
   * base.
   *
   * @throws Fault if the repository can't be reached or does not contain the base
   */
  public void fetch(TaskId task, Commit base) {
    fetch("+" + Refs.of(task) + "*:" + Refs.of(task) + "*");
    if (!git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").ok()) {
      git.run("update-ref", "--no-deref", "HEAD", base.id());
    }
    if (!git.ask("cat-file", "-e", base.id() + "^{commit}").ok()) {
      throw new Fault(
          "The repository " + url + " does not contain the task's base " + base.brief() + ".");
    }
  }

  /** Fetches a ref. If it does not exist in the shared repository, removes it from the copy. */
  public void fetchRef(String ref) {
    if (tip(ref).isPresent()) {
      fetch("+" + ref + ":" + ref);
    } else {
      git.run("update-ref", "-d", ref);
    }
  }

  /** Fetches the notes that record who understands which lines. */
  public void fetchNotes() {
    fetchRef(Notes.UNDERSTANDING);
  }

  /**
   * Pushes these notes. False if the push fails, for example because another machine pushed first.
   */
  public boolean pushNotes() {
    return here(Notes.UNDERSTANDING).isEmpty()
        || reach("push", "-q", url, Notes.UNDERSTANDING + ":" + Notes.UNDERSTANDING).ok();
  }

  void fetch(String spec) {
    Git.Result answer = fetched(spec);
    for (int n = 1; n < FETCHES_MAX && answer.error().contains("cannot lock ref"); n++) {
      answer = fetched(spec); // another process is writing the same refs of this copy
    }
    if (!answer.ok()) {
      throw unreachable(answer);
    }
  }

  private Git.Result fetched(String spec) {
    return reach("fetch", "-q", "--no-tags", "--no-write-fetch-head", url, spec);
  }

  /** Writes refs without a fence. For refs that no other machine writes. */
  public void publish(Map<String, Commit> refs) {
    List<String> arguments = new ArrayList<>(List.of("push", "-q", "--atomic", url));
    refs.forEach((ref, commit) -> arguments.add("+" + commit.id() + ":" + ref));
    Git.Result answer = reach(arguments.toArray(String[]::new));
    if (!answer.ok()) {
      throw unreachable(answer);
    }
  }

  /**
   * Claims a task for a generation. After this, no earlier generation can write the task's refs.
   *
   * @throws Fence.Fenced if another machine has claimed the task with a later generation
   */
  public Fence claim(TaskId task, long generation, String machine) {
    return Fence.of(this, task, generation, machine);
  }

  /** The commit that a ref points to in the copy; empty if the ref does not exist. */
  public Optional<Commit> here(String ref) {
    Git.Result answer = git.ask("rev-parse", "--verify", "--quiet", ref + "^{commit}");
    return answer.ok() ? Optional.of(new Commit(answer.output())) : Optional.empty();
  }

  /** Sets the name and address of the copy's commits. */
  public void commitAs(String name, String address) {
    git.run("config", "user.name", name);
    git.run("config", "user.email", address);
  }

  /** Removes all refs of a closed task from the shared repository. */
  public void remove(TaskId task) {
    Git.Result all = reach("ls-remote", url, Refs.of(task) + "*");
    List<String> arguments = new ArrayList<>(List.of("push", "-q", "--atomic", url));
    all.output().lines().forEach(l -> arguments.add(":" + l.substring(l.indexOf('\t') + 1)));
    Git.Result answer = reach(arguments.toArray(String[]::new));
    if (!all.ok() || !answer.ok()) {
      throw unreachable(answer);
    }
  }

  /** Git in the copy, with commits in the name of Longe. */
  Git asLonge() {
    return git.with("GIT_AUTHOR_NAME", "Longe")
        .with("GIT_AUTHOR_EMAIL", "longe@localhost")
        .with("GIT_COMMITTER_NAME", "Longe")
        .with("GIT_COMMITTER_EMAIL", "longe@localhost");
  }

  String url() {
    return url;
  }

  /** Commits the files of a directory, so that a ref can carry them. */
  public Commit pack(Path directory, String message) {
    Git there =
        asLonge()
            .with("GIT_DIR", copy)
            .with("GIT_WORK_TREE", directory)
            .with("GIT_INDEX_FILE", directory.resolveSibling(directory.getFileName() + ".index"));
    there.run("read-tree", "--empty");
    there.run("add", "-A", "-f", ".");
    String tree = there.run("write-tree");
    return new Commit(there.feed(message, "commit-tree", tree));
  }

  /** Writes the files of a tree into a directory; false if the tree does not exist. */
  public boolean unpack(String tree, Path directory) {
    if (!git.ask("cat-file", "-e", tree).ok()) {
      return false;
    }
    Directories.make(directory);
    git.with("GIT_DIR", copy)
        .with("GIT_WORK_TREE", directory)
        .with("GIT_INDEX_FILE", directory.resolveSibling(directory.getFileName() + ".index"))
        .run("read-tree", "-u", "--reset", tree);
    return true;
  }

  /** Moves a branch of the shared repository, if it points to {@code from}. */
  public void swap(String ref, Commit from, Commit to) {
    Git.Result answer =
        reach(
            "push", "-q", "--force-with-lease=" + ref + ":" + from.id(), url, to.id() + ":" + ref);
    if (!answer.ok()) {
      throw new Fault(
          "%s was moved by another process in %s; try again (%s)."
              .formatted(ref, url, Text.clip(lastLine(answer.error()), 200)));
    }
  }
}

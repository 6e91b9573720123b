package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
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
 * A repository that several machines share, with a bare copy of what is needed of it here. Used by
 * one thread at a time for one task.
 */
public final class Remote {
  /** The ref below which everything of a task lies that is no candidate, and its directories. */
  public static final String KEPT = "kept";

  public static final String SESSION = "session";
  public static final String TRANSCRIPTS = "transcripts";
  public static final String RECEIPTS = "receipts";

  /** What the way to a repository may need besides the basic variables. */
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
   * @param copy where the bare copy lies, or will
   * @param environment of this machine; git gets what the way to the repository may need
   */
  public static Remote at(Sandbox sandbox, String url, Path copy, Environment environment) {
    if (!Files.exists(copy.resolve("HEAD"))) {
      init(sandbox, copy, environment);
    }
    return new Remote(url, Git.in(sandbox, copy, way(environment)), copy);
  }

  /** Whole or not at all: several processes may need the same copy at once. */
  private static void init(Sandbox sandbox, Path copy, Environment environment) {
    Path fresh = copy.resolveSibling("." + UUID.randomUUID());
    Directories.make(fresh);
    String _ = Git.in(sandbox, fresh, way(environment)).run("init", "-q", "--bare");
    try {
      Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Directories.delete(fresh);
      if (!Files.exists(copy.resolve("HEAD"))) { // else another was faster, and its copy is as good
        throw new Fault("The copy " + copy + " can't be made: " + e.getMessage(), e);
      }
    }
  }

  /**
   * The repository at {@code url} as it is reached from another one, to publish what that holds.
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

  /** The bare copy. */
  public Path copy() {
    return copy;
  }

  /** The name under which a commit of a task lies at the shared repository. */
  public static String ref(TaskId task, String name) {
    return Refs.of(task) + name;
  }

  Git.Answer reach(String... arguments) {
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

  Fault unreachable(Git.Answer answer) {
    return new Fault(
        "This machine can't reach the repository %s: %s"
            .formatted(url, Text.clip(lastLine(answer.error()), 200)));
  }

  static String lastLine(String text) {
    return text.strip().lines().filter(l -> !l.isBlank()).findFirst().orElse("git failed");
  }

  /** Where a ref stands there; empty where it does not. */
  public Optional<Commit> tip(String ref) {
    Git.Answer answer = reach("ls-remote", url, ref);
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

  /** Brings everything of a task here; its base is the copy's HEAD then, if that had none. */
  public void fetch(TaskId task, Commit base) {
    fetch("+" + Refs.of(task) + "*:" + Refs.of(task) + "*");
    if (!git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").ok()) {
      git.run("update-ref", "--no-deref", "HEAD", base.id());
    }
    if (!git.ask("cat-file", "-e", base.id() + "^{commit}").ok()) {
      throw new Fault(
          "The repository " + url + " does not hold the task's base " + base.brief() + ".");
    }
  }

  /** Brings a ref here as it is there; where there is none, there is none here either. */
  public void fetchRef(String ref) {
    if (tip(ref).isPresent()) {
      fetch("+" + ref + ":" + ref);
    } else {
      git.run("update-ref", "-d", ref);
    }
  }

  /** Brings the record of who understands what here. */
  public void fetchNotes() {
    fetchRef(Notes.UNDERSTANDING);
  }

  /** Sends that record back; false where somebody else was faster. */
  public boolean pushNotes() {
    return here(Notes.UNDERSTANDING).isEmpty()
        || reach("push", "-q", url, Notes.UNDERSTANDING + ":" + Notes.UNDERSTANDING).ok();
  }

  void fetch(String spec) {
    Git.Answer answer = fetched(spec);
    for (int n = 1; n < FETCHES_MAX && answer.error().contains("cannot lock ref"); n++) {
      answer = fetched(spec); // another process writes the same refs of this copy
    }
    if (!answer.ok()) {
      throw unreachable(answer);
    }
  }

  private Git.Answer fetched(String spec) {
    return reach("fetch", "-q", "--no-tags", "--no-write-fetch-head", url, spec);
  }

  /** Writes refs that nobody else writes, without a fence. */
  public void publish(Map<String, Commit> refs) {
    List<String> arguments = new ArrayList<>(List.of("push", "-q", "--atomic", url));
    refs.forEach((ref, commit) -> arguments.add("+" + commit.id() + ":" + ref));
    Git.Answer answer = reach(arguments.toArray(String[]::new));
    if (!answer.ok()) {
      throw unreachable(answer);
    }
  }

  /**
   * Takes a task for a generation; from then on no earlier one writes anything.
   *
   * @throws Fence.Fenced if a later generation has it
   */
  public Fence claim(TaskId task, long generation, String machine) {
    return Fence.of(this, task, generation, machine);
  }

  /** Where a ref stands in the copy. */
  public Optional<Commit> here(String ref) {
    Git.Answer answer = git.ask("rev-parse", "--verify", "--quiet", ref + "^{commit}");
    return answer.ok() ? Optional.of(new Commit(answer.output())) : Optional.empty();
  }

  /** In whose name the copy commits. */
  public void commitAs(String name, String address) {
    git.run("config", "user.name", name);
    git.run("config", "user.email", address);
  }

  /** Removes everything of a closed task there. */
  public void remove(TaskId task) {
    Git.Answer all = reach("ls-remote", url, Refs.of(task) + "*");
    List<String> arguments = new ArrayList<>(List.of("push", "-q", "--atomic", url));
    all.output().lines().forEach(l -> arguments.add(":" + l.substring(l.indexOf('\t') + 1)));
    Git.Answer answer = reach(arguments.toArray(String[]::new));
    if (!all.ok() || !answer.ok()) {
      throw unreachable(answer);
    }
  }

  /** The copy's git, committing in Longe's own name. */
  Git asLonge() {
    return git.with("GIT_AUTHOR_NAME", "Longe")
        .with("GIT_AUTHOR_EMAIL", "longe@localhost")
        .with("GIT_COMMITTER_NAME", "Longe")
        .with("GIT_COMMITTER_EMAIL", "longe@localhost");
  }

  String url() {
    return url;
  }

  /** Makes a directory's files one commit, for a ref that carries them. */
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

  /** Writes the files of a tree into a directory; false if there is no such tree. */
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

  /** Moves a branch there, if it stands where it is thought to. */
  public void swap(String ref, Commit from, Commit to) {
    Git.Answer answer =
        reach(
            "push", "-q", "--force-with-lease=" + ref + ":" + from.id(), url, to.id() + ":" + ref);
    if (!answer.ok()) {
      throw new Fault(
          "%s moved meanwhile at %s; try again (%s)."
              .formatted(ref, url, Text.clip(lastLine(answer.error()), 200)));
    }
  }
}

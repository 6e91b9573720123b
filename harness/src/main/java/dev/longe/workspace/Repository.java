package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.sandbox.ExclusiveLock;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The user's repository. Validated before a task spends anything. Thread-safe. */
public final class Repository {
  private final Git git;
  private final Drivers drivers;
  private final Path top;
  private final Path objects;
  private final Path common;
  private final String objectFormat;
  private final boolean bare;
  private final Optional<String> branch;
  private final Commit head;

  private Repository(
      Git git,
      Drivers drivers,
      Path top,
      List<String> facts,
      Optional<String> branch,
      Commit head) {
    this.git = git.at(top);
    this.drivers = drivers;
    this.top = top;
    this.bare = Boolean.parseBoolean(facts.get(0));
    this.common = Path.of(facts.get(1));
    this.objects = Path.of(facts.get(2));
    this.objectFormat = facts.get(3);
    this.branch = branch;
    this.head = head;
  }

  /**
   * Opens and validates a repository.
   *
   * @param environment variables for the {@code git} program
   * @throws Fault with one sentence for the user if the repository can't be used
   */
  public static Repository at(Sandbox sandbox, Path directory, Map<String, String> environment) {
    if (!Files.isDirectory(directory)) {
      throw new Fault("There is no directory " + directory + "; name a git repository.");
    }
    Git git = Git.in(sandbox, directory, environment);
    Git.Result where =
        git.ask(
            "rev-parse",
            "--path-format=absolute",
            "--is-bare-repository",
            "--git-common-dir",
            "--git-path",
            "objects",
            "--show-object-format");
    if (!where.ok()) {
      throw new Fault(
          where.error().contains("dubious ownership")
              ? Text.firstLine(where.error())
              : directory
                  + " is not in a git repository; run «git init» and commit, or change to one.");
    }
    List<String> lines = where.output().lines().toList();
    boolean bare = Boolean.parseBoolean(lines.get(0));
    Git.Result head = git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
    if (!head.ok()) {
      throw new Fault(
          "The repository "
              + directory
              + " has no commit yet; make a first commit, then try again.");
    }
    Drivers drivers = Drivers.of(git);
    Git.Result branch = git.ask("symbolic-ref", "--quiet", "--short", "HEAD");
    refuseSubmodules(git);
    return new Repository(
        git,
        drivers,
        bare ? Path.of(lines.get(1)) : Path.of(git.run("rev-parse", "--show-toplevel")),
        lines,
        branch.ok() ? Optional.of(branch.output()) : Optional.empty(),
        new Commit(head.output()));
  }

  private static void refuseSubmodules(Git git) {
    List<String> links =
        git.run("ls-tree", "-r", "--full-tree", "HEAD")
            .lines()
            .filter(l -> l.startsWith("160000 "))
            .map(l -> l.substring(l.indexOf('\t') + 1))
            .toList();
    if (!links.isEmpty()) {
      throw new Fault(
          "The repository has submodules (%s), whose changes a candidate can't contain; work in the submodule's own repository."
              .formatted(Text.list(links, 3)));
    }
  }

  /** Lands and reverts changes of a task. */
  public Landing landing(TaskId task, Commit base) {
    return new Landing(drivers.withoutMerge(git), this, task, base);
  }

  /**
   * Waits for the right to move branches of this repository, half an hour at most, and finishes
   * what a killed process has left.
   *
   * @param what is done with it, for those who wait
   * @param givenUp whether it is no longer wanted
   * @param told receives lines for a person: what it waits for, and what a killed process has left
   * @throws Fault if the wait is over, with what it waited for
   */
  public ExclusiveLock lock(String what, BooleanSupplier givenUp, Consumer<String> told) {
    return RepositoryLock.take(git, common, what, givenUp, told);
  }

  /** Notes attached to the commits. */
  public Notes notes() {
    return new Notes(git);
  }

  /** Content of the commits and the differences between them. */
  public Content content() {
    return new Content(drivers.without(git), top);
  }

  Git git() {
    return git;
  }

  /** Top directory of the work tree; for a bare repository, the repository directory. */
  public Path top() {
    return top;
  }

  /** The object directory; candidates are written to it. */
  Path objects() {
    return objects;
  }

  /** The object directory, and those that it borrows from in turn. */
  List<Path> borrowed() {
    List<Path> all = new ArrayList<>(List.of(objects));
    for (int i = 0; i < all.size(); i++) {
      Path from = all.get(i);
      alternates(from).map(from::resolve).filter(p -> !all.contains(p)).forEach(all::add);
    }
    return List.copyOf(all);
  }

  private static Stream<String> alternates(Path objects) {
    Path list = objects.resolve("info/alternates");
    try {
      return Files.exists(list)
          ? Files.readAllLines(list).stream().filter(l -> !l.isBlank() && !l.startsWith("#"))
          : Stream.empty();
    } catch (IOException e) {
      throw new Fault("The file " + list + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The git directory that all work trees share. */
  public Path common() {
    return common;
  }

  String objectFormat() {
    return objectFormat;
  }

  public boolean bare() {
    return bare;
  }

  /** The branch that is checked out, or that a bare repository's HEAD names. */
  public Optional<String> branch() {
    return branch;
  }

  public Commit head() {
    return head;
  }

  /** The commit that a branch or other revision name resolves to. */
  public Optional<Commit> resolve(String name) {
    Git.Result answer = git.ask("rev-parse", "--verify", "--quiet", name + "^{commit}");
    return answer.ok() ? Optional.of(new Commit(answer.output())) : Optional.empty();
  }

  /** The content of a file at a commit. */
  public Optional<String> read(Commit commit, String path) {
    Git.Result answer = git.ask("cat-file", "blob", commit.id() + ":" + path);
    return answer.ok() ? Optional.of(answer.output() + "\n") : Optional.empty();
  }

  /** The difference between two commits as a patch. */
  public String diff(Commit from, Commit to, boolean colour) {
    return git.run(
        "diff",
        "--no-ext-diff",
        "--no-textconv",
        colour ? "--color" : "--no-color",
        from.id(),
        to.id());
  }

  /** Names of the filters that the attributes of a commit name, for example {@code lfs}. */
  public List<String> filters(Commit commit) {
    return BaseAttributes.of(this, commit).filters();
  }

  /** The user's committer name and address, as {@code Name <address>}; empty if git guesses. */
  public Optional<String> identity() {
    Git.Result who = git.ask("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT");
    return who.ok() && !who.output().contains("<>")
        ? Optional.of(who.output().substring(0, who.output().lastIndexOf('>') + 1))
        : Optional.empty();
  }

  /** All paths at a commit. */
  public List<String> files(Commit commit) {
    return List.of(git.run("ls-tree", "-r", "-z", "--name-only", commit.id()).split("\0"));
  }

  /** Number of files with uncommitted changes. These changes are not part of a task. */
  public int dirtyFiles() {
    if (bare) {
      return 0;
    }
    return (int) git.run("status", "--porcelain").lines().count();
  }

  /**
   * URL that others fetch this repository from: the remote of the branch that is checked out, else
   * {@code origin}; empty if there is none.
   */
  public Optional<String> sharedAt() {
    Git.Result own =
        branch
            .map(b -> git.ask("config", "branch." + b + ".remote"))
            .filter(Git.Result::ok)
            .orElseGet(() -> new Git.Result(0, "origin", ""));
    Git.Result url = git.ask("remote", "get-url", own.output());
    return url.ok() ? Optional.of(url.output()) : Optional.empty();
  }

  /** Keeps a commit from being garbage-collected while the task is open. */
  public void hold(TaskId task, String name, Commit commit) {
    git.run("update-ref", Refs.of(task) + name, commit.id());
  }

  /** Keeps the base from being garbage-collected while the task is open. */
  public void holdBase(TaskId task, Commit base) {
    git.run("update-ref", Refs.base(task), base.id());
  }

  /**
   * Verifies that candidates can be stored, by writing a ref and an object.
   *
   * @throws Fault if the repository is read-only
   */
  public void refuseReadOnly(Commit base) {
    Git.Result answer = git.ask("update-ref", Refs.PROBE, base.id());
    if (answer.ok()) {
      answer = git.ask("update-ref", "-d", Refs.PROBE);
    }
    if (!answer.ok() || !Files.isWritable(objects)) {
      throw new Fault(
          "The repository %s can't be written, and Longe stores candidates there: %s"
              .formatted(top, Text.firstLine(answer.error())));
    }
  }
}

package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The user's repository, looked at before anything is spent. Safe for use by many threads. */
public final class Repository {
  private final Git git;
  private final Path top;
  private final Path objects;
  private final Path common;
  private final String objectFormat;
  private final boolean bare;
  private final Optional<String> branch;
  private final Commit head;

  private Repository(Git git, Path top, List<String> facts, Optional<String> branch, Commit head) {
    this.git = git.at(top);
    this.top = top;
    this.bare = Boolean.parseBoolean(facts.get(0));
    this.common = Path.of(facts.get(1));
    this.objects = Path.of(facts.get(2));
    this.objectFormat = facts.get(3);
    this.branch = branch;
    this.head = head;
  }

  /**
   * @param environment what the {@code git} program gets
   * @throws Fault with one sentence for the user where the repository can't be worked with
   */
  public static Repository at(Sandbox sandbox, Path directory, Map<String, String> environment) {
    if (!Files.isDirectory(directory)) {
      throw new Fault("There is no directory " + directory + "; name a git repository.");
    }
    Git git = Git.in(sandbox, directory, environment);
    Git.Answer where =
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
                  + " is not in a git repository; run «git init» and commit, or go to one.");
    }
    List<String> lines = where.output().lines().toList();
    boolean bare = Boolean.parseBoolean(lines.get(0));
    Git.Answer head = git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
    if (!head.ok()) {
      throw new Fault(
          "The repository "
              + directory
              + " has no commit yet; make a first commit, then try again.");
    }
    if (git.ask("config", "--get-regexp", "^remote\\..*\\.promisor$").ok()) {
      throw new Fault(
          "The repository is a partial clone, its objects are not all here; run «git fetch"
              + " --refetch --no-filter».");
    }
    Git.Answer branch = git.ask("symbolic-ref", "--quiet", "--short", "HEAD");
    refuseSubmodules(git);
    return new Repository(
        git,
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
          "The repository has submodules (%s), whose changes a candidate can't hold; work in the submodule's own repository."
              .formatted(Text.list(links, 3)));
    }
  }

  Git git() {
    return git;
  }

  /** Where its files are; for a bare repository the repository itself. */
  public Path top() {
    return top;
  }

  /** Its object directory, which the clones borrow from. */
  Path objects() {
    return objects;
  }

  /** The directory that all its work trees share. */
  Path common() {
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

  /** The commit that a branch or other name stands for. */
  public Optional<Commit> resolve(String name) {
    Git.Answer answer = git.ask("rev-parse", "--verify", "--quiet", name + "^{commit}");
    return answer.ok() ? Optional.of(new Commit(answer.output())) : Optional.empty();
  }

  /** The content of a file at a commit. */
  public Optional<String> read(Commit commit, String path) {
    Git.Answer answer = git.ask("cat-file", "blob", commit.id() + ":" + path);
    return answer.ok() ? Optional.of(answer.output() + "\n") : Optional.empty();
  }

  /** The change between two commits as a patch. */
  public String diff(Commit from, Commit to, boolean colour) {
    return git.run("diff", "--no-ext-diff", colour ? "--color" : "--no-color", from.id(), to.id());
  }

  /** The id of every file's content at a commit; links and submodules are left out. */
  public Map<String, String> contents(Commit commit) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (String entry : git.run("ls-tree", "-r", "-z", "--full-tree", commit.id()).split("\0")) {
      if (entry.startsWith("100")) {
        int tab = entry.indexOf('\t');
        ids.put(entry.substring(tab + 1), entry.substring(0, tab).split(" ")[2]);
      }
    }
    return ids;
  }

  /** The files of the work tree that are not ignored, tracked or not. */
  public List<String> workFiles() {
    return Arrays.stream(
            git.at(top)
                .run(
                    "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
                .split("\0"))
        .filter(f -> Files.isRegularFile(top.resolve(f), LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /**
   * One earlier change.
   *
   * @param before the contents' ids of the files that it touched, as they were
   * @param after as they became
   */
  public record Change(Commit commit, Map<String, String> before, Map<String, String> after) {}

  /** The last changes up to a commit, the newest first, merges left out. */
  public List<Change> history(Commit commit, int max) {
    String[] parts =
        git.run(
                "log",
                "-z",
                "--raw",
                "--no-merges",
                "--first-parent",
                "--no-renames",
                "--abbrev=64",
                "--format=%x01%H",
                "-n",
                Integer.toString(max),
                commit.id())
            .split("[\0\n]");
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].startsWith("\1")) {
        changes.add(
            new Change(
                new Commit(parts[i].substring(1)), new LinkedHashMap<>(), new LinkedHashMap<>()));
      } else if (parts[i].startsWith(":")) {
        String[] raw = parts[i].substring(1).split(" ");
        String path = parts[++i];
        if (raw[0].startsWith("100")) {
          changes.getLast().before().put(path, raw[2]);
        }
        if (raw[1].startsWith("100")) {
          changes.getLast().after().put(path, raw[3]);
        }
      }
    }
    return changes;
  }

  /** Writes contents, each as a file that bears its id, into an empty directory. */
  public void write(Collection<String> ids, Path directory) {
    StringBuilder entries = new StringBuilder();
    ids.forEach(id -> entries.append("100644 ").append(id).append('\t').append(id).append('\0'));
    Git scratch = git.with("GIT_INDEX_FILE", directory.resolve(".index"));
    scratch.feed(entries.toString(), "update-index", "-z", "--index-info");
    scratch.run("checkout-index", "-a", "-q", "--prefix=" + directory + "/");
  }

  /**
   * How one file differs between two commits.
   *
   * @param from the path that it had before; its own where it did not move
   * @param binary whether its lines can't be counted
   */
  public record FileChange(String path, String from, int added, int removed, boolean binary) {
    public int lines() {
      return added + removed;
    }

    public boolean moved() {
      return !path.equals(from);
    }
  }

  /** Every file that differs between two commits; a moved one is one change. */
  public List<FileChange> changes(Commit from, Commit to) {
    String[] parts =
        git.run("diff", "--no-ext-diff", "--numstat", "-M", "-z", from.id(), to.id()).split("\0");
    List<FileChange> changes = new ArrayList<>();
    for (int i = 0; i < parts.length && !parts[i].isEmpty(); i++) {
      String[] stat = parts[i].split("\t", 3);
      boolean binary = stat[0].equals("-");
      int added = binary ? 0 : Integer.parseInt(stat[0]);
      int removed = binary ? 0 : Integer.parseInt(stat[1]);
      if (stat[2].isEmpty()) {
        changes.add(new FileChange(parts[i + 2], parts[i + 1], added, removed, binary));
        i += 2;
      } else {
        changes.add(new FileChange(stat[2], stat[2], added, removed, binary));
      }
    }
    return changes;
  }

  /** The change of some paths between two commits as a patch. */
  public String diff(Commit from, Commit to, boolean colour, List<String> paths) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "diff",
                "--no-ext-diff",
                "-M",
                colour ? "--color" : "--no-color",
                from.id(),
                to.id(),
                "--"));
    words.addAll(paths);
    return git.run(words.toArray(String[]::new));
  }

  /** The name and address under which the user commits here, as {@code Name <address>}. */
  public Optional<String> identity() {
    Git.Answer name = git.ask("config", "user.name");
    Git.Answer address = git.ask("config", "user.email");
    return name.ok() && address.ok() && !name.output().isBlank() && !address.output().isBlank()
        ? Optional.of(name.output() + " <" + address.output() + ">")
        : Optional.empty();
  }

  /** All paths at a commit. */
  public List<String> files(Commit commit) {
    return List.of(git.run("ls-tree", "-r", "-z", "--name-only", commit.id()).split("\0"));
  }

  /** How many files have changes that no commit holds; they are no part of a task. */
  public int dirtyFiles() {
    if (bare) {
      return 0;
    }
    return (int) git.run("status", "--porcelain").lines().count();
  }

  /** Keeps the base alive for as long as the task is open. */
  public void holdBase(TaskId task, Commit base) {
    git.run("update-ref", Refs.base(task), base.id());
  }

  /**
   * Makes sure that candidates can be kept here, by writing a ref and an object.
   *
   * @throws Fault if they can't
   */
  public void refuseReadOnly(Commit base) {
    Git.Answer answer = git.ask("update-ref", Refs.PROBE, base.id());
    if (answer.ok()) {
      answer = git.ask("update-ref", "-d", Refs.PROBE);
    }
    if (!answer.ok() || !Files.isWritable(objects)) {
      throw new Fault(
          "The repository %s can't be written, and Longe keeps its candidates there: %s"
              .formatted(top, Text.firstLine(answer.error())));
    }
  }
}

package dev.longe.workspace;

import dev.longe.core.Commit;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Content of a repository's commits and the differences between them. Thread-safe. */
public final class Content {
  private final Git git;
  private final Path top;

  Content(Git git, Path top) {
    this.git = git;
    this.top = top;
  }

  /** Content ids of all files at a commit, by path. Symbolic links and submodules are left out. */
  public Map<String, String> ids(Commit commit) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (String entry : git.run("ls-tree", "-r", "-z", "--full-tree", commit.id()).split("\0")) {
      if (entry.startsWith("100")) {
        int tab = entry.indexOf('\t');
        ids.put(entry.substring(tab + 1), entry.substring(0, tab).split(" ")[2]);
      }
    }
    return ids;
  }

  /** Files of the work tree that are not ignored, tracked or untracked. */
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
   * An earlier change.
   *
   * @param before content ids of the touched files before the change
   * @param after content ids of the touched files after the change
   */
  public record Change(Commit commit, Map<String, String> before, Map<String, String> after) {}

  /** Number of lines that a commit adds to a base. Without a commit, the work tree is compared. */
  public int addedLines(Commit base, Optional<Commit> candidate) {
    List<String> words =
        new ArrayList<>(List.of("diff", "--no-ext-diff", "--no-textconv", "--numstat", base.id()));
    candidate.ifPresent(c -> words.add(c.id()));
    return git.at(top)
        .run(words.toArray(String[]::new))
        .lines()
        .filter(l -> !l.startsWith("-"))
        .mapToInt(l -> Integer.parseInt(l.substring(0, l.indexOf('\t'))))
        .sum();
  }

  /** The last changes up to a commit, newest first. Merges are left out. */
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

  /** The lines that each of the last commits added, newest first. Merges add none. */
  public List<Authorship.Added> authorship(Commit commit, int commits, Optional<String> scope) {
    return patches(
        "--no-merges", "-n", Integer.toString(commits), commit.id(), "--", scope.orElse("."));
  }

  /** The lines that one commit added relative to its first parent. */
  public List<Authorship.Added> brought(Commit commit) {
    return patches("--first-parent", "-m", "-n", "1", commit.id());
  }

  /**
   * Output in a fixed format, independent of the user's configuration. Only a line feed ends a
   * line.
   */
  private List<Authorship.Added> patches(String... of) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-c",
                "diff.suppressBlankEmpty=false",
                "log",
                "-p",
                "-U1",
                "-M",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--format=" + Authorship.FORMAT));
    words.addAll(List.of(of));
    return Authorship.read(List.of(git.run(words.toArray(String[]::new)).split("\n")));
  }

  /** The commit between two commits that reverts the older one, if a message says so. */
  public Optional<Commit> reverting(Commit landed, Commit tip) {
    String found =
        git.run(
            "log",
            "-1",
            "--format=%H",
            "--fixed-strings",
            "--grep=This reverts commit " + landed.id(),
            landed.id() + ".." + tip.id());
    return found.isBlank() ? Optional.empty() : Optional.of(new Commit(found));
  }

  /** The last commit of a history up to a point in time; {@code tip} if there is none. */
  public Commit at(Commit tip, Instant when) {
    String found =
        git.run("log", "-1", "--format=%H", "--first-parent", "--until=" + when, tip.id());
    return found.isBlank() ? tip : new Commit(found);
  }

  /** Writes contents into an empty directory, each as a file named by its id. */
  public void write(Collection<String> ids, Path directory) {
    StringBuilder entries = new StringBuilder();
    ids.forEach(id -> entries.append("100644 ").append(id).append('\t').append(id).append('\0'));
    Git scratch = git.with("GIT_INDEX_FILE", directory.resolve(".index"));
    scratch.feed(entries.toString(), "update-index", "-z", "--index-info");
    scratch.run("checkout-index", "-a", "-q", "--prefix=" + directory + "/");
  }

  /**
   * The difference of one file between two commits.
   *
   * @param from the path before the change; equal to {@code path} if the file was not renamed
   * @param binary whether the file is binary, so that its lines can't be counted
   */
  public record FileChange(String path, String from, int added, int removed, boolean binary) {
    public int lines() {
      return added + removed;
    }

    public boolean moved() {
      return !path.equals(from);
    }
  }

  /** All files that differ between two commits. A renamed file is one change. */
  public List<FileChange> changes(Commit from, Commit to) {
    String[] parts =
        git.run(
                "diff",
                "--no-ext-diff",
                "--no-textconv",
                "--numstat",
                "-M",
                "-z",
                from.id(),
                to.id())
            .split("\0");
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

  /** The difference of some paths between two commits as a patch. */
  public String diff(Commit from, Commit to, boolean colour, List<String> paths) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "diff",
                "--no-ext-diff",
                "--no-textconv",
                "-M",
                colour ? "--color" : "--no-color",
                from.id(),
                to.id(),
                "--"));
    words.addAll(paths);
    return git.run(words.toArray(String[]::new));
  }
}

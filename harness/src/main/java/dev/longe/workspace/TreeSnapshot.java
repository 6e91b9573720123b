package dev.longe.workspace;

import dev.longe.core.Candidate;
import dev.longe.core.Fault;
import dev.longe.core.Omission;
import dev.longe.core.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes an agent's tree as a git tree, with the harness's git directory and index. Nothing that
 * can be in the tree makes this fail: what can't be saved is left out and reported.
 */
final class TreeSnapshot {
  /** A tree that changes while git reads it is read this often; after that a copy of it is read. */
  private static final int TRIES = 3;

  /** Exit status of git if it left out some files. */
  private static final int SOME_FAILED = 1;

  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "(?m)^(?:error: unable to index file|warning: could not open directory|error: (invalid)"
              + " path) '([^'\\n]{1,300})");

  private static final Pattern NOT_COPIED =
      Pattern.compile("(?m)^cp: cannot [a-z ]+ '(.*)'(?: for reading)?: (.*)$");

  /** Messages about the harness's own object store, which no content of a tree can cause. */
  private static final Pattern NOT_STORED =
      Pattern.compile(
          "(?m)^(?:error|fatal): (?:unable to (?:write|create temporary)|insufficient permission"
              + "|file write error|write error|failed to write).*");

  private static final Pattern ENCODING = Pattern.compile("(?m)^(?:error|fatal): .*encod.*");

  private final Git git;
  private final Path directory;
  private final String name;
  private final long bytesMax;
  private final String base;
  private final List<String> leftOut;
  private final Runnable withoutEncodings;
  private final List<Omission> omissions = new ArrayList<>();

  /**
   * @param git commands that run in {@code directory}, with the harness's git directory and an
   *     index for this tree, without the user's configuration
   * @param directory the task's own, which contains the tree
   * @param name the name of the tree in it
   * @param base the id of the task's base
   * @param leftOut paths in the tree that the git tree does not contain
   * @param withoutEncodings makes {@code git} convert no encoding
   */
  TreeSnapshot(
      Git git,
      Path directory,
      String name,
      long bytesMax,
      String base,
      List<String> leftOut,
      Runnable withoutEncodings) {
    this.leftOut = List.copyOf(leftOut);
    this.git = git.with("GIT_WORK_TREE", directory.resolve(name));
    this.directory = directory;
    this.name = name;
    this.bytesMax = bytesMax;
    this.base = base;
    this.withoutEncodings = withoutEncodings;
  }

  /** The id of the git tree. */
  String write() {
    TreeScan scan = scanned();
    Git.Result answer = add(git, scan.excluded());
    if (!done(answer) && ENCODING.matcher(answer.error()).find()) {
      withoutEncodings.run();
      omit(
          "A file",
          "is not valid in the encoding that .gitattributes names, so no encoding was converted: "
              + Text.clip(Text.firstLine(answer.error()), Omission.PATH_CHARS));
      answer = add(git, scan.excluded());
    }
    for (int i = 1; i < TRIES && !done(answer); i++) {
      scan = scanned();
      answer = add(git, scan.excluded());
    }
    if (!done(answer)) {
      return fromCopy();
    }
    String tree = git.run("write-tree");
    report(scan, answer);
    return tree;
  }

  /** What the git tree does not contain as it is in the directory. Call it after {@link #write}. */
  List<Omission> omissions() {
    return omissions.stream().distinct().limit(Candidate.OMISSIONS_MAX).toList();
  }

  private TreeScan scanned() {
    Git beside = git.at(directory);
    TreeScan scan = TreeScan.of(beside, name, bytesMax);
    if (scan.blocking()) {
      TreeScan.removeBlocking(beside, name);
    }
    if (scan.needsPlaces()) {
      TreeScan.places(beside, name);
    }
    return scan;
  }

  private Git.Result add(Git git, List<String> unreadable) {
    List<String> excluded = new ArrayList<>(leftOut);
    excluded.addAll(unreadable);
    if (excluded.isEmpty()) {
      return git.ask("add", "-A", "--ignore-errors");
    }
    StringBuilder paths = new StringBuilder(":/\0");
    excluded.forEach(p -> paths.append(":(top,exclude,literal)").append(p).append('\0'));
    return git.askWith(
        paths.toString(),
        "add",
        "-A",
        "--ignore-errors",
        "--pathspec-from-file=-",
        "--pathspec-file-nul");
  }

  private static boolean done(Git.Result answer) {
    return (answer.ok() || answer.status() == SOME_FAILED)
        && !NOT_STORED.matcher(answer.error()).find();
  }

  private void report(TreeScan scan, Git.Result answer) {
    Set<String> ignored = ignored(scan.found().stream().map(TreeScan.Entry::path).toList());
    scan.found().stream()
        .filter(e -> !ignored.contains(e.path()) && leftOut.stream().noneMatch(within(e.path())))
        .forEach(e -> omit(e.path(), e.kind().words));
    Matcher left = LEFT_OUT.matcher(answer.error());
    while (left.find()) {
      boolean name = left.group(1) != null;
      omit(left.group(2), name ? "has a name that git refuses" : "can't be read");
    }
    if (scan.ignores()) {
      if (scan.needsPlaces()) {
        TreeScan.places(git.at(directory), name);
      }
      new IgnoreRules(git, base).hiding().forEach(o -> omit(o.path(), o.reason()));
    }
  }

  private static Predicate<String> within(String path) {
    return outer -> Path.of(path).startsWith(Path.of(outer));
  }

  private Set<String> ignored(List<String> paths) {
    if (paths.isEmpty()) {
      return Set.of();
    }
    String output =
        git.askWith(String.join("\0", paths) + "\0", "check-ignore", "-z", "--stdin").output();
    return new HashSet<>(List.of(output.split("\0")));
  }

  private void omit(String path, String reason) {
    String shown = path.isBlank() ? "A file without a printable name" : path;
    omissions.add(new Omission(Text.clip(shown, Omission.PATH_CHARS), reason));
  }

  /**
   * The tree of a copy, which nobody changes. It contains only files and links, with paths that git
   * can open.
   */
  private String fromCopy() {
    Path copy = directory.resolve("copy");
    Path index = directory.resolve("copy.index");
    git.delete(copy);
    Git.Result copied = git.tool("cp", "-RP", "--", name, "copy");
    Matcher not = NOT_COPIED.matcher(copied.error());
    while (not.find()) {
      String path = not.group(1);
      omit(path.startsWith(name + "/") ? path.substring(name.length() + 1) : path, why(not));
    }
    // Pipes, sockets, devices, nested repositories and the agent's own repository.
    Git.Result _ =
        git.tool(
            "bash",
            "-c",
            "find -P copy -mindepth 1 \\( -name .git -o ! \\( -type f -o -type d -o -type l \\)"
                + " -o -type f -size +\"$1\"c -o -type d ! \\( -readable -executable \\) \\)"
                + " -prune -exec rm -rf -- {} +",
            "prune",
            Long.toString(bytesMax));
    TreeScan.of(git, name, bytesMax).found().forEach(e -> omit(e.path(), e.kind().words));
    try {
      Files.copy(
          directory.resolve(name + ".index"),
          index,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new Fault("The index " + index + " can't be written: " + e.getMessage(), e);
    }
    Git there = git.with("GIT_WORK_TREE", copy).with("GIT_INDEX_FILE", index);
    Git.Result answer = add(there, List.of());
    if (!done(answer)) {
      throw new Fault("git add failed in %s: %s".formatted(directory, answer.error().strip()));
    }
    String tree = there.run("write-tree");
    git.delete(copy);
    return tree;
  }

  private static String why(Matcher notCopied) {
    return "can't be copied: " + notCopied.group(2);
  }
}

package dev.longe.workspace;

import dev.longe.core.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * What is in an agent's tree that git can't save, or must not open: found with one run of {@code
 * find}, which follows no link and opens no file. The agent's own {@code .git} is left out.
 *
 * @param repositories whether there are nested repositories
 * @param blocking whether there are special files with a name that git opens
 * @param ignores whether there is a {@code .gitignore} that is newer than the file {@code
 *     NAME.made}
 * @param found the other entries
 */
record TreeScan(boolean repositories, boolean blocking, boolean ignores, List<Entry> found) {
  /** What an entry is. */
  enum Kind {
    PIPE("is a named pipe"),
    SOCKET("is a socket"),
    DEVICE("is a device"),
    CLOSED("can't be read"),
    HUGE("is larger than " + (FILE_BYTES_MAX >> 30) + " GiB"),
    PRIVILEGED("is saved without its set-user-id or set-group-id bit");

    final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Whether git would fail on the entry if it were not excluded. */
    boolean excluded() {
      return this == CLOSED || this == HUGE;
    }

    boolean special() {
      return this == PIPE || this == SOCKET || this == DEVICE;
    }
  }

  /**
   * An entry of the tree.
   *
   * @param path relative to the tree, decoded
   */
  record Entry(Kind kind, String path) {}

  /** The size of the largest file that a candidate contains. */
  static final long FILE_BYTES_MAX = 2L << 30;

  private static final List<String> SPECIAL =
      List.of("(", "-type", "p", "-o", "-type", "s", "-o", "-type", "b", "-o", "-type", "c", ")");

  private static final List<String> OPENED =
      List.of(
          "(",
          "-name",
          ".gitignore",
          "-o",
          "-name",
          ".gitattributes",
          "-o",
          "-name",
          ".gitmodules",
          ")");

  /** Name of the file that is as old as a tree. */
  static String mark(String name) {
    return name + ".made";
  }

  /**
   * Scans a tree.
   *
   * @param git commands that run in the directory that contains the tree
   * @param name the name of the tree
   * @param bytesMax the size of the largest file that is not reported
   * @throws Fault if there is no GNU find
   */
  static TreeScan of(Git git, String name, long bytesMax) {
    List<String> argv = new ArrayList<>(List.of("find", "-P", name));
    argv.addAll(List.of("-path", name, "-printf", "..\\0"));
    argv.addAll(List.of("-o", "-path", name + "/.git", "-prune"));
    argv.addAll(List.of("-o", "-name", ".git", "-printf", "g%P\\0", "-prune", "-o"));
    argv.addAll(SPECIAL);
    argv.addAll(List.of("-printf", "%y%P\\0"));
    argv.addAll(OPENED);
    argv.addAll(List.of("-printf", "o%P\\0"));
    argv.addAll(List.of("-o", "-type", "d", "!", "(", "-readable", "-executable", ")"));
    argv.addAll(List.of("-printf", "d%P\\0", "-prune"));
    argv.addAll(List.of("-o", "-name", ".gitignore", "-cnewer", mark(name), "-printf", "i%P\\0"));
    argv.addAll(List.of("-o", "-type", "f", "-size", "+" + bytesMax + "c", "-printf", "h%P\\0"));
    argv.addAll(List.of("-o", "-type", "f", "-perm", "/6000", "-printf", "u%P\\0"));
    Git.Result answer = git.tool(argv.toArray(String[]::new));
    if (!answer.output().startsWith("..")) {
      throw new Fault("The program find of GNU findutils is needed: " + answer.error().strip());
    }
    return read(answer.output());
  }

  private static TreeScan read(String output) {
    List<Entry> found = new ArrayList<>();
    boolean repositories = false;
    boolean blocking = false;
    boolean ignores = false;
    for (String item : output.split("\0")) {
      String path = item.substring(1);
      switch (item.charAt(0)) {
        case '.' -> {} // the tree itself
        case 'g' -> repositories = true;
        case 'o' -> blocking = true;
        case 'i' -> ignores = true;
        case 'p' -> found.add(new Entry(Kind.PIPE, path));
        case 's' -> found.add(new Entry(Kind.SOCKET, path));
        case 'd' -> found.add(new Entry(Kind.CLOSED, path));
        case 'h' -> found.add(new Entry(Kind.HUGE, path));
        case 'u' -> found.add(new Entry(Kind.PRIVILEGED, path));
        case 'b', 'c' -> found.add(new Entry(Kind.DEVICE, path));
        default -> throw new IllegalStateException("find printed " + item);
      }
    }
    return new TreeScan(repositories, blocking, ignores, found);
  }

  /** Whether the index has to be prepared before git adds the tree. */
  boolean needsPlaces() {
    return repositories || found.stream().anyMatch(e -> e.kind().special());
  }

  /** The paths that git must not add. */
  List<String> excluded() {
    return found.stream().filter(e -> e.kind().excluded()).map(Entry::path).toList();
  }

  /**
   * Puts an entry into the index beside each nested {@code .git}, so that git takes the directory
   * for a plain one and opens nothing of the nested {@code .git}; and removes special files from
   * the index. Adding the tree removes these entries again. Names pass from find to git as bytes.
   */
  static void places(Git git, String name) {
    String blob = git.feed("", "hash-object", "-w", "--stdin");
    Git.Result answer =
        git.tool(
            "bash",
            "-c",
            "set -o pipefail; { find -P \"$1\" -path \"$1/.git\" -prune"
                + " -o -name .git -printf \"100644 $2\\t%P.nested\\0\" -prune -o \\( "
                + String.join(" ", SPECIAL.subList(1, SPECIAL.size() - 1))
                + " \\) -printf \"0 $2\\t%P\\0\" || true; } | git update-index -z --index-info",
            "places",
            name,
            blob);
    if (!answer.ok()) {
      throw new Fault("git update-index failed: " + answer.error().strip());
    }
  }

  /** Deletes special files with a name that git opens: opening them blocks or never ends. */
  static void removeBlocking(Git git, String name) {
    List<String> argv = new ArrayList<>(List.of("find", "-P", name));
    argv.addAll(List.of("-not", "-path", name + "/.git/*"));
    argv.addAll(OPENED);
    argv.addAll(SPECIAL);
    argv.add("-delete");
    Git.Result _ = git.tool(argv.toArray(String[]::new));
  }
}

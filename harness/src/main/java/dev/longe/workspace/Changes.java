package dev.longe.workspace;

import java.util.ArrayList;
import java.util.List;

/** Differences between two trees. */
record Changes(List<Changes.Path> paths, int added, int removed) {
  /** The mode of a path that a tree does not have. */
  static final String ABSENT = "000000";

  /**
   * A changed path.
   *
   * @param oldMode mode in the older tree
   * @param oldId object id in the older tree
   * @param newMode mode in the newer tree
   */
  record Path(String name, String oldMode, String oldId, String newMode) {}

  /** The changed paths that are symbolic links in the newer tree. */
  List<String> links() {
    return paths.stream().filter(p -> p.newMode().equals("120000")).map(Path::name).toList();
  }

  static Changes between(Git git, String older, String newer) {
    String text =
        git.run(
            "diff-tree",
            "-r",
            "-z",
            "--no-renames",
            "--raw",
            "--numstat",
            "--abbrev=64",
            older,
            newer);
    List<Path> paths = new ArrayList<>();
    int added = 0;
    int removed = 0;
    String[] parts = text.split("\0");
    for (int i = 0; i < parts.length && !parts[i].isEmpty(); i++) {
      if (parts[i].startsWith(":")) {
        String[] raw = parts[i].substring(1).split(" ");
        paths.add(new Path(parts[++i], raw[0], raw[2], raw[1]));
      } else {
        String[] stat = parts[i].split("\t", 3);
        added += stat[0].equals("-") ? 0 : Integer.parseInt(stat[0]);
        removed += stat[1].equals("-") ? 0 : Integer.parseInt(stat[1]);
      }
    }
    return new Changes(paths, added, removed);
  }
}

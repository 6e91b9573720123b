package dev.longe.workspace;

import dev.longe.core.OutsideLink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The symbolic links of a git tree, with where they point.
 *
 * @param targets the text of each link by its path
 */
record SymbolicLinks(Map<String, String> targets) {
  /** As many links as the kernel follows for one path. After that the path does not exist. */
  private static final int FOLLOWED_MAX = 40;

  private static final String LINK = "120000 ";

  SymbolicLinks {
    targets = Map.copyOf(targets);
  }

  /** All links of a tree. */
  static SymbolicLinks of(Git git, String tree) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (String entry : git.run("ls-tree", "-r", "-z", "--full-tree", tree).split("\0")) {
      if (entry.startsWith(LINK)) {
        int tab = entry.indexOf('\t');
        ids.put(entry.substring(tab + 1), entry.substring(0, tab).split(" ")[2]);
      }
    }
    Map<String, String> texts = texts(git, ids.values().stream().distinct().toList());
    Map<String, String> targets = new LinkedHashMap<>();
    ids.forEach((path, id) -> targets.put(path, texts.getOrDefault(id, "")));
    return new SymbolicLinks(targets);
  }

  /** The contents of blobs by id. A word that no content can foresee separates them. */
  private static Map<String, String> texts(Git git, List<String> ids) {
    String word = UUID.randomUUID().toString();
    String output =
        git.feed(String.join("\n", ids) + "\n", "cat-file", "--batch=" + word + " %(objectname)");
    Map<String, String> texts = new LinkedHashMap<>();
    for (String part : output.split("(?m)^" + word + " ")) {
      int end = part.indexOf('\n');
      if (end > 0) {
        String text = part.substring(end + 1);
        texts.put(
            part.substring(0, end),
            text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
      }
    }
    return texts;
  }

  /** Those of some links that point outside the tree, themselves or by way of another link. */
  List<OutsideLink> outside(List<String> of) {
    List<OutsideLink> found = new ArrayList<>();
    for (String path : of) {
      Optional<String> target = Optional.ofNullable(targets.get(path));
      target.filter(_ -> leaves(path)).ifPresent(t -> found.add(new OutsideLink(path, t)));
    }
    return found;
  }

  /** Two names that are not valid UTF-8 can look the same, so it is not known where they lead. */
  private static boolean unclear(String part) {
    return part.indexOf('\uFFFD') >= 0;
  }

  private boolean leaves(String link) {
    Deque<String> ahead = new ArrayDeque<>(parts(link));
    List<String> at = new ArrayList<>();
    int followed = 0;
    while (!ahead.isEmpty()) {
      String part = ahead.pop();
      if (part.equals("..")) {
        if (at.isEmpty()) {
          return true;
        }
        at.removeLast();
        continue;
      }
      if (part.equals(".git") || unclear(part)) {
        return true; // .git is no part of the commit
      }
      at.add(part);
      Optional<String> target = Optional.ofNullable(targets.get(String.join("/", at)));
      if (target.isPresent()) {
        if (target.get().startsWith("/")) {
          return true;
        }
        if (++followed > FOLLOWED_MAX) {
          return false;
        }
        at.removeLast();
        parts(target.get()).reversed().forEach(ahead::push);
      }
    }
    return false;
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/")).filter(p -> !p.isEmpty() && !p.equals(".")).toList();
  }
}

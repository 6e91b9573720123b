package dev.longe.engine;

import dev.longe.core.Commit;
import dev.longe.core.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A small git in memory: commits with parents, a tree and a message; refs that move only from the
 * commit that the caller saw. It counts nothing by itself: who asks what landed walks the history.
 */
final class SimGit {
  static final String MAIN = "refs/heads/main";

  private record Stored(List<Commit> parents, String tree, String message) {}

  private final Map<Commit, Stored> commits = new HashMap<>();
  private final Map<String, Commit> refs = new HashMap<>();
  private final Map<String, List<Commit>> moves = new HashMap<>();
  private final Commit base;

  SimGit() {
    base = commit("tree-base", "base", List.of());
    boolean _ = move(MAIN, Optional.empty(), base);
  }

  Commit base() {
    return base;
  }

  Commit commit(String tree, String message, List<Commit> parents) {
    Commit id = new Commit("%040x".formatted(commits.size() + 1));
    commits.put(id, new Stored(List.copyOf(parents), tree, message));
    return id;
  }

  /** Compare and swap; false if the ref is not at {@code from} any more. */
  boolean move(String ref, Optional<Commit> from, Commit to) {
    if (!at(ref).equals(from)) {
      return false;
    }
    force(ref, to);
    return true;
  }

  /** Moves a ref whatever it is at. Only a candidate's ref, which has one writer, may do so. */
  void force(String ref, Commit to) {
    refs.put(ref, to);
    moves.computeIfAbsent(ref, _ -> new ArrayList<>()).add(to);
  }

  void delete(String prefix) {
    refs.keySet().removeIf(r -> r.startsWith(prefix));
  }

  Optional<Commit> at(String ref) {
    return Optional.ofNullable(refs.get(ref));
  }

  /** Every commit that a ref was ever at. */
  List<Commit> moves(String ref) {
    return List.copyOf(moves.getOrDefault(ref, List.of()));
  }

  String tree(Commit commit) {
    return stored(commit).tree();
  }

  private Stored stored(Commit commit) {
    return Optional.ofNullable(commits.get(commit)).orElseThrow();
  }

  /** A commit and all that it stands on. */
  Set<Commit> history(Commit tip) {
    Set<Commit> seen = new LinkedHashSet<>();
    Deque<Commit> open = new ArrayDeque<>(List.of(tip));
    while (!open.isEmpty()) {
      Commit one = open.remove();
      if (seen.add(one)) {
        open.addAll(stored(one).parents());
      }
    }
    return seen;
  }

  static String message(TaskId task) {
    return "the change\n\nLonge-Task: " + task + "\n";
  }

  /** The commits of a ref's history that carry the task in their message. */
  List<Commit> landings(String ref, TaskId task) {
    return at(ref).stream()
        .flatMap(tip -> history(tip).stream())
        .filter(c -> stored(c).message().equals(message(task)))
        .toList();
  }

  /** The trees that a ref below {@code prefix} still holds. */
  Set<String> trees(String prefix) {
    Set<Commit> held = new HashSet<>();
    refs.forEach((ref, tip) -> {
      if (ref.startsWith(prefix)) {
        held.addAll(history(tip));
      }
    });
    return held.stream().map(this::tree).collect(Collectors.toSet());
  }
}

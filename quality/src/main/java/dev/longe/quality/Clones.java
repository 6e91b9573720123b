package dev.longe.quality;

import dev.longe.quality.FileFacts.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Duplicated code. */
record Clones(List<Finding> smells, int lines) {
  private static final int RUN_LINES_MIN = 5;

  private record Place(String path, Shape shape) {}

  static Clones of(Map<String, FileFacts> files) {
    Map<String, BitSet> covered = new HashMap<>();
    List<Finding> smells = new ArrayList<>(trees(files, covered));
    smells.addAll(runs(files, covered));
    return new Clones(smells, covered.values().stream().mapToInt(BitSet::cardinality).sum());
  }

  /** The places of every shape that occurs more than once, largest shapes first. */
  private static List<List<Place>> groups(
      Map<String, FileFacts> files, Function<FileFacts, List<Shape>> shapes) {
    long[] all =
        files.values().stream()
            .flatMap(f -> shapes.apply(f).stream())
            .mapToLong(Shape::hash)
            .toArray();
    Arrays.sort(all);
    Map<Long, List<Place>> groups = new HashMap<>();
    for (int i = 1; i < all.length; i++) {
      if (all[i] == all[i - 1]) {
        groups.putIfAbsent(all[i], new ArrayList<>());
      }
    }
    files.forEach((path, facts) -> {
      for (Shape shape : shapes.apply(facts)) {
        List<Place> group = groups.get(shape.hash());
        if (group != null) {
          group.add(new Place(path, shape));
        }
      }
    });
    return groups.values().stream()
        .sorted(
            Comparator.<List<Place>>comparingInt(g -> -g.getFirst().shape().tokens())
                .thenComparing(g -> g.getFirst().path())
                .thenComparingInt(g -> g.getFirst().shape().line()))
        .toList();
  }

  private static List<Finding> trees(Map<String, FileFacts> files, Map<String, BitSet> covered) {
    List<Finding> smells = new ArrayList<>();
    for (List<Place> group : groups(files, FileFacts::trees)) {
      List<Place> open = group.stream().filter(p -> !isCovered(p, covered)).toList();
      for (Place place : open) {
        Place other = group.stream().filter(p -> !p.equals(place)).findFirst().orElse(place);
        smells.add(smell(place, other));
      }
      open.forEach(p -> cover(p, covered));
    }
    return smells;
  }

  private static boolean isCovered(Place place, Map<String, BitSet> covered) {
    BitSet lines = covered.get(place.path());
    return lines != null && lines.nextClearBit(place.shape().line()) > place.shape().endLine();
  }

  private static void cover(Place place, Map<String, BitSet> covered) {
    covered
        .computeIfAbsent(place.path(), _ -> new BitSet())
        .set(place.shape().line(), place.shape().endLine() + 1);
  }

  private static Finding smell(Place place, Place other) {
    Shape s = place.shape();
    return new Finding(
        Rule.CLONE,
        place.path(),
        s.line(),
        s.endLine(),
        "",
        s.hash(),
        s.endLine() - s.line() + 1,
        "the same as " + other.path() + ":" + other.shape().line(),
        Optional.empty());
  }

  /** Repeated token runs outside of duplicated syntactic pieces. */
  private static List<Finding> runs(Map<String, FileFacts> files, Map<String, BitSet> covered) {
    Map<String, BitSet> repeated = new HashMap<>();
    Map<String, Map<Integer, Place[]>> firsts = new HashMap<>();
    for (List<Place> group : groups(files, FileFacts::windows)) {
      for (Place place : group) {
        Optional<Place> other = group.stream().filter(p -> apart(p, place)).findFirst();
        if (other.isPresent()) {
          cover(place, repeated);
          firsts
              .computeIfAbsent(place.path(), _ -> new HashMap<>())
              .putIfAbsent(place.shape().line(), new Place[] {place, other.get()});
        }
      }
    }
    List<Finding> smells = new ArrayList<>();
    repeated.forEach((path, lines) -> {
      Optional.ofNullable(covered.get(path)).ifPresent(lines::andNot);
      for (int from = lines.nextSetBit(0); from >= 0; from = lines.nextSetBit(from)) {
        int to = lines.nextClearBit(from);
        Place[] first = firsts.getOrDefault(path, Map.of()).get(from);
        if (to - from >= RUN_LINES_MIN && first != null) {
          Shape run = new Shape(first[0].shape().hash(), from, to - 1, 0);
          smells.add(smell(new Place(path, run), first[1]));
          covered.computeIfAbsent(path, _ -> new BitSet()).set(from, to);
        }
        from = to;
      }
    });
    return smells;
  }

  private static boolean apart(Place a, Place b) {
    return !a.path().equals(b.path())
        || a.shape().line() > b.shape().endLine()
        || b.shape().line() > a.shape().endLine();
  }
}

package dev.longe.quality;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Findings that a candidate adds to its base, worsens, or resolves. A moved or renamed finding
 * counts as unchanged.
 */
public record Delta(List<Finding> added, List<Finding> worsened, List<Finding> resolved) {
  /** A finding whose weight grew by less than this factor counts as unchanged. */
  private static final double GROWTH = 1.01;

  public Delta {
    added = List.copyOf(added);
    worsened = List.copyOf(worsened);
    resolved = List.copyOf(resolved);
  }

  /** The candidate's findings relative to the base's. */
  public static Delta between(Metrics base, Metrics candidate) {
    return new Ratchet(base, candidate).turn();
  }

  /** Pairs findings of base and candidate, the most similar ones first. */
  private static final class Ratchet {
    private static final List<Function<Finding, Object>> LIKENESSES =
        List.of(
            s -> List.of(s.rule(), s.path(), s.fingerprint(), s.line()),
            s -> List.of(s.rule(), s.path(), s.fingerprint()),
            s -> List.of(s.rule(), s.fingerprint()),
            s -> s.function().isEmpty() ? s : List.of(s.rule(), s.path(), s.function()),
            s -> s.function().isEmpty() ? s : List.of(s.rule(), s.function()));

    private final Metrics base;
    private final Metrics candidate;
    private final List<Finding> worsened = new ArrayList<>();

    Ratchet(Metrics base, Metrics candidate) {
      this.base = base;
      this.candidate = candidate;
    }

    Delta turn() {
      List<Finding> before = base.smells();
      List<Finding> after = candidate.smells();
      for (Function<Finding, Object> likeness : LIKENESSES) {
        Map<Object, Deque<Finding>> open = new HashMap<>();
        before.forEach(
            s -> open.computeIfAbsent(likeness.apply(s), _ -> new ArrayDeque<>()).add(s));
        List<Finding> left = new ArrayList<>();
        Set<Finding> paired = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Finding s : after) {
          Deque<Finding> twins = open.get(likeness.apply(s));
          if (twins == null || twins.isEmpty()) {
            left.add(s);
          } else {
            Finding twin = twins.remove();
            paired.add(twin);
            if (s.weight() > twin.weight() * GROWTH) {
              worsened.add(s);
            }
          }
        }
        before = before.stream().filter(s -> !paired.contains(s)).toList();
        after = left;
      }
      List<Finding> added = new ArrayList<>(after.stream().filter(this::isNew).toList());
      added.addAll(lostAssertions());
      return new Delta(added, worsened, before.stream().filter(this::isGone).toList());
    }

    /** Whether a finding is new. The unchanged original of a new copy is not. */
    private boolean isNew(Finding s) {
      return s.rule() != Rule.CLONE || !candidate.sameContent(base, s.path());
    }

    private boolean isGone(Finding s) {
      return s.rule() != Rule.CLONE || !base.sameContent(candidate, s.path());
    }

    /** Tests with fewer assertions than before, wherever they are now. */
    private List<Finding> lostAssertions() {
      Map<String, Integer> now = new HashMap<>();
      Set<Long> shapes = new HashSet<>();
      Set<String> names = new HashSet<>();
      tests(candidate)
          .forEach((path, functions) ->
              functions.forEach(f -> {
                now.merge(path + "\0" + f.name(), f.assertions(), Integer::sum);
                now.merge("\0" + f.name(), f.assertions(), Integer::sum);
                shapes.add(f.shape());
                names.add(path + "\0" + f.name());
              }));
      List<Finding> lost = new ArrayList<>();
      tests(base)
          .forEach((path, functions) -> {
            Map<String, Integer> before = new LinkedHashMap<>();
            functions.stream()
                .filter(f -> !shapes.contains(f.shape()))
                .forEach(f -> before.merge(f.name(), f.assertions(), Integer::sum));
            before.forEach((name, n) -> {
              boolean here = names.contains(path + "\0" + name);
              int left = now.getOrDefault((here ? path : "") + "\0" + name, 0);
              if (left < n) {
                lost.add(lost(path, name, n, left));
              }
            });
          });
      return lost;
    }

    private Map<String, List<FileFacts.Function>> tests(Metrics census) {
      Map<String, List<FileFacts.Function>> tests = new LinkedHashMap<>();
      census
          .files()
          .forEach((path, facts) -> {
            if (TestCode.isTest(path)) {
              tests.put(path, facts.functions().stream().filter(f -> f.assertions() > 0).toList());
            }
          });
      return tests;
    }

    private Finding lost(String path, String name, int before, int after) {
      int line =
          Optional.ofNullable(candidate.files().get(path)).stream()
              .flatMap(f -> f.functions().stream())
              .filter(f -> f.name().equals(name))
              .map(FileFacts.Function::line)
              .findFirst()
              .orElse(1);
      return new Finding(
          Rule.ASSERTION_REMOVED,
          path,
          line,
          line,
          name,
          Hash.of(name),
          before - after,
          "%s asserted %d times, now %d".formatted(name, before, after),
          Optional.empty());
    }
  }
}

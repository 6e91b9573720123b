package dev.longe.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** All measured files of a tree, and the tree's measures. Immutable. */
public final class Metrics {
  private final Map<String, FileFacts> files;
  private final Map<String, String> contents;
  private final Map<String, Integer> skipped;
  private final List<Finding> smells;
  private final Map<Measure, Double> measures;

  /**
   * Metrics of measured files.
   *
   * @param contents content id of every measured path
   * @param skipped number of files that were not measured, by reason
   */
  Metrics(
      Map<String, FileFacts> files, Map<String, String> contents, Map<String, Integer> skipped) {
    this.files = new TreeMap<>(files);
    this.contents = Map.copyOf(contents);
    this.skipped = new TreeMap<>(skipped);
    Clones clones = Clones.of(this.files);
    this.smells = all(clones);
    this.measures = measure(clones);
  }

  private List<Finding> all(Clones clones) {
    List<Finding> all = new ArrayList<>(clones.smells());
    files.forEach((path, facts) -> {
      boolean test = TestCode.isTest(path);
      facts.smells().stream()
          .filter(s -> test || s.rule().family() != Rule.Family.TESTS)
          .forEach(s -> all.add(s.at(path)));
    });
    all.sort(
        Comparator.comparing(Finding::path)
            .thenComparingInt(Finding::line)
            .thenComparing(Finding::rule));
    return List.copyOf(all);
  }

  private Map<Measure, Double> measure(Clones clones) {
    Map<Measure, Double> m = new EnumMap<>(Measure.class);
    double mass = 0;
    double complex = 0;
    for (Map.Entry<String, FileFacts> file : files.entrySet()) {
      add(m, Measure.LINES, file.getValue().lines());
      add(m, Measure.FUNCTIONS, file.getValue().functions().size());
      boolean test = TestCode.isTest(file.getKey());
      for (FileFacts.Function f : file.getValue().functions()) {
        add(m, Measure.ASSERTIONS, test ? f.assertions() : 0);
        mass += f.mass();
        complex += f.complex() ? f.mass() : 0;
      }
    }
    m.put(Measure.MASS, mass);
    m.put(Measure.EROSION, mass == 0 ? 0 : complex / mass);
    m.put(Measure.CLONE_LINES, (double) clones.lines());
    m.put(Measure.SINGLE_USE, singleUse());
    smells.forEach(s -> counted(s).ifPresent(measure -> add(m, measure, 1)));
    for (Measure measure : Measure.values()) {
      m.putIfAbsent(measure, 0.0);
    }
    return m;
  }

  private static void add(Map<Measure, Double> m, Measure measure, double n) {
    m.merge(measure, n, Double::sum);
  }

  private static Optional<Measure> counted(Finding smell) {
    boolean test = TestCode.isTest(smell.path());
    return switch (smell.rule()) {
      case SWALLOW_EMPTY, SWALLOW_LOG, SWALLOW_DEFAULT, SWALLOW_SENTINEL, CAUSE_LOST ->
          test ? Optional.empty() : Optional.of(Measure.HIDING);
      case DEFAULT_FALLBACK -> Optional.of(Measure.FALLBACKS);
      case REDUNDANT_GUARD -> Optional.of(Measure.GUARDS);
      case TRIVIAL_WRAPPER -> Optional.of(Measure.WRAPPERS);
      case SUPPRESSION, CAST -> Optional.of(Measure.SUPPRESSIONS);
      case TEST_SKIPPED, TEST_SLEEP -> Optional.of(Measure.SKIPPED_TESTS);
      case SWALLOW_NARROW, CLONE, COMPLEX_FUNCTION, ASSERTION_REMOVED, TOLERANCE ->
          Optional.empty();
    };
  }

  /** Number of functions whose name is defined once and called once. */
  private double singleUse() {
    Map<String, Integer> called = new HashMap<>();
    Map<String, Integer> defined = new HashMap<>();
    files.forEach((path, facts) -> {
      facts.calls().forEach((name, n) -> called.merge(name, n, Integer::sum));
      facts.functions().forEach(f -> defined.merge(f.name(), 1, Integer::sum));
    });
    return defined.entrySet().stream()
        .filter(e -> e.getValue() == 1 && called.getOrDefault(e.getKey(), 0) == 1)
        .count();
  }

  Map<String, FileFacts> files() {
    return files;
  }

  /** Whether a path has the same content in another tree. */
  boolean sameContent(Metrics other, String path) {
    return contents.containsKey(path) && contents.get(path).equals(other.contents.get(path));
  }

  /** All findings, ordered by location. */
  public List<Finding> smells() {
    return smells;
  }

  /** All measures. */
  public Map<Measure, Double> measures() {
    return Map.copyOf(measures);
  }

  public double measure(Measure measure) {
    return Objects.requireNonNull(measures.get(measure));
  }

  /** Number of files that were not measured, by reason. */
  public Map<String, Integer> skipped() {
    return skipped;
  }

  /** Lines of measured code by language. */
  public Map<String, Integer> languages() {
    Map<String, Integer> lines = new TreeMap<>();
    files.values().forEach(f -> lines.merge(f.language(), f.lines(), Integer::sum));
    return lines;
  }
}

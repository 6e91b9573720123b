package dev.longe.review;

import dev.longe.core.Commit;
import dev.longe.workspace.Authorship;
import dev.longe.workspace.Notes;
import dev.longe.workspace.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Computes which lines of a repository at least one person understands. Other lines are called
 * dark. A person's understanding of a line is {@code weight(kind) · 2^(−age / halfLife)}. Each
 * later act of the same person on the same line doubles the half-life, at most four times. A line
 * is understood from 0.5 on. The formula follows forgetting curves; the constants are own choices.
 */
public final class Understanding {
  /** Own choice: after half a year, the understanding of a line has halved. */
  public static final Duration HALF_LIFE = Duration.ofDays(180);

  /** Maximum number of commits that are read. */
  public static final int COMMITS_MAX = 5_000;

  private static final double UNDERSTOOD = 0.5;
  private static final int DOUBLINGS_MAX = 4;

  private final Instant now;
  private final Duration halfLife;
  private final Map<String, Map<String, List<Act>>> acts = new HashMap<>();

  /** Previous hash of each line whose preceding line changed, by its new hash. */
  private final Map<String, String> earlier = new HashMap<>();

  private record Act(UnderstandingNotes.Kind kind, Instant when) {}

  /**
   * Understanding of a file or directory.
   *
   * @param lines number of lines with content
   * @param understood number of these lines that somebody understands
   * @param who the people who understand at least half of it
   */
  public record Part(String path, int lines, int understood, Set<String> who) {
    public Part {
      who = Set.copyOf(who);
    }

    public int dark() {
      return lines - understood;
    }
  }

  private Understanding(Instant now, Duration halfLife) {
    this.now = now;
    this.halfLife = halfLife;
  }

  /**
   * Computes the understanding of files from a repository's history and notes.
   *
   * @param scope the only directory whose history is read; lines that were moved in from elsewhere
   *     are then dark
   * @param files the paths to compute
   * @param content gives a file's text at the commit; empty if the file is not text
   */
  public static List<Part> of(
      Repository repository,
      Commit commit,
      Optional<String> scope,
      List<String> files,
      Function<String, Optional<String>> content,
      Instant now,
      Duration halfLife) {
    Understanding u = new Understanding(now, halfLife);
    u.history(repository, commit, scope);
    u.notes(repository);
    List<Part> parts = new ArrayList<>();
    for (String path : files) {
      content
          .apply(path)
          .map(text -> u.part(path, text))
          .filter(p -> p.lines() > 0)
          .ifPresent(parts::add);
    }
    return parts;
  }

  private void history(Repository repository, Commit commit, Optional<String> scope) {
    Map<String, String> ai = repository.notes().all(Notes.GIT_AI);
    Map<String, String> traces = repository.notes().all(Notes.AGENT_TRACE);
    for (Authorship.Added added : repository.content().authorship(commit, COMMITS_MAX, scope)) {
      Optional<AgentLines> told =
          Optional.ofNullable(ai.get(added.commit()))
              .map(AgentLines::ofGitAi)
              .or(() ->
                  Optional.ofNullable(traces.get(added.commit())).flatMap(AgentLines::ofTrace));
      for (Authorship.Kept k : added.kept()) {
        earlier.putIfAbsent(
            LineHashes.hash(k.previous(), k.text()), LineHashes.hash(k.previousBefore(), k.text()));
      }
      for (Authorship.Line line : added.lines()) {
        boolean agents =
            told.map(a -> a.wrote(added.path(), line.number())).orElse(added.assisted());
        if (!agents) {
          UnderstandingNotes.Kind kind =
              line.replaces() ? UnderstandingNotes.Kind.EDITED : UnderstandingNotes.Kind.WROTE;
          act(added.author(), LineHashes.hash(line.previous(), line.text()), kind, added.when());
        }
      }
    }
  }

  private void notes(Repository repository) {
    repository
        .notes()
        .all(Notes.UNDERSTANDING)
        .values()
        .forEach(note ->
            UnderstandingNotes.read(note)
                .forEach(e -> e.lines().forEach(l -> act(e.who(), l, e.kind(), e.when()))));
  }

  private void act(String who, String line, UnderstandingNotes.Kind kind, Instant when) {
    acts.computeIfAbsent(line, _ -> new HashMap<>(2))
        .computeIfAbsent(who, _ -> new ArrayList<>(1))
        .add(new Act(kind, when));
  }

  private Part part(String path, String text) {
    Map<String, Integer> known = new HashMap<>();
    int lines = 0;
    int understood = 0;
    String previous = "";
    for (String line : text.lines().toList()) {
      if (LineHashes.says(line)) {
        lines++;
        Set<String> people = whoUnderstands(LineHashes.hash(previous, line));
        understood += people.isEmpty() ? 0 : 1;
        people.forEach(p -> known.merge(p, 1, Integer::sum));
      }
      previous = line;
    }
    Set<String> who = new HashSet<>();
    int half = (lines + 1) / 2;
    known.forEach((person, n) -> {
      if (n >= half) {
        who.add(person);
      }
    });
    return new Part(path, lines, understood, who);
  }

  private Set<String> whoUnderstands(String line) {
    Map<String, List<Act>> did = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (String name = line; name != null && names.add(name); name = earlier.get(name)) {
      acts.getOrDefault(name, Map.of())
          .forEach((who, some) -> did.computeIfAbsent(who, _ -> new ArrayList<>()).addAll(some));
    }
    Set<String> people = new HashSet<>();
    did.forEach((who, all) -> {
      if (strength(all) >= UNDERSTOOD) {
        people.add(who);
      }
    });
    return people;
  }

  private double strength(List<Act> did) {
    double best = 0;
    for (Act act : did) {
      long later =
          did.stream().filter(a -> a.when().isAfter(act.when()) && a.kind().weight() > 0).count();
      double life = halfLife.toSeconds() * Math.pow(2, (double) Math.min(later, DOUBLINGS_MAX));
      double age = Math.max(0, Duration.between(act.when(), now).toSeconds());
      best = Math.max(best, act.kind().weight() * Math.pow(2, -age / life));
    }
    return best;
  }

  /**
   * The truck factor, based on understanding instead of authorship: the smallest number of people
   * whose leaving means that nobody understands more than half of the files. 0 if that is already
   * so.
   */
  public static int truckFactor(List<Part> parts) {
    List<Set<String>> left =
        new ArrayList<>(parts.stream().map(p -> (Set<String>) new HashSet<>(p.who())).toList());
    int gone = 0;
    while (2 * left.stream().filter(Set::isEmpty).count() <= left.size() && !left.isEmpty()) {
      Map<String, Integer> covers = new TreeMap<>();
      left.forEach(who -> who.forEach(p -> covers.merge(p, 1, Integer::sum)));
      String most =
          covers.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      left.forEach(who -> who.remove(most));
      gone++;
    }
    return gone;
  }

  /** Totals of each directory, {@code depth} levels deep. */
  public static Map<String, Part> directories(List<Part> parts, int depth) {
    Map<String, Part> sums = new LinkedHashMap<>();
    parts.stream()
        .sorted(Comparator.comparing(Part::path))
        .forEach(p -> {
          String[] names = p.path().split("/");
          int n = Math.min(depth, names.length - 1);
          String directory = n == 0 ? "." : String.join("/", List.of(names).subList(0, n)) + "/";
          sums.merge(
              directory,
              new Part(directory, p.lines(), p.understood(), Set.of()),
              (a, b) ->
                  new Part(
                      directory, a.lines() + b.lines(), a.understood() + b.understood(), Set.of()));
        });
    return sums;
  }
}

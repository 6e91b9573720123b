package dev.longe.review;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Invariant;
import dev.longe.core.TaskState;
import dev.longe.workspace.Content;
import dev.longe.workspace.Globs;
import dev.longe.workspace.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The difference between a candidate and its base, read from the repository.
 *
 * @param texts content of the changed files in the candidate, where it can be read
 * @param borne invariants whose paths the change touches
 * @param dependencies lines added to files that declare dependencies, prefixed by the file
 */
public record CandidateChange(
    Commit base,
    Commit candidate,
    List<Content.FileChange> files,
    Map<String, String> texts,
    List<Invariant> borne,
    List<String> dependencies) {
  private static final Pattern MANIFEST =
      Pattern.compile(
          "(?:^|/)(?:package\\.json|pom\\.xml|build\\.gradle(?:\\.kts)?|requirements[^/]*\\.txt|pyproject\\.toml|setup\\.(?:py|cfg)"
              + "|go\\.mod|Cargo\\.toml|Gemfile|composer\\.json|CMakeLists\\.txt|libs\\.versions\\.toml)$|\\.csproj$|\\.gemspec$");

  /** Maximum number of file texts. Own choice: more files than anyone reads in one sitting. */
  private static final int TEXTS_MAX = 100;

  public CandidateChange {
    files = List.copyOf(files);
    texts = Map.copyOf(texts);
    borne = List.copyOf(borne);
    dependencies = List.copyOf(dependencies);
  }

  /** The change of a task's candidate. */
  public static CandidateChange of(TaskState task, Repository repository, Candidate candidate) {
    Commit base = task.submitted().source().base();
    List<Content.FileChange> files = repository.content().changes(base, candidate.commit());
    Map<String, String> texts = new HashMap<>();
    files.stream()
        .filter(f -> !f.binary())
        .limit(TEXTS_MAX)
        .forEach(f ->
            repository.read(candidate.commit(), f.path()).ifPresent(t -> texts.put(f.path(), t)));
    List<Invariant> borne =
        task.frame().invariants().stream()
            .filter(i -> files.stream().anyMatch(f -> bears(i, f)))
            .toList();
    return new CandidateChange(
        base, candidate.commit(), files, texts, borne, added(repository, base, candidate, files));
  }

  private static boolean bears(Invariant invariant, Content.FileChange file) {
    Globs globs = new Globs(invariant.paths());
    return globs.match(file.path()) || globs.match(file.from());
  }

  private static List<String> added(
      Repository repository, Commit base, Candidate candidate, List<Content.FileChange> files) {
    List<String> added = new ArrayList<>();
    for (Content.FileChange file : files) {
      if (MANIFEST.matcher(file.path()).find()) {
        repository
            .content()
            .diff(base, candidate.commit(), false, List.of(file.path()))
            .lines()
            .filter(l -> l.startsWith("+") && !l.startsWith("+++"))
            .map(l -> l.substring(1).strip())
            .filter(CandidateChange::namesDependency)
            .forEach(l -> added.add(file.path() + ": " + l));
      }
    }
    return added;
  }

  /**
   * Whether a line contains a name with a version, or an element with one. This is common to all
   * kinds of dependency manifests.
   */
  private static boolean namesDependency(String line) {
    return line.matches(
            ".*(?:[\\^~=<>]=?\\s*\\d|\"\\d|\\sv\\d|<artifactId>|[Ii]mplementation|[Aa]pi\\(|gem"
                + " ['\"]|PackageReference|find_package).*")
        && !line.matches("\"?version\"?\\s*[:=].*");
  }

  /** Number of changed lines in text files. */
  public int lines() {
    return files.stream().mapToInt(Content.FileChange::lines).sum();
  }
}

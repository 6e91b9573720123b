package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.home.Directories;
import dev.longe.sandbox.Confinement.Overlay;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a prepared base: first the checkout, then the setup runs in it, then it is finished. */
public final class BasePreparation {
  private final Repository repository;
  private final HarnessGit harnessGit;
  private final Trees trees;
  private final Seed seed;
  private final Commit commit;
  private final Path seen;
  private final PreparedBase made;

  BasePreparation(
      Repository repository,
      HarnessGit harnessGit,
      Trees trees,
      Seed seed,
      Commit commit,
      Path seen,
      PreparedBase made) {
    this.repository = repository;
    this.harnessGit = harnessGit;
    this.trees = trees;
    this.seed = seed;
    this.commit = commit;
    this.seen = seen;
    this.made = made;
  }

  /**
   * Makes the checkout.
   *
   * @param near another base of the repository; only the differences from it are written
   * @return the overlay of the setup, with a repository in its tree
   */
  public Overlay checkOut(Optional<PreparedBase> near) {
    harnessGit.git().delete(made.directory());
    Directories.make(made.directory());
    String attributes = harnessGit.attributes();
    List<Path> checkout =
        near.filter(n -> n.attributes().equals(attributes.stripTrailing()))
            .map(this::differences)
            .orElseGet(this::whole);
    made.describe(repository.common(), commit, attributes, checkout);
    Path written = Directories.made(Overlay.upper(made.setup()));
    seed.plant(written, commit, made.index());
    return setup();
  }

  /**
   * A text that is the same for all commits in which the setup depends on the same content. Call it
   * after {@link #checkOut}.
   *
   * @return empty if a glob names no file, or a link may lead to one: the setup then depends on the
   *     whole commit
   */
  public Optional<String> state(SetupInputs inputs) {
    Globs globs = new Globs(inputs.globs());
    Git index = harnessGit.git().with("GIT_INDEX_FILE", made.index());
    List<String> all =
        Stream.of(index.run("ls-files", "--stage", "-z").split("\0"))
            .filter(e -> !e.isEmpty())
            .toList();
    List<String> entries = all.stream().filter(e -> link(e) || globs.match(path(e))).toList();
    boolean each =
        inputs.globs().stream()
            .map(g -> new Globs(List.of(g)))
            .allMatch(g -> entries.stream().map(BasePreparation::path).anyMatch(g::match));
    boolean links = all.stream().anyMatch(e -> link(e) && inputs.mayLeadTo(path(e)));
    return each && !links
        ? Optional.of(harnessGit.attributes() + "\0" + String.join("\0", entries))
        : Optional.empty();
  }

  /** Whether an entry is a symbolic link or a submodule. */
  private static boolean link(String entry) {
    return !entry.startsWith("100");
  }

  private static String path(String entry) {
    return entry.substring(entry.indexOf('\t') + 1);
  }

  /**
   * Takes the result of the setup from another base, whose setup depended on the same.
   *
   * @return false if the setup wrote one of the files that differ between both commits
   */
  public boolean reuse(PreparedBase other) {
    Git.Result differing =
        harnessGit
            .git()
            .ask(
                "diff-tree",
                "-r",
                "-z",
                "--name-only",
                "--no-renames",
                other.commit().id(),
                commit.id());
    Path written = Overlay.upper(other.setup());
    boolean free =
        differing.ok()
            && Stream.of(differing.output().split("\0"))
                .filter(p -> !p.isEmpty())
                .noneMatch(p -> Files.exists(written.resolve(p), LinkOption.NOFOLLOW_LINKS));
    if (free) {
      made.setUpIn(other);
    }
    return free;
  }

  private Overlay setup() {
    return new Overlay(seen, made.belowSetup(), made.setup());
  }

  private List<Path> whole() {
    trees.checkOut(commit, made.tree(), made.index());
    return List.of(made.tree());
  }

  private List<Path> differences(PreparedBase near) {
    Overlay layer = new Overlay(seen, near.checkout(), made.difference());
    Directories.make(Overlay.upper(made.difference()));
    near.copyIndex(made.index());
    in(layer).run("read-tree", "-u", "--reset", commit.id());
    return Stream.concat(Stream.of(Overlay.upper(made.difference())), near.checkout().stream())
        .toList();
  }

  private Git in(Overlay layer) {
    return harnessGit
        .git()
        .with("GIT_WORK_TREE", Overlay.merged(layer.scratch()))
        .with("GIT_INDEX_FILE", made.index())
        .mounting(layer);
  }

  /**
   * Completes the base after its setup. Files of the commit that the setup changed get their
   * content back: what a candidate contains is the agent's work.
   */
  public void finish() {
    Path written = Overlay.upper(made.setup());
    seed.uproot(written);
    Git whole = in(setup());
    // With the times that files have in an overlay, git reads no unchanged file again.
    if (!whole.ask("update-index", "--refresh").ok()) {
      whole.run("read-tree", "-u", "--reset", commit.id());
    }
    made.describeUntracked(whole.run("ls-files", "-z", "--others", "--exclude-standard"));
    if (Directories.isEmpty(written)) {
      harnessGit.git().delete(made.setup());
    }
    String directory = made.directory().toString();
    Git git = harnessGit.git();
    // It fails for the directories that the kernel keeps beside an upper layer, but counts the
    // rest.
    Git.Result size = git.tool("du", "-sk", directory);
    Git.Result flushed = git.tool("sync", "--file-system", directory);
    if (size.output().isBlank() || !flushed.ok()) {
      throw new Fault(
          "The prepared base can't be finished: " + size.error().strip() + flushed.error().strip());
    }
    made.finish(Long.parseLong(size.output().split("\t")[0]));
  }
}

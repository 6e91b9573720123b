package dev.longe.workspace;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Omission;
import dev.longe.core.OutsideLink;
import dev.longe.core.TaskId;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Optional;

/** Saves an agent's tree as a candidate. */
record CandidateWriter(
    HarnessGit harnessGit,
    Git user,
    TaskId task,
    Commit base,
    ProtectedPaths protect,
    Carried carried) {

  /**
   * Commits a tree under the ref of the candidate.
   *
   * @param omissions what is already known to be missing; gets what can't be saved
   */
  Candidate write(WorkTree tree, int number, String message, List<Omission> omissions) {
    Trees.open(tree);
    carried.changed(tree.files()).stream()
        .map(path -> new Omission(path, "is carried from your work tree and stays as it is there"))
        .forEach(omissions::add);
    String saved = tree.layer().flatMap(_ -> changes(tree)).orElseGet(() -> whole(tree, omissions));
    Git git = harnessGit.git();
    Changes changes = Changes.between(git, base.id(), saved);
    List<OutsideLink> outside =
        changes.links().isEmpty()
            ? List.of()
            : SymbolicLinks.of(git, saved).outside(changes.links());
    Commit commit = new Commit(commit(saved, message));
    user.run("update-ref", Refs.candidate(task, number), commit.id());
    List<String> names = changes.paths().stream().map(Changes.Path::name).toList();
    return new Candidate(
        number,
        commit,
        saved,
        names.stream().limit(Candidate.FILES_MAX).toList(),
        changes.added(),
        changes.removed(),
        names.stream().filter(protect::match).toList(),
        omissions.stream().limit(Candidate.OMISSIONS_MAX).toList(),
        outside.stream().limit(Candidate.OUTSIDE_LINKS_MAX).toList());
  }

  /** The layer says what differs from the prepared base, so the index begins with that. */
  private Optional<String> changes(WorkTree tree) {
    PreparedBase on = PreparedBase.of(tree.directory()).orElseThrow();
    return LayerChanges.of(tree.files(), TreeScan.FILE_BYTES_MAX)
        .map(all -> all.without(carried.paths()))
        .flatMap(all -> {
          on.copyIndex(tree.index());
          Optional<String> saved =
              new LayerSnapshot(tree.git(harnessGit), tree.index(harnessGit)).write(all);
          tree.ageIndex(); // a command that does not see the files has written it
          return saved;
        });
  }

  private String whole(WorkTree tree, List<Omission> omissions) {
    TreeSnapshot snapshot =
        new TreeSnapshot(
            tree.git(harnessGit),
            tree.directory(),
            tree.name(),
            TreeScan.FILE_BYTES_MAX,
            base.id(),
            carried.paths(),
            harnessGit::convertNoEncoding);
    String saved = snapshot.write();
    omissions.addAll(snapshot.omissions());
    List<String> untouched =
        PreparedBase.of(tree.directory()).stream()
            .flatMap(on -> on.untracked().stream())
            .filter(p -> !Files.exists(tree.files().resolve(p), LinkOption.NOFOLLOW_LINKS))
            .toList();
    return untouched.isEmpty() ? saved : without(tree, saved, untouched);
  }

  /** The id of a git tree without these paths. */
  private String without(WorkTree tree, String saved, List<String> paths) {
    Git git =
        tree.index(harnessGit).with("GIT_INDEX_FILE", tree.directory().resolve("without.index"));
    git.run("read-tree", saved);
    String _ =
        git.feed(
            String.join("\0", paths) + "\0", "update-index", "--force-remove", "-z", "--stdin");
    return git.run("write-tree");
  }

  private String commit(String tree, String message) {
    return harnessGit
        .git()
        .with("GIT_AUTHOR_NAME", "Longe")
        .with("GIT_AUTHOR_EMAIL", "longe@localhost")
        .with("GIT_COMMITTER_NAME", "Longe")
        .with("GIT_COMMITTER_EMAIL", "longe@localhost")
        .feed(message, "commit-tree", tree, "-p", base.id());
  }
}

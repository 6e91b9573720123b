package dev.longe.core;

import java.util.List;

/**
 * A commit that is a snapshot of the work. A verdict always refers to a candidate, not to a
 * directory.
 *
 * @param number counts from 1 in its task; its ref is {@code refs/longe/TASK/number}
 * @param tree the id of its tree: equal trees are equal work
 * @param files paths that differ from the base, at most {@value #FILES_MAX} of them
 * @param added lines added against the base
 * @param removed lines removed against the base
 * @param protectedTouched paths of {@code files} that the loop protects
 * @param omissions what the candidate does not contain as it is in the tree, at most {@value
 *     #OMISSIONS_MAX}
 * @param outsideLinks links that point outside the repository, at most {@value #OUTSIDE_LINKS_MAX};
 *     with one of them the candidate is not acceptable
 */
public record Candidate(
    int number,
    Commit commit,
    String tree,
    List<String> files,
    int added,
    int removed,
    List<String> protectedTouched,
    List<Omission> omissions,
    List<OutsideLink> outsideLinks) {
  /** The maximum number of omissions that a candidate lists. */
  public static final int OMISSIONS_MAX = 50;

  /** The maximum number of links that a candidate lists. */
  public static final int OUTSIDE_LINKS_MAX = 50;

  /** The maximum number of changed paths that a candidate lists. */
  public static final int FILES_MAX = 200;

  public Candidate {
    Require.positive(number, "candidate number");
    Require.text(tree, "tree");
    files = List.copyOf(files);
    protectedTouched = List.copyOf(protectedTouched);
    omissions = List.copyOf(omissions);
    outsideLinks = List.copyOf(outsideLinks);
    Require.that(omissions.size() <= OMISSIONS_MAX, "too many omissions");
    Require.that(outsideLinks.size() <= OUTSIDE_LINKS_MAX, "too many links");
    Require.that(files.size() <= FILES_MAX, "a candidate lists at most " + FILES_MAX + " files");
    Require.notNegative(added, "added lines");
    Require.notNegative(removed, "removed lines");
  }

  public int diffLines() {
    return added + removed;
  }
}

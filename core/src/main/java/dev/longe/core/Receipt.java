package dev.longe.core;

import java.time.Duration;

/**
 * The record of one effect: what ran, on which tree, how it ended.
 *
 * @param id unique in its task
 * @param ran the command as a person would type it
 * @param commit the commit that it speaks about
 * @param tree the tree that it ran on: the commit's, with protected paths restored from the base
 * @param exit the exit status; 128 + n for a death by signal n; -1 where the program never started
 * @param outputSha256 of the whole output, which is kept beside the journal under the receipt's id
 */
public record Receipt(
    String id,
    String ran,
    Commit commit,
    String tree,
    int exit,
    Duration took,
    String outputSha256) {
  public Receipt {
    Require.text(id, "receipt id");
    Require.text(tree, "tree");
  }
}

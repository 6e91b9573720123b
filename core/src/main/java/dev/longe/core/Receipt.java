package dev.longe.core;

import java.time.Duration;
import java.util.Optional;

/**
 * The record of one command: what ran, on which tree, and how it ended.
 *
 * @param id unique in its task
 * @param ran the command as a person would type it
 * @param commit the commit that was checked
 * @param tree the tree that it ran on: that of the commit, with protected paths restored from the
 *     base
 * @param exit the exit status; 128 + n after signal n; -1 if the program did not start
 * @param outputSha256 the SHA-256 of the whole output, which is stored beside the journal under the
 *     receipt's id
 * @param cases what the report or the output says about test cases; empty if it has no counts of a
 *     known test runner
 */
public record Receipt(
    String id,
    String ran,
    Commit commit,
    String tree,
    int exit,
    Duration took,
    String outputSha256,
    Optional<CaseCounts> cases) {
  public Receipt {
    Require.text(id, "receipt id");
    Require.text(tree, "tree");
  }
}

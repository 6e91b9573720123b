package dev.longe.core;

import java.util.List;
import java.util.Optional;

/**
 * Something that a repository says always holds.
 *
 * @param id by which code cites it
 * @param sentence what holds
 * @param paths globs of the files that bear it
 * @param check the command that would show it broken
 * @param owner whom to ask
 */
public record Invariant(
    String id,
    String sentence,
    List<String> paths,
    Optional<String> check,
    Optional<String> owner) {
  public Invariant {
    Require.text(id, "id");
    Require.text(sentence, "sentence");
    paths = List.copyOf(paths);
  }
}

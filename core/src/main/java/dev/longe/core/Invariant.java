package dev.longe.core;

import java.util.List;
import java.util.Optional;

/**
 * A statement that always holds in a repository, declared by the repository.
 *
 * @param id the id by which code cites it
 * @param sentence what holds
 * @param paths globs of the files that it is about
 * @param check the command that fails if the invariant is violated
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

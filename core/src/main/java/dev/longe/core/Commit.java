package dev.longe.core;

/** A git commit, identified by its full object id. */
public record Commit(String id) {
  public Commit {
    Require.that(id.matches("[0-9a-f]{40}|[0-9a-f]{64}"), "not a commit id: " + id);
  }

  public String brief() {
    return id.substring(0, 10);
  }

  @Override
  public String toString() {
    return id;
  }
}

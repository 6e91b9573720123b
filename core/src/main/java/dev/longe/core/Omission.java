package dev.longe.core;

/**
 * Something in the agent's tree that its candidate does not contain as it is in the tree.
 *
 * @param path relative to the tree, at most {@value #PATH_CHARS} characters of it
 * @param reason the rest of a sentence that begins with the path
 */
public record Omission(String path, String reason) {
  /** The maximum number of characters of a path. */
  public static final int PATH_CHARS = 300;

  public Omission {
    Require.text(path, "path");
    Require.text(reason, "reason");
  }

  /** The omission as one sentence without its full stop. */
  public String sentence() {
    return path + " " + reason;
  }
}

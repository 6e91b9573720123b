package dev.longe.core;

/**
 * A symbolic link that a candidate adds or changes and that points outside the repository, itself
 * or by way of another link.
 *
 * @param path the link, relative to the tree
 * @param target the text of the link
 */
public record OutsideLink(String path, String target) {
  public OutsideLink {
    Require.text(path, "path");
  }

  /** What is wrong with the link, as a sentence. */
  public String sentence() {
    return "The link %s points outside the repository, to %s.".formatted(path, target);
  }
}

package dev.longe.core;

/** The name of a check, unique in its loop. */
public record CheckName(String text) {
  /** The guard over the paths that only a human may change. */
  public static final CheckName PROTECTED = new CheckName("protected-paths");

  /** The guard over the size of the change. */
  public static final CheckName DIFF_SIZE = new CheckName("diff-size");

  public CheckName {
    Require.text(text, "check name");
  }

  @Override
  public String toString() {
    return text;
  }
}

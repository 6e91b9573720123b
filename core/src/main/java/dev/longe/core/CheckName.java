package dev.longe.core;

import java.util.Set;

/** The name of a check, unique in its loop. */
public record CheckName(String text) {
  /** The guard over the paths that only a human may change. */
  public static final CheckName PROTECTED = new CheckName("protected-paths");

  /** The guard over the size of the change. */
  public static final CheckName DIFF_SIZE = new CheckName("diff-size");

  /** The guard over symbolic links that point outside the repository. */
  public static final CheckName OUTSIDE_LINKS = new CheckName("outside-links");

  /** The names of the guards, which no check of a new loop may have. */
  public static final Set<CheckName> GUARDS = Set.of(PROTECTED, DIFF_SIZE, OUTSIDE_LINKS);

  public CheckName {
    Require.text(text, "check name");
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.longe.core;

/**
 * The id of a task: {@value #LENGTH} letters and digits that are easy to tell apart and to type.
 */
public record TaskId(String text) implements Comparable<TaskId> {
  /** Length of every id; gives 28 million ids. */
  public static final int LENGTH = 5;

  /** The characters of an id: without 0, o, 1, l and i. */
  public static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  public TaskId {
    Require.that(text.length() == LENGTH, "a task id has " + LENGTH + " characters: " + text);
    Require.that(text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0), "not a task id: " + text);
  }

  @Override
  public int compareTo(TaskId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}

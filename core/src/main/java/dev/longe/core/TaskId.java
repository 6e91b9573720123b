package dev.longe.core;

/**
 * A task's name: {@value #LENGTH} letters and digits that can't be mistaken for each other, easy to
 * type.
 */
public record TaskId(String text) implements Comparable<TaskId> {
  /** Length of every id; 28 million of them. */
  public static final int LENGTH = 5;

  /** The alphabet: no 0/o, no 1/l/i. */
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

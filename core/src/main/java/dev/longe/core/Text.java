package dev.longe.core;

import java.util.List;
import java.util.regex.Pattern;

/** Formats short texts for people. */
public final class Text {
  /** What colours text and moves the cursor on a terminal. */
  private static final Pattern SEQUENCE = Pattern.compile("\\e\\[[0-9;?]*[A-Za-z]");

  private static final char PICTURES = '\u2400';
  private static final char DELETE = '\u007f';

  private Text() {}

  /** Lists at most {@code max} of the items, and says how many more there are. */
  public static String list(List<String> items, int max) {
    String head = String.join(", ", items.subList(0, Math.min(max, items.size())));
    return items.size() <= max ? head : head + " and " + (items.size() - max) + " more";
  }

  /**
   * Returns the text, or its beginning with an ellipsis if it is longer than {@code max}
   * characters.
   */
  public static String clip(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max - 1) + "…";
  }

  /** The first line of a text. */
  public static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }

  /** A number with its noun: {@code 1 case}, {@code 2 cases}. */
  public static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /**
   * A line of foreign output for a terminal: without colours, and with control characters made
   * visible. Tabs stay.
   */
  public static String visible(String line) {
    StringBuilder shown = new StringBuilder();
    SEQUENCE
        .matcher(line)
        .replaceAll("")
        .chars()
        .forEach(c -> {
          if (c == '\t' || !Character.isISOControl(c)) {
            shown.append((char) c);
          } else {
            shown.append(c < ' ' ? (char) (PICTURES + c) : c == DELETE ? '\u2421' : '\ufffd');
          }
        });
    return shown.toString();
  }
}

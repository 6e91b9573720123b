package dev.longe.intake;

import dev.longe.core.AgentSpec;
import dev.longe.core.Loop;
import dev.longe.core.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Short texts of the command line and the loop file. */
public final class Words {
  /** The drivers of this version. */
  public static final Set<String> AGENTS = Set.of("claude", "command", "script");

  private Words() {}

  /**
   * {@code claude}, {@code claude:MODEL}, {@code command:./agent.sh --fast} or {@code
   * script:file.yaml}.
   */
  public static AgentSpec agent(String text) {
    int colon = text.indexOf(':');
    String driver = (colon < 0 ? text : text.substring(0, colon)).strip();
    List<String> rest = colon < 0 ? List.of() : split(text.substring(colon + 1));
    return agent(driver, rest);
  }

  /** An agent by its driver's name and arguments. */
  static AgentSpec agent(String driver, List<String> arguments) {
    if (!AGENTS.contains(driver)) {
      throw new IllegalArgumentException(
          "there is no agent «"
              + driver
              + "»; there are "
              + String.join(", ", AGENTS.stream().sorted().toList()));
    }
    if (driver.equals("command") && arguments.isEmpty()) {
      throw new IllegalArgumentException("command needs a program: command:./agent.sh");
    }
    if (driver.equals("script") && arguments.size() != 1) {
      throw new IllegalArgumentException("script needs one file: script:file.yaml");
    }
    if (driver.equals("claude") && arguments.size() > 1) {
      throw new IllegalArgumentException("claude takes at most a model: claude:opus");
    }
    return new AgentSpec(driver, arguments);
  }

  /** Words as a shell splits them: blanks part, quotes hold together. */
  static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("has a quote that is not closed: " + text);
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** {@code continue 1, fresh 1, hand-off, ask}. */
  public static List<Rung> moves(String text) {
    List<Rung> moves = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().split("[\\s:]+", -1);
      if (words.length > 2) {
        throw new IllegalArgumentException("a move is a word and a number, was " + part.strip());
      }
      moves.add(move(words[0], words.length == 2 ? Quantity.small(words[1]) : 1));
    }
    return moves;
  }

  static Rung move(String word, int times) {
    return new Rung(
        switch (word) {
          case "continue" -> Rung.Kind.CONTINUE;
          case "fresh" -> Rung.Kind.FRESH;
          case "hand-off" -> Rung.Kind.HAND_OFF;
          case "ask" -> Rung.Kind.ASK;
          default ->
              throw new IllegalArgumentException(
                  "there is no move «" + word + "»; there are continue, fresh, hand-off, ask");
        },
        times);
  }

  /** The default moves as one would write them. */
  public static String shown(List<Rung> moves) {
    return String.join(
        ", ",
        moves.stream()
            .map(r ->
                r.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                    + (r.times() == 1 ? "" : " " + r.times()))
            .toList());
  }

  /** For a loop that names none. */
  static List<Rung> defaultMoves() {
    return Loop.DEFAULT_MOVES;
  }
}

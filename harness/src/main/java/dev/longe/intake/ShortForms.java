package dev.longe.intake;

import dev.longe.core.AgentSpec;
import dev.longe.core.Delivery;
import dev.longe.core.Loop;
import dev.longe.core.Mode;
import dev.longe.core.MoveStep;
import dev.longe.core.Review;
import dev.longe.core.Sandboxing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses and formats the short texts of the command line and the loop file. */
public final class ShortForms {
  /** The drivers of this version. */
  public static final Set<String> AGENTS =
      Set.of(
          "acp",
          "claude",
          "codex",
          "command",
          "copilot",
          "gemini",
          "model",
          "opencode",
          "pi",
          "script");

  /** The drivers whose arguments are a program or a file, not a model. */
  static final Set<String> PROGRAMS = Set.of("acp", "command", "script");

  private static final String CONTAINER = "container:";

  private static final Sandboxing REQUIRED = Sandboxing.DEFAULT.with(Sandboxing.Level.REQUIRED);

  private ShortForms() {}

  /**
   * An agent as a loop or the command line names it: {@code claude}, {@code codex:MODEL}, {@code
   * command:./agent.sh --fast}, or a name from {@code agents.yaml}.
   */
  public static AgentSpec agent(String text, AgentsFile agents) {
    int colon = text.indexOf(':');
    String name = (colon < 0 ? text : text.substring(0, colon)).strip();
    List<String> rest = colon < 0 ? List.of() : split(text.substring(colon + 1));
    return agent(name, rest, agents);
  }

  /** The agent with this name and these arguments. */
  static AgentSpec agent(String name, List<String> arguments, AgentsFile agents) {
    if (!agents.names().contains(name)) {
      throw new IllegalArgumentException(
          "there is no agent «"
              + name
              + "»; the agents are "
              + String.join(", ", agents.names())
              + "; define others in agents.yaml");
    }
    AgentEntry entry = agents.entry(name);
    boolean given = !arguments.isEmpty();
    switch (entry.driver()) {
      case "command" ->
          need(given || entry.command().isPresent(), "command needs a program: command:./agent.sh");
      case "acp" ->
          need(given || entry.command().isPresent(), "acp needs a program: acp:my-agent --acp");
      case "script" -> need(arguments.size() == 1, "script needs one file: script:file.yaml");
      case "model" -> {
        need(arguments.size() <= 1, "model takes one model: model:anthropic/claude-opus-5-5");
        need(
            given || entry.model().isPresent(),
            "model needs a model: model:anthropic/claude-opus-5-5");
      }
      default ->
          need(
              arguments.size() <= 1,
              name + " takes at most one argument, a model: " + name + ":MODEL");
    }
    return new AgentSpec(name, arguments);
  }

  private static void need(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Splits a text into words as a shell does: at blanks, but not inside quotes. */
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

  /** Parses moves such as {@code continue 1, fresh 1, hand-off, ask}. */
  public static List<MoveStep> moves(String text) {
    List<MoveStep> moves = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().split("[\\s:]+", -1);
      if (words.length > 2) {
        throw new IllegalArgumentException(
            "a move must be a word and an optional number, was " + part.strip());
      }
      moves.add(move(words[0], words.length == 2 ? Quantity.small(words[1]) : 1));
    }
    return moves;
  }

  static MoveStep move(String word, int times) {
    return new MoveStep(
        switch (word) {
          case "continue" -> MoveStep.Kind.CONTINUE;
          case "fresh" -> MoveStep.Kind.FRESH;
          case "hand-off" -> MoveStep.Kind.HAND_OFF;
          case "ask" -> MoveStep.Kind.ASK;
          default ->
              throw new IllegalArgumentException(
                  "there is no move «" + word + "»; the moves are continue, fresh, hand-off, ask");
        },
        times);
  }

  /** Moves in the form that {@link #moves} parses. */
  public static String shown(List<MoveStep> moves) {
    return String.join(
        ", ",
        moves.stream()
            .map(r ->
                r.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                    + (r.times() == 1 ? "" : " " + r.times()))
            .toList());
  }

  /** The moves of a loop that names none. */
  static List<MoveStep> defaultMoves() {
    return Loop.DEFAULT_MOVES;
  }

  static Mode mode(String text) {
    return switch (text) {
      case "execute" -> Mode.EXECUTE;
      case "explore" -> Mode.EXPLORE;
      default -> throw new IllegalArgumentException("must be execute or explore, was " + text);
    };
  }

  static Review review(String text) {
    return switch (text) {
      case "always" -> Review.ALWAYS;
      case "risk" -> Review.RISK;
      default -> throw new IllegalArgumentException("must be always or risk, was " + text);
    };
  }

  /** {@code bubblewrap} and {@code bubblewrap-offline} are the words of release 0.1.0. */
  static Sandboxing sandboxing(String text) {
    if (text.startsWith(CONTAINER)) {
      return Sandboxing.in(new Sandboxing.Image(text.substring(CONTAINER.length())));
    }
    return switch (text) {
      case "auto" -> Sandboxing.DEFAULT;
      case "required" -> REQUIRED;
      case "none" -> Sandboxing.NONE;
      case "bubblewrap" -> REQUIRED.with(Sandboxing.Network.ALL);
      case "bubblewrap-offline" -> REQUIRED.with(new Sandboxing.Network(false, true, true));
      default ->
          throw new IllegalArgumentException(
              "must be auto, required, none or container:IMAGE, was " + text);
    };
  }

  static Delivery.LandingForm landing(String text) {
    return switch (text) {
      case "squash" -> Delivery.LandingForm.SQUASH;
      case "rebase" -> Delivery.LandingForm.REBASE;
      case "merge" -> Delivery.LandingForm.MERGE;
      default -> throw new IllegalArgumentException("must be squash, rebase or merge, was " + text);
    };
  }

  static Delivery.ReadinessRule readiness(String text) {
    return switch (text) {
      case "warn" -> Delivery.ReadinessRule.WARN;
      case "gate" -> Delivery.ReadinessRule.GATE;
      default -> throw new IllegalArgumentException("must be warn or gate, was " + text);
    };
  }
}

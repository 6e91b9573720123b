package dev.longe.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Executes tools inside the working directory. */
final class ToolExecution {
  private static final int LINES_MAX = 2_000;

  private final Path directory;
  private final Shell shell;

  ToolExecution(Path directory) {
    this.directory = directory;
    this.shell = new Shell(directory);
  }

  /** A tool could not do what was asked. The model gets the message. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  Conversation.Result perform(Conversation.Call call) {
    try {
      return new Conversation.Result(call.id(), done(call), false);
    } catch (Refusal | IOException e) {
      return new Conversation.Result(call.id(), String.valueOf(e.getMessage()), true);
    }
  }

  private String done(Conversation.Call call) throws Refusal, IOException {
    JsonNode in = call.input();
    return switch (call.tool()) {
      case "read" -> read(in);
      case "write" -> write(path(in), text(in, "content"));
      case "edit" -> edit(path(in), text(in, "old"), text(in, "new"));
      case "shell" -> shell.run(text(in, "command"), in.path("seconds").asInt(Shell.SECONDS));
      default -> throw new Refusal("there is no tool " + call.tool());
    };
  }

  private static String text(JsonNode in, String key) throws Refusal {
    JsonNode value = in.path(key);
    if (!value.isTextual()) {
      throw new Refusal("needs the text «" + key + "»");
    }
    return value.asText();
  }

  /** A path inside the directory, with symbolic links resolved. */
  private Path path(JsonNode in) throws Refusal, IOException {
    Path path = resolved(text(in, "path")).normalize();
    Path there = path;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = there.getParent();
      if (parent == null) {
        throw new Refusal("no such place: " + path);
      }
      there = parent;
    }
    if (!path.startsWith(directory) || !there.toRealPath().startsWith(directory.toRealPath())) {
      throw new Refusal("outside the working directory: " + path);
    }
    return path;
  }

  private Path resolved(String text) throws Refusal {
    try {
      return directory.resolve(text);
    } catch (InvalidPathException e) {
      throw new Refusal("no file can be called that: " + e.getReason());
    }
  }

  private String read(JsonNode in) throws Refusal, IOException {
    Path file = path(in);
    if (!Files.isRegularFile(file)) {
      throw new Refusal("there is no file " + file);
    }
    List<String> lines = Files.readAllLines(file);
    int from = Math.clamp(in.path("from").asInt(1), 1, lines.size() + 1);
    int count = Math.clamp(in.path("lines").asInt(LINES_MAX), 1, LINES_MAX);
    int to = Math.min(lines.size(), from - 1 + count);
    String more = to < lines.size() ? "\n[" + (lines.size() - to) + " more lines]" : "";
    return String.join("\n", lines.subList(from - 1, to)) + more;
  }

  private static String write(Path file, String content) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, content);
    return "written";
  }

  private static String edit(Path file, String old, String replacement)
      throws Refusal, IOException {
    String content = Files.readString(file);
    int at = content.indexOf(old);
    if (old.isEmpty() || at < 0) {
      throw new Refusal("the text does not stand in " + file.getFileName());
    }
    if (content.indexOf(old, at + 1) >= 0) {
      throw new Refusal("the text stands more than once in " + file.getFileName());
    }
    Files.writeString(
        file, content.substring(0, at) + replacement + content.substring(at + old.length()));
    return "edited";
  }
}

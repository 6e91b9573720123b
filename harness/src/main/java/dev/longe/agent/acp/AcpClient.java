package dev.longe.agent.acp;

import dev.longe.agent.Assignment;
import dev.longe.agent.Json;
import dev.longe.core.Fault;
import dev.longe.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What an ACP agent may ask of its client: permissions, files and terminals, all of them inside the
 * workspace. Permission is given by policy: kinds that the user denies and places outside the
 * workspace are refused, everything else is allowed.
 */
public final class AcpClient {
  /** Takes the answer to one request. */
  interface Reply {
    void with(Object answer);

    void refuse(String why);
  }

  private final Path workspace;
  private final Path answer;
  private final Set<String> deny;
  private final AcpTerminals terminals;

  public AcpClient(Sandbox sandbox, Assignment assignment, Set<String> deny) {
    this.workspace = assignment.directory();
    if (assignment.confinement().layered(workspace)) {
      throw new IllegalArgumentException("the tree is not an ordinary directory: " + workspace);
    }
    this.answer = assignment.answerFile();
    this.deny = deny;
    this.terminals = new AcpTerminals(sandbox, assignment);
  }

  void asked(String method, JsonNode params, Reply reply) {
    try {
      switch (method) {
        case "session/request_permission" -> reply.with(permission(params));
        case "fs/read_text_file" -> reply.with(Map.of("content", read(params)));
        case "fs/write_text_file" -> {
          write(params);
          reply.with(Map.of());
        }
        case "terminal/create" -> reply.with(terminals.create(params, cwd(params)));
        case "terminal/output" -> reply.with(terminals.output(params));
        case "terminal/wait_for_exit" -> terminals.await(params, reply);
        case "terminal/kill", "terminal/release" -> {
          terminals.kill(params);
          reply.with(Map.of());
        }
        default -> reply.refuse("there is no " + method + " here");
      }
    } catch (IOException | Fault | IllegalArgumentException e) {
      reply.refuse(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> permission(JsonNode params) {
    JsonNode call = params.path("toolCall");
    boolean allowed = !deny.contains(call.path("kind").asString("other")) && inside(call);
    List<String> kinds =
        allowed ? List.of("allow_once", "allow_always") : List.of("reject_once", "reject_always");
    Optional<String> option =
        kinds.stream().flatMap(k -> option(params.path("options"), k).stream()).findFirst();
    return Map.of(
        "outcome",
        option
            .<Map<String, Object>>map(o -> Map.of("outcome", "selected", "optionId", o))
            .orElse(Map.of("outcome", "cancelled")));
  }

  private static Optional<String> option(JsonNode options, String kind) {
    return Stream.iterate(0, i -> i < options.size(), i -> i + 1)
        .map(options::get)
        .filter(o -> Json.text(o, "kind").equals(kind))
        .map(o -> Json.text(o, "optionId"))
        .findFirst();
  }

  /** Inside the workspace, or the file that the agent may leave its answer in. */
  private boolean inside(JsonNode call) {
    for (JsonNode location : call.path("locations")) {
      Path path = workspace.resolve(Json.text(location, "path")).normalize();
      if (!path.startsWith(workspace) && !path.equals(answer)) {
        return false;
      }
    }
    return true;
  }

  private String read(JsonNode params) throws IOException {
    List<String> lines = Files.readAllLines(path(Json.text(params, "path")));
    int from = (int) Math.max(0, Json.count(params, "line") - 1);
    long limit = params.has("limit") ? Json.count(params, "limit") : lines.size();
    return String.join("\n", lines.stream().skip(from).limit(limit).toList()) + "\n";
  }

  private void write(JsonNode params) throws IOException {
    Path file = path(Json.text(params, "path"));
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(
        file,
        Json.text(params, "content"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING,
        LinkOption.NOFOLLOW_LINKS);
  }

  private Path cwd(JsonNode params) throws IOException {
    String cwd = Json.text(params, "cwd");
    return cwd.isEmpty() ? workspace : path(cwd);
  }

  /** A path inside the workspace, links followed, or the answer file. */
  private Path path(String text) throws IOException {
    Path path = workspace.resolve(text).normalize();
    if (path.equals(answer)) {
      if (Files.isSymbolicLink(answer)) {
        throw new IllegalArgumentException("a symbolic link: " + text);
      }
      return path;
    }
    Path there = path;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = there.getParent();
      if (parent == null) {
        throw new IllegalArgumentException("no such place: " + text);
      }
      there = parent;
    }
    if (!path.startsWith(workspace) || !there.toRealPath().startsWith(workspace.toRealPath())) {
      throw new IllegalArgumentException("outside the workspace: " + text);
    }
    return Files.exists(path) ? path.toRealPath() : path;
  }

  void close() {
    terminals.close();
  }
}

package dev.longe.agent.pi;

import dev.longe.agent.Json;
import dev.longe.agent.SessionCopies;
import dev.longe.agent.SessionFiles;
import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One file a session. Its first line names the directory in which its tools run, whatever the
 * process's own is: taken elsewhere, that line is written anew.
 */
record PiSessions(Path root, Path directory) implements SessionFiles {
  static Path file(Path root, String session) {
    return SessionCopies.find(root, "_" + session + ".jsonl", session);
  }

  @Override
  public void pack(String session, Path archive) {
    SessionCopies.copy(file(root, session), archive.resolve("0_" + session + ".jsonl"));
  }

  @Override
  public String unpack(String session, Path archive) {
    String folder = "--" + directory.toString().substring(1).replace('/', '-') + "--";
    Path target = root.resolve(folder).resolve("0_" + session + ".jsonl");
    SessionCopies.copy(archive.resolve("0_" + session + ".jsonl"), target);
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(target));
      JsonNode first = Json.MAPPER.readTree(lines.getFirst());
      lines.set(0, ((ObjectNode) first).put("cwd", directory.toString()).toString());
      Files.write(target, lines);
    } catch (IOException | ClassCastException e) {
      throw new Fault("The session " + target + " is not one that Pi wrote: " + e, e);
    }
    return session;
  }
}

package dev.longe.effects;

import dev.longe.agent.Json;
import dev.longe.core.Fault;
import dev.longe.home.Directories;
import dev.longe.home.FileProblem;
import dev.longe.home.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A file with a log-in of the user, of which an agent has a copy while it runs. What the agent
 * refreshed in the copy replaces the user's file afterwards, unless the user's file has changed
 * meanwhile.
 *
 * @param original the user's file, or a link to it
 * @param copy the agent's file, in a directory that the agent can write
 * @param lent a file that the agent can't reach; while it exists, the copy has not been taken back
 * @param trash a directory for what the agent may have put in the place of the copy
 */
record LogIn(Path original, Path copy, Path lent, Path trash) {
  /** Log-ins of agents have some kilobytes. */
  private static final int BYTES_MAX = 1 << 20;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  /** Gives the agent a copy of the user's present file. */
  void lend() {
    try {
      clear();
      Optional<byte[]> content = content(original);
      if (content.isPresent()) {
        Files.write(
            copy,
            content.get(),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(copy, OWNER_ONLY);
        Directories.make(lent.resolveSibling(""));
        Files.writeString(lent, Sha256.of(content.get()));
      }
    } catch (IOException e) {
      throw new Fault("The log-in " + original + " can't be copied: " + FileProblem.of(e), e);
    }
  }

  /** Removes the copy, or what the agent has left there. It may be too large to delete it now. */
  private void clear() throws IOException {
    if (Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(copy, DIRECTORY);
      Directories.make(trash);
      Files.move(copy, trash.resolve(UUID.randomUUID().toString()));
    } else {
      Files.deleteIfExists(copy);
    }
  }

  /**
   * Replaces the user's file by the copy if the agent has refreshed it. Call it when no process of
   * the agent is alive.
   *
   * @return why a changed copy does not replace the user's file; empty if there is nothing to say
   */
  Optional<String> takeBack() {
    try {
      if (!Files.exists(lent)) {
        return Optional.empty();
      }
      // The agent can take away every right on a directory that it sees as its own.
      Files.setPosixFilePermissions(copy.resolveSibling(""), DIRECTORY);
      Optional<String> refused = takeBack(Files.readString(lent));
      Files.delete(lent);
      return refused;
    } catch (IOException e) {
      return Optional.of(
          "The log-in %s can't be updated: %s.".formatted(original, FileProblem.of(e)));
    }
  }

  private Optional<String> takeBack(String was) throws IOException {
    Optional<byte[]> refreshed = content(copy, LinkOption.NOFOLLOW_LINKS);
    Optional<byte[]> present = content(original);
    if (refreshed.filter(r -> Sha256.of(r).equals(was)).isPresent()) {
      return Optional.empty();
    }
    if (present.filter(p -> Sha256.of(p).equals(was)).isEmpty()) {
      return Optional.of(
          "The log-in that the agent refreshed is dropped, because yours has changed meanwhile: "
              + original);
    }
    Optional<JsonNode> after = refreshed.flatMap(LogIn::json);
    Optional<JsonNode> before = present.flatMap(LogIn::json);
    if (after.isEmpty() || before.isEmpty() || !Refresh.is(before.get(), after.get())) {
      return Optional.of(
          "The log-in that the agent changed is dropped, because it is no refreshed one: "
              + original);
    }
    replace(original.toRealPath(), refreshed.get());
    return Optional.empty();
  }

  private static Optional<JsonNode> json(byte[] content) {
    return Json.object(new String(content, StandardCharsets.UTF_8));
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path beside =
        Files.createTempFile(
            file.resolveSibling(""),
            ".longe-",
            ".tmp",
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.write(beside, content);
      Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** What a file contains; empty if it is no file, or too large for a log-in. */
  private static Optional<byte[]> content(Path file, LinkOption... links) throws IOException {
    if (!Files.isRegularFile(file, links)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, (OpenOption[]) links)) {
      return Optional.of(in.readNBytes(BYTES_MAX + 1)).filter(b -> b.length <= BYTES_MAX);
    }
  }
}

package dev.longe.check;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.quality.Tree;
import dev.longe.workspace.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Trees of a repository as input for code measures. */
public final class CodeTree {
  private CodeTree() {}

  /** The tree of a commit. */
  public static Tree of(Repository repository, Commit commit) {
    return new Committed(repository, repository.content().ids(commit));
  }

  /** Some files of a commit, given as paths with content ids. */
  public static Tree of(Repository repository, Map<String, String> ids) {
    return new Committed(repository, ids);
  }

  /** The current work tree, including uncommitted changes. */
  public static Tree workTree(Repository repository) {
    Map<String, String> files = new HashMap<>();
    for (String path : repository.content().workFiles()) {
      files.put(path, id(read(repository.top().resolve(path))));
    }
    return new WorkTree(repository, files);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The id that git gives to a content. */
  private static String id(byte[] bytes) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      sha.update(("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record WorkTree(Repository repository, Map<String, String> files) implements Tree {
    @Override
    public Contents contents(Set<String> paths) {
      return new Kept(path -> repository.top().resolve(path), () -> {});
    }
  }

  private record Committed(Repository repository, Map<String, String> files) implements Tree {
    @Override
    public Contents contents(Set<String> paths) {
      try {
        Path directory = Files.createTempDirectory("longe-code");
        repository
            .content()
            .write(
                paths.stream().map(files::get).map(Objects::requireNonNull).distinct().toList(),
                directory);
        return new Kept(path -> directory.resolve(files.get(path)), () -> delete(directory));
      } catch (IOException e) {
        throw new Fault("A temporary directory can't be created: " + e.getMessage(), e);
      }
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Location of the content of a path. */
  private interface Place {
    Path of(String path);
  }

  private record Kept(Place place, Runnable end) implements Tree.Contents {
    @Override
    public byte[] read(String path) {
      return CodeTree.read(place.of(path));
    }

    @Override
    public void close() {
      end.run();
    }
  }
}

package dev.longe.quality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A tree in memory, which remembers what was read of it. */
final class Sources implements Tree {
  private final Map<String, byte[]> texts = new HashMap<>();
  final List<String> read = new ArrayList<>();

  /** Paths and texts in turn. */
  static Sources of(String... pathsAndTexts) {
    Sources sources = new Sources();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      sources.with(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return sources;
  }

  Sources with(String path, byte[] bytes) {
    texts.put(path, bytes);
    return this;
  }

  @Override
  public Map<String, String> files() {
    Map<String, String> files = new HashMap<>();
    texts.forEach(
        (path, bytes) -> files.put(path, Hash.hex(new String(bytes, StandardCharsets.ISO_8859_1))));
    return files;
  }

  @Override
  public Contents contents(Set<String> paths) {
    return new Contents() {
      @Override
      public byte[] read(String path) {
        synchronized (read) {
          read.add(path);
        }
        return Objects.requireNonNull(texts.get(path));
      }

      @Override
      public void close() {}
    };
  }
}

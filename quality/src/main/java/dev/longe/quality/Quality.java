package dev.longe.quality;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures code. Results are cached by content, so that measuring a similar tree again reads only
 * new files. Not thread-safe; uses all processors.
 */
public final class Quality {
  private final MeasureCache cache;
  private final Path natives;

  /**
   * A measurer with a cache.
   *
   * @param file the cache file; use one per repository
   */
  public Quality(Path file) {
    this.cache = new MeasureCache(file);
    this.natives = file.resolveSibling("parsers");
  }

  /** Whether a file of this name is test code. */
  public static boolean isTest(String path) {
    return TestCode.isTest(path);
  }

  /** Whether a file of this name is in a language that is measured. */
  public static boolean isCode(String path) {
    return Languages.of(path).isPresent();
  }

  /** Whether a file is generated, judged by its name or its first lines. */
  public static boolean isGenerated(String path, String text) {
    return FileFilter.isGenerated(path, text);
  }

  /** Measures a tree. */
  public Metrics measure(Tree tree) {
    Map<String, Integer> skipped = new TreeMap<>();
    Map<String, String> files = new TreeMap<>();
    tree.files()
        .forEach((path, content) ->
            FileFilter.byName(path)
                .ifPresentOrElse(
                    why -> skipped.merge(why, 1, Integer::sum),
                    () -> files.put(path, key(path, content))));
    Map<String, String> unknown = new HashMap<>();
    files.forEach((path, key) -> {
      if (cache.get(key).isEmpty()) {
        unknown.putIfAbsent(key, path);
      }
    });
    if (!unknown.isEmpty()) {
      cache.put(read(tree, unknown));
      cache.save(Set.copyOf(files.values()));
    }
    Map<String, FileFacts> facts = new TreeMap<>();
    files.forEach((path, key) -> {
      switch (cache.get(key).orElseThrow()) {
        case FileFacts f -> facts.put(path, f);
        case FileResult.Unmeasured u -> skipped.merge(u.why(), 1, Integer::sum);
      }
    });
    return new Metrics(facts, files, skipped);
  }

  /**
   * Cache key of a content. It includes the language, because the same content has different
   * results in another language.
   */
  private static String key(String path, String content) {
    return Languages.of(path).orElseThrow().name() + ":" + content;
  }

  private Map<String, FileResult> read(Tree tree, Map<String, String> unknown) {
    Natives.unpack(natives);
    Map<String, FileResult> measured = new ConcurrentHashMap<>();
    List<String> keys = new ArrayList<>(unknown.keySet());
    AtomicInteger next = new AtomicInteger();
    int workers = Math.min(Runtime.getRuntime().availableProcessors(), keys.size());
    try (Tree.Contents contents = tree.contents(Set.copyOf(unknown.values()));
        ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(
            pool.submit(() -> {
              Map<String, Grammar> grammars = new HashMap<>();
              for (int at = next.getAndIncrement(); at < keys.size(); at = next.getAndIncrement()) {
                String path = Objects.requireNonNull(unknown.get(keys.get(at)));
                measured.put(keys.get(at), facts(grammars, path, contents.read(path)));
              }
            }));
      }
      for (Future<?> one : running) {
        done(one);
      }
    }
    return measured;
  }

  private static void done(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("measuring was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r
          ? r
          : new IllegalStateException(e.getCause());
    }
  }

  private static FileResult facts(Map<String, Grammar> grammars, String path, byte[] bytes) {
    Optional<String> skip = FileFilter.byContent(bytes);
    if (skip.isPresent()) {
      return new FileResult.Unmeasured(skip.get());
    }
    Grammar grammar =
        grammars.computeIfAbsent(
            Languages.of(path).orElseThrow().name(),
            _ -> new Grammar(Languages.of(path).orElseThrow()));
    return Scan.of(Syntax.of(grammar, new String(bytes, StandardCharsets.UTF_8)));
  }
}

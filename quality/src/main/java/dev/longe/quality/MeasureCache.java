package dev.longe.quality;

import dev.longe.core.Fault;
import dev.longe.quality.FileFacts.Function;
import dev.longe.quality.FileFacts.Shape;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Results for contents that were measured before, stored in one file. A file of another version or
 * a truncated file is ignored, because all results can be computed again.
 */
final class MeasureCache {
  private static final int FORMAT = 0x4C51_0003;

  /** Number of entries above which only those of the last tree are kept. */
  private static final int ENTRIES_MAX = 300_000;

  private final Path file;
  private final Map<String, FileResult> known = new HashMap<>();

  MeasureCache(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      load();
    }
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private void load() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readInt() != FORMAT || !in.readUTF().equals(Languages.VERSION)) {
        return;
      }
      int n = in.readInt();
      for (int i = 0; i < n; i++) {
        known.put(
            in.readUTF(), in.readBoolean() ? facts(in) : new FileResult.Unmeasured(in.readUTF()));
      }
    } catch (IOException e) {
      known.clear();
    }
  }

  Optional<FileResult> get(String content) {
    return Optional.ofNullable(known.get(content));
  }

  void put(Map<String, FileResult> measured) {
    known.putAll(measured);
  }

  /** Replaces the file by the current entries. */
  void save(Set<String> used) {
    if (known.size() > ENTRIES_MAX) {
      known.keySet().retainAll(used);
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "measures", ".tmp");
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16))) {
        out.writeInt(FORMAT);
        out.writeUTF(Languages.VERSION);
        out.writeInt(known.size());
        for (Map.Entry<String, FileResult> entry : known.entrySet()) {
          out.writeUTF(entry.getKey());
          switch (entry.getValue()) {
            case FileFacts facts -> {
              out.writeBoolean(true);
              write(out, facts);
            }
            case FileResult.Unmeasured unmeasured -> {
              out.writeBoolean(false);
              out.writeUTF(unmeasured.why());
            }
          }
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Fault("The measures can't be written to " + file + ": " + e.getMessage(), e);
    }
  }

  private static void write(DataOutputStream out, FileFacts f) throws IOException {
    out.writeUTF(f.language());
    out.writeInt(f.lines());
    out.writeInt(f.handlers());
    out.writeInt(f.functions().size());
    for (Function g : f.functions()) {
      out.writeUTF(clip(g.name()));
      out.writeInt(g.line());
      out.writeInt(g.endLine());
      out.writeInt(g.complexity());
      out.writeInt(g.statements());
      out.writeInt(g.assertions());
      out.writeLong(g.shape());
    }
    out.writeInt(f.calls().size());
    for (Map.Entry<String, Integer> call : f.calls().entrySet()) {
      out.writeUTF(clip(call.getKey()));
      out.writeInt(call.getValue());
    }
    out.writeInt(f.smells().size());
    for (Finding s : f.smells()) {
      out.writeUTF(s.rule().name());
      out.writeInt(s.line());
      out.writeInt(s.endLine());
      out.writeUTF(clip(s.function()));
      out.writeLong(s.fingerprint());
      out.writeDouble(s.weight());
      out.writeUTF(s.text());
      out.writeUTF(s.serves().orElse(""));
    }
    write(out, f.trees());
    write(out, f.windows());
  }

  private static String clip(String name) {
    return name.length() > 1_000 ? name.substring(0, 1_000) : name;
  }

  private static void write(DataOutputStream out, List<Shape> shapes) throws IOException {
    out.writeInt(shapes.size());
    for (Shape s : shapes) {
      out.writeLong(s.hash());
      out.writeInt(s.line());
      out.writeInt(s.endLine());
      out.writeInt(s.tokens());
    }
  }

  private static <T> List<T> list(DataInputStream in, Reader<T> one) throws IOException {
    int n = in.readInt();
    List<T> all = new ArrayList<>(Math.min(n, 1 << 16));
    for (int i = 0; i < n; i++) {
      all.add(one.read(in));
    }
    return all;
  }

  private static FileFacts facts(DataInputStream in) throws IOException {
    String language = in.readUTF();
    int lines = in.readInt();
    int handlers = in.readInt();
    List<Function> functions =
        list(
            in,
            i ->
                new Function(
                    i.readUTF(),
                    i.readInt(),
                    i.readInt(),
                    i.readInt(),
                    i.readInt(),
                    i.readInt(),
                    i.readLong()));
    Map<String, Integer> calls = new HashMap<>();
    int n = in.readInt();
    for (int i = 0; i < n; i++) {
      calls.put(in.readUTF(), in.readInt());
    }
    List<Finding> smells =
        list(
            in,
            i ->
                new Finding(
                    Rule.valueOf(i.readUTF()),
                    "",
                    i.readInt(),
                    i.readInt(),
                    i.readUTF(),
                    i.readLong(),
                    i.readDouble(),
                    i.readUTF(),
                    Optional.of(i.readUTF()).filter(t -> !t.isEmpty())));
    return new FileFacts(
        language,
        lines,
        functions,
        handlers,
        calls,
        smells,
        list(in, MeasureCache::shape),
        list(in, MeasureCache::shape));
  }

  private static Shape shape(DataInputStream in) throws IOException {
    return new Shape(in.readLong(), in.readInt(), in.readInt(), in.readInt());
  }
}

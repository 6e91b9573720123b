package dev.longe.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.arch.Golden;
import dev.longe.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What released versions of Longe wrote: files that are only read. */
public final class Released {
  private static final Path DIRECTORY =
      Path.of("src/test/resources/dev/longe/journal", Golden.RELEASED);

  private Released() {}

  /** An event as a release wrote it. */
  record Line(String type, int version, String body) {
    static Line of(String text) {
      String[] parts = text.split(" ", 3);
      return new Line(parts[0], Integer.parseInt(parts[1]), parts[2]);
    }
  }

  /** Every event type in every shape, of every release. */
  static List<Line> events() {
    return files("/events.txt").stream().flatMap(f -> World.read(f).lines()).map(Line::of).toList();
  }

  /** Whole journals of tasks, of every release. */
  static List<List<Line>> journals() {
    List<List<Line>> all = new ArrayList<>();
    for (Path file : files(".txt")) {
      if (file.toString().contains("/journals/")) {
        for (String journal : World.read(file).split("\n\n")) {
          all.add(journal.strip().lines().map(Line::of).toList());
        }
      }
    }
    return all;
  }

  /** Journal files, of every release. */
  public static List<Path> databases() {
    return files("/journal.db");
  }

  private static List<Path> files(String end) {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      return files.filter(f -> f.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Holds a text of today against what a release wrote of the same value: it must say everything
   * that the release said, and may say more. An event that is written in another version today may
   * say it in another way.
   */
  public static void holds(JsonNode released, JsonNode now, String where) {
    if (released.isObject() && version(released) == version(now)) {
      for (Map.Entry<String, JsonNode> property : released.properties()) {
        assertThat(now.has(property.getKey()))
            .as(where + "." + property.getKey() + " is not written any more")
            .isTrue();
        holds(property.getValue(), now.get(property.getKey()), where + "." + property.getKey());
      }
    } else if (released.isArray()) {
      assertThat(now.size()).as(where).isEqualTo(released.size());
      for (int i = 0; i < released.size(); i++) {
        holds(released.get(i), now.get(i), where + "[" + i + "]");
      }
    } else if (!released.isObject()) {
      assertThat(now).as(where).isEqualTo(released);
    }
  }

  private static int version(JsonNode event) {
    return event.path("version").asInt(1);
  }

  /** The names of releases. */
  static List<String> names() {
    return Arrays.stream(DIRECTORY.toFile().listFiles()).map(f -> f.getName()).sorted().toList();
  }
}

package dev.longe.check;

import dev.longe.core.CaseCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Test cases of a report.
 *
 * @param counts how many there are
 * @param failing the failed cases with their messages
 */
record TestReport(CaseCounts counts, List<TestReport.Case> failing) {
  private static final long BYTES_MAX = 128L << 20;

  /** A failing case and its message, which may be empty. */
  record Case(String name, String message) {}

  TestReport {
    failing = List.copyOf(failing);
  }

  /** Thrown for a report that can't be parsed. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Reads a report file, or every {@code .xml} file of a directory. */
  static TestReport read(Path path) throws Unreadable {
    try {
      if (!Files.isDirectory(path)) {
        return parse(text(path));
      }
      CaseCounts counts = CaseCounts.NONE;
      List<Case> failing = new ArrayList<>();
      for (Path file : files(path)) {
        TestReport one = JunitXml.parse(text(file));
        counts = counts.plus(one.counts());
        failing.addAll(one.failing());
      }
      return new TestReport(counts, failing);
    } catch (IOException e) {
      throw new Unreadable("the report " + path.getFileName() + " was not written");
    }
  }

  /** The files of a report: every {@code .xml} file of a directory, or the file itself. */
  static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(p -> p.toString().endsWith(".xml")).sorted().toList();
    }
  }

  private static String text(Path path) throws IOException, Unreadable {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new Unreadable("the report " + path.getFileName() + " is no file");
    }
    if (Files.size(path) > BYTES_MAX) {
      throw new Unreadable("the report is larger than " + BYTES_MAX + " bytes");
    }
    return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
  }

  static TestReport parse(String text) throws Unreadable {
    String start = text.stripLeading();
    if (start.startsWith("<")) {
      return JunitXml.parse(text);
    }
    return start.startsWith("{") ? GoTest.parse(text) : Tap.parse(text);
  }
}

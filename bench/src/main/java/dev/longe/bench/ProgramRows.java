package dev.longe.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whole runs of the program. */
@SuppressWarnings("AnnotateFormatMethod")
final class ProgramRows {
  private final Ground ground;

  ProgramRows(Ground ground) {
    this.ground = ground;
  }

  /** Whole processes: help, and a list of 10,000 tasks. */
  void start(String longe) throws Exception {
    Path home = ground.root.resolve("recovery");
    for (String command : List.of("--help", "ls")) {
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        ProcessBuilder builder =
            new ProcessBuilder(longe, command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LONGE_HOME", home.toString());
        long began = System.nanoTime();
        builder.start().waitFor();
        times.add((System.nanoTime() - began) / 1e6);
      }
      Ground.tell(
          "start",
          "longe %s%s: median %.0f ms, slowest %.0f ms",
          command,
          command.equals("ls") ? " (10,100 tasks)" : "",
          Ground.part(times, 0.5),
          Ground.part(times, 0.99));
    }
  }

  /**
   * Whole processes: a million lines measured the first and the second time; copies of our own
   * sources, each a little different.
   */
  void quality(String longe) throws Exception {
    Path code = ground.root.resolve("code");
    Path checkout = Path.of(longe).toAbsolutePath().resolveSibling(".").normalize();
    List<Path> sources;
    try (Stream<Path> all = Files.walk(checkout)) {
      sources =
          all.filter(p -> p.toString().endsWith(".java") && !p.toString().contains("/target/"))
              .toList();
    }
    long lines = 0;
    for (int copy = 0; lines < 1_000_000; copy++) {
      for (Path source : sources) {
        String text = Files.readString(source) + "// " + copy + "\n";
        Path file = code.resolve("c" + copy).resolve(checkout.relativize(source));
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        lines += text.lines().count();
      }
    }
    for (String line :
        List.of(
            "init -q",
            "config user.name B",
            "config user.email b@example.org",
            "add -A",
            "commit -q -m code")) {
      List<String> argv = new ArrayList<>(List.of("git"));
      argv.addAll(List.of(line.split(" ")));
      ground.sandbox.run(ground.sandbox.plain(argv, code, Duration.ofMinutes(5)));
    }
    for (String time : List.of("first", "second")) {
      ProcessBuilder builder =
          new ProcessBuilder(longe, "quality", "-C", code.toString(), "--at", "HEAD")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("LONGE_HOME", ground.root.resolve("quality").toString());
      long began = System.nanoTime();
      int status = builder.start().waitFor();
      Ground.tell(
          "quality",
          "%,d lines, %s time: %.1f s (exit %d)",
          lines,
          time,
          (System.nanoTime() - began) / 1e9,
          status);
    }
  }
}

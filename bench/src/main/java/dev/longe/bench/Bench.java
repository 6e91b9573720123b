package dev.longe.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The numbers of the brief, measured on this machine. */
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory("longe-bench-");
    Ground ground = new Ground(root);
    JournalRows journal = new JournalRows(ground);
    AgentRows agents = new AgentRows(ground);
    ProgramRows program = new ProgramRows(ground);
    List<String> rows = List.of(arguments).subList(1, arguments.length);
    Map<String, Row> all = new java.util.LinkedHashMap<>(Map.of());
    all.put("turnaround", agents::turnaround);
    all.put("trees", new TreeRows(ground)::trees);
    all.put("journal", journal::journal);
    all.put("open", journal::open);
    all.put("recovery", journal::recovery);
    all.put("agents", agents::agents);
    all.put("start", () -> program.start(arguments[0]));
    all.put("quality", () -> program.quality(arguments[0]));
    for (Map.Entry<String, Row> row : all.entrySet()) {
      if (rows.isEmpty() || rows.contains(row.getKey())) {
        row.getValue().run();
      }
    }
  }

  private interface Row {
    void run() throws Exception;
  }
}

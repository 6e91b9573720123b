package dev.longe.cli;

import dev.longe.agent.Login;
import dev.longe.agent.Probe;
import dev.longe.agent.registry.Agents;
import dev.longe.intake.AgentEntry;
import dev.longe.intake.AgentsFile;
import dev.longe.report.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code longe agents}: lists the agents that a loop may name on this machine, and what each can
 * do.
 */
@Command(name = "agents")
final class AgentsCommand implements Callable<Integer> {
  private final App app;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  AgentsCommand(App app) {
    this.app = app;
  }

  /** An agent with what its user set for it. */
  private record Row(Probe probe, AgentEntry entry) {}

  @Override
  public Integer call() {
    AgentsFile file = app.agents();
    Agents drivers = app.drivers();
    List<Row> rows = new ArrayList<>();
    for (String name : file.names()) {
      if (name.equals("acp") && file.entry(name).command().isEmpty()) {
        continue; // a driver without a program is no agent yet
      }
      rows.add(new Row(drivers.probe(name), file.entry(name)));
    }
    if (json) {
      app.out().println(Views.json(rows));
    } else {
      rows.forEach(this::tell);
      app.out().println();
      app.out()
          .println(
              "Configure agents in "
                  + app.home().agents()
                  + "; «longe doctor» shows how to install them.");
    }
    return ExitCode.OK.code();
  }

  private void tell(Row row) {
    Probe p = row.probe();
    AgentEntry e = row.entry();
    List<String> words = new ArrayList<>();
    words.add(AgentWords.here(p));
    words.add(p.abilities());
    if (!e.name().equals(e.driver())) {
      words.add("driver " + e.driver());
    }
    e.model().ifPresent(m -> words.add("model " + m));
    e.slots().ifPresent(n -> words.add(n + " slots"));
    if (!e.quotaAccount().equals(e.driver())) {
      words.add("quota account " + e.quotaAccount());
    }
    boolean good = p.refusal().isEmpty() && p.login().state() != Login.State.NO;
    String mark = good ? app.style().good("ok  ") : app.style().note("--  ");
    String name = String.format(Locale.ROOT, "%-12s", p.name());
    app.out().println(mark + app.style().bold(name) + " " + String.join("; ", words));
  }
}

package dev.longe.cli;

import dev.longe.effects.CheckPreview;
import java.util.List;
import java.util.Locale;

/** Prints what a check of a loop would get. */
final class LoopPreview {
  private final App app;

  LoopPreview(App app) {
    this.app = app;
  }

  void print(CheckPreview p) {
    app.out().println("A check of the loop «" + p.loop() + "» gets here:");
    line("confined", (p.confined() ? "yes: " : "no: ") + p.confinement());
    line("network", p.network() ? "yes" : "only a loopback interface of its own");
    line("setup", p.setup().orElse("none"));
    lines(
        "services",
        p.services().stream()
            .map(s ->
                s.name()
                    + (s.ports().isEmpty() ? "" : ", ports in " + String.join(", ", s.ports()))
                    + ", ready within "
                    + s.timeout())
            .toList());
    lines("carried", p.carry());
    lines("limits", p.limits());
    lines("path", p.path());
    if (!p.pathMissing().isEmpty()) {
      lines("not there", p.pathMissing());
    }
    if (p.confined()) {
      lines("tools", p.tools());
      lines(p.cachesWritable() ? "caches" : "caches (read)", p.caches());
    }
    lines(
        "variables",
        p.variables().entrySet().stream().map(v -> v.getKey() + "=" + v.getValue()).toList());
  }

  private void lines(String what, List<String> values) {
    if (values.isEmpty()) {
      line(what, "none");
      return;
    }
    line(what, values.getFirst());
    values.stream().skip(1).forEach(v -> line("", v));
  }

  private void line(String what, String value) {
    app.out().println(String.format(Locale.ROOT, "  %-14s", what) + value);
  }
}

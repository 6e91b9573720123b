package dev.longe.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measurement results as data: for {@code --json}, and as SARIF 2.1.0 for other tools. */
public final class QualityReport {
  private QualityReport() {}

  /** Measures of the candidate, with those of the base if there is one. */
  public static List<Map<String, Object>> measures(Metrics base, Metrics candidate) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Measure m : Measure.values()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("measure", m.code());
      one.put("base", base.measure(m));
      one.put("candidate", candidate.measure(m));
      all.add(one);
    }
    return all;
  }

  /** One finding. */
  public static Map<String, Object> smell(String change, Finding s) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("change", change);
    one.put("rule", s.rule().code());
    one.put("family", s.rule().family().name().toLowerCase(Locale.ROOT));
    one.put("path", s.path());
    one.put("line", s.line());
    one.put("endLine", s.endLine());
    one.put("function", s.function());
    one.put("fingerprint", fingerprint(s));
    one.put("weight", s.weight());
    one.put("text", s.text());
    one.put("serves", s.serves());
    return one;
  }

  private static String fingerprint(Finding s) {
    return Long.toHexString(s.fingerprint());
  }

  /** A SARIF log. {@code baselineState} marks new, worsened and resolved findings. */
  public static Map<String, Object> sarif(Delta delta) {
    List<Object> results = new ArrayList<>();
    delta.added().forEach(s -> results.add(result("new", s)));
    delta.worsened().forEach(s -> results.add(result("updated", s)));
    delta.resolved().forEach(s -> results.add(result("absent", s)));
    List<Object> rules = new ArrayList<>();
    for (Rule r : Rule.values()) {
      rules.add(Map.of("id", r.code(), "shortDescription", Map.of("text", r.meaning())));
    }
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "longe quality");
    driver.put("rules", rules);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("results", results);
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    log.put("runs", List.of(run));
    return log;
  }

  private static Map<String, Object> result(String state, Finding s) {
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", s.line());
    region.put("endLine", s.endLine());
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("artifactLocation", Map.of("uri", s.path()));
    place.put("region", region);
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("ruleId", s.rule().code());
    one.put("level", s.rule().family() == Rule.Family.HIDING ? "error" : "warning");
    one.put("message", Map.of("text", s.rule().meaning() + ": " + s.text()));
    one.put("locations", List.of(Map.of("physicalLocation", place)));
    one.put("partialFingerprints", Map.of("longe/v1", fingerprint(s)));
    one.put("baselineState", state);
    return one;
  }
}

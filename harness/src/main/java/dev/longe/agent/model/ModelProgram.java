package dev.longe.agent.model;

import dev.longe.agent.Assignment;
import dev.longe.agent.DriverContext;
import dev.longe.agent.Json;
import dev.longe.core.Fault;
import dev.longe.intake.AgentEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Longe's own program for models, and where a model is. It lies beside the harness: the libraries
 * that it needs are large, and nothing else loads them.
 */
public record ModelProgram(DriverContext host, AgentEntry entry) {
  private static final String MAIN = "dev.longe.model.Main";
  private static final String OLLAMA = "http://127.0.0.1:11434/v1";

  /** Where to send a conversation. */
  record Target(String api, String model, Optional<String> url, String key, boolean keyless) {}

  static Path java() {
    return Path.of(System.getProperty("java.home"));
  }

  /** The directory with the program's classes and libraries. */
  static Path directory() {
    try {
      Path own =
          Path.of(ModelProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path target = Optional.ofNullable(own.getParent()).orElse(own);
      return target.resolve("../../model/target").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<String> argv() {
    Path classes = directory().resolve("classes");
    if (!Files.isDirectory(classes)) {
      throw new Fault("Longe's program for models is not built: run ./longe, or mvn package.");
    }
    return List.of(
        java().resolve("bin/java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-Xmx512m",
        "-Dslf4j.internal.verbosity=ERROR", // a library of the SDKs logs; nothing takes it
        "-cp",
        classes + ":" + directory().resolve("lib") + "/*",
        MAIN);
  }

  /**
   * {@code anthropic/NAME}, {@code openai/NAME}, {@code ollama/NAME}, or a bare name at the entry's
   * endpoint.
   */
  public Target target(String named) {
    int slash = named.indexOf('/');
    String provider = slash < 0 ? "" : named.substring(0, slash);
    String rest = named.substring(slash + 1);
    AgentEntry.Endpoint at = entry.endpoint();
    if (at.url().isPresent() || at.api().isPresent()) {
      boolean anthropic = at.api().filter(a -> a == AgentEntry.Api.ANTHROPIC).isPresent();
      String key = at.key().orElse(anthropic ? "ANTHROPIC_API_KEY" : "OPENAI_API_KEY");
      boolean keyless = at.key().isEmpty() && at.url().isPresent();
      return new Target(anthropic ? "anthropic" : "openai", named, at.url(), key, keyless);
    }
    return switch (provider) {
      case "anthropic" ->
          new Target(
              "anthropic", rest, host.variable("ANTHROPIC_BASE_URL"), "ANTHROPIC_API_KEY", false);
      case "openai" ->
          new Target("openai", rest, host.variable("OPENAI_BASE_URL"), "OPENAI_API_KEY", false);
      case "ollama" -> new Target("openai", rest, Optional.of(OLLAMA), "OPENAI_API_KEY", true);
      default ->
          throw new Fault(
              "The model «%s» has no provider: write anthropic/NAME, openai/NAME or ollama/NAME, or set an endpoint in agents.yaml."
                  .formatted(named));
    };
  }

  /** Why a model can't be asked; empty where it can. */
  public Optional<String> problem(String named) {
    try {
      Target _ = target(named);
      List<String> _ = argv();
      return Optional.empty();
    } catch (Fault e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The request that the program reads first. */
  public String request(Target t, Assignment a, Path session, int criteria) {
    Map<String, Object> request = new HashMap<>();
    request.put("api", t.api());
    request.put("model", t.model());
    request.put("url", t.url().orElse(""));
    request.put("key", t.key());
    request.put("keyless", t.keyless());
    request.put("directory", a.directory().toString());
    request.put("session", session.toString());
    request.put("resume", a.resume().isPresent());
    request.put("prompt", a.prompt());
    request.put("context", entry.endpoint().context());
    request.put("turns", entry.endpoint().turns());
    request.put("criteria", criteria);
    return Json.line(request);
  }
}

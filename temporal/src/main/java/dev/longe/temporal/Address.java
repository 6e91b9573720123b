package dev.longe.temporal;

import dev.longe.core.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The address of a Temporal namespace: {@code temporal://HOST:PORT/NAMESPACE}, with options after
 * {@code ?}.
 *
 * @param beat the interval between a machine's heartbeats
 * @param plain whether payloads may be stored on the server unencrypted
 * @param tls whether to use TLS even without a client certificate
 */
record Address(String host, int port, String namespace, Duration beat, boolean plain, boolean tls) {
  static final String SCHEME = "temporal";
  private static final int PORT = 7233;
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Set<String> OPTIONS = Set.of("heartbeat", "plain", "tls");

  static Address parse(String text) {
    try {
      URI uri = new URI(text);
      String path = uri.getPath() == null ? "" : uri.getPath();
      String namespace = path.replaceFirst("^/", "");
      if (!SCHEME.equals(uri.getScheme()) || uri.getHost() == null || namespace.contains("/")) {
        throw wrong(text, "it");
      }
      Map<String, String> options = options(text, uri);
      return new Address(
          uri.getHost(),
          uri.getPort() < 0 ? PORT : uri.getPort(),
          namespace.isEmpty() ? "default" : namespace,
          beat(text, options),
          Boolean.parseBoolean(options.get("plain")),
          Boolean.parseBoolean(options.get("tls")));
    } catch (URISyntaxException e) {
      throw wrong(text, "it");
    }
  }

  private static Map<String, String> options(String text, URI uri) {
    Map<String, String> options = new HashMap<>();
    if (uri.getQuery() != null) {
      for (String one : uri.getQuery().split("&")) {
        int at = one.indexOf('=');
        String name = at < 0 ? one : one.substring(0, at);
        if (!OPTIONS.contains(name)) {
          throw wrong(text, "«" + name + "»");
        }
        options.put(name, at < 0 ? "true" : one.substring(at + 1));
      }
    }
    return options;
  }

  private static Duration beat(String text, Map<String, String> options) {
    if (!options.containsKey("heartbeat")) {
      return BEAT;
    }
    try {
      Duration beat = Duration.parse("PT" + options.get("heartbeat"));
      if (beat.compareTo(Duration.ofMillis(200)) >= 0
          && beat.compareTo(Duration.ofMinutes(5)) <= 0) {
        return beat;
      }
    } catch (java.time.DateTimeException e) {
      throw wrong(text, "its heartbeat");
    }
    throw wrong(text, "its heartbeat");
  }

  private static Fault wrong(String text, String what) {
    return new Fault(
        "LONGE_ENGINE is «%s», and %s is not valid; it must be temporal://HOST:PORT/NAMESPACE, optionally with ?plain, ?tls or ?heartbeat=10s."
            .formatted(text, what));
  }

  String target() {
    return host + ":" + port;
  }

  /** Whether the server is on this machine. */
  boolean loopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }
}

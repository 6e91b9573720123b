package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Fault;
import dev.longe.home.Home;
import dev.longe.sandbox.Environment;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One clear sentence for each way in which a server can't be worked with. */
@Timeout(120)
final class BadTeamTest {
  @TempDir Path temp;

  private String refusal(String address, Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(World.ENVIRONMENT.all());
    all.putAll(variables);
    try {
      new TemporalEngines().connect(address, new Environment(all), new Home(temp)).close();
      return "";
    } catch (Fault e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void says(String said, String... parts) {
    org.assertj.core.api.Assertions.assertThat(said).contains(parts);
  }

  @Test
  @Tag("F24")
  void address_isUnderstood_orToldHowItMustBe() {
    for (String wrong :
        new String[] {
          "temporal://",
          "temporal://h/a/b",
          "temporal://h:7233/n?beat=1s",
          "temporal://h/n?heartbeat=9h"
        }) {
      says(refusal(wrong, Map.of()), "temporal://HOST:PORT/NAMESPACE", wrong);
    }
  }

  @Test
  @Tag("F24")
  void serverThatIsNotThere() {
    says(
        refusal("temporal://127.0.0.1:1/default", Map.of()),
        "127.0.0.1:1 can't be reached",
        "check that it is running");
  }

  @Test
  @Tag("F24")
  void otherHost_wantsAKey() {
    says(refusal("temporal://10.1.2.3/default", Map.of()), "team.keys", "--new-key", "?plain");
  }

  @Test
  @Tag("F24")
  void certificates_thatCantBeUsed() {
    says(
        refusal(
            "temporal://127.0.0.1/default",
            Map.of("TEMPORAL_TLS_CLIENT_CERT_PATH", temp.resolve("no").toString())),
        "TEMPORAL_TLS_CLIENT_CERT_PATH",
        "can't be read");
    Path garbage = World.write(temp.resolve("ca.pem"), "no certificate");
    says(
        refusal(
            "temporal://127.0.0.1/default",
            Map.of("TEMPORAL_TLS_SERVER_CA_CERT_PATH", garbage.toString())),
        "The certificates can't be used");
    says(
        refusal(
            "temporal://127.0.0.1/default",
            Map.of("TEMPORAL_TLS_CLIENT_CERT_PATH", garbage.toString())),
        "must be set together");
  }

  @Test
  @Tag("F24")
  void serverWithoutTls_isNotSpokenToOverTls() {
    try (FrontDoor server = new FrontDoor()) {
      says(
          refusal(server.address() + "?tls", Map.of()),
          "does not accept this machine's certificate, or shows one");
    }
  }

  @Test
  void worker_withNoServerWorthTheName_isRefusedAtTheDoor() {
    assertThatThrownBy(() -> Address.parse("http://x"))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("temporal://HOST:PORT/NAMESPACE");
  }
}

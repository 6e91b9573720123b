package dev.longe.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.CheckName;
import dev.longe.core.Loop;
import dev.longe.core.NetworkHint;
import dev.longe.core.Sandboxing;
import dev.longe.core.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkHintTest {
  private static final Sandboxing NO_NETWORK = Sandboxing.DEFAULT;

  private static Loop loop(Sandboxing sandbox) {
    Loop l = Story.loop();
    return new Loop(
        l.name(),
        l.mode(),
        l.agents(),
        l.setup(),
        List.of(),
        l.services(),
        l.checks(),
        l.protect(),
        l.moves(),
        l.limits(),
        l.review(),
        sandbox,
        l.env(),
        l.carry(),
        l.prompt());
  }

  private static Optional<String> hint(Sandboxing sandbox, CheckName check, String printed) {
    Verdict verdict =
        new Verdict.Failed(check, List.of(check.text()), printed, "x", OptionalDouble.empty());
    return NetworkHint.of(loop(sandbox), verdict);
  }

  private static CheckName tests() {
    return Story.loop().checks().getFirst().name();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl: (6) Could not resolve host: example.org",
        "Error: getaddrinfo ENOTFOUND registry.example.org",
        "npm error code EAI_AGAIN",
        "socket.gaierror: [Errno -3] Temporary failure in name resolution",
        "dial tcp: lookup example.org on 10.0.0.1:53: no such host",
        "java.net.UnknownHostException: example.org",
        "connect: Network is unreachable",
        "Couldn't resolve host 'example.org'",
        "connect ECONNREFUSED 127.0.0.1:5432",
      })
  void outputOfAMissingNetwork_isExplained(String printed) {
    assertThat(hint(NO_NETWORK, tests(), "first\n" + printed + "\nlast").orElseThrow())
        .contains(tests().text(), "«network: {checks: true}»");
  }

  @Test
  void otherFailures_andChecksWithANetwork_areNot() {
    String printed = "Could not resolve host: example.org";
    assertThat(hint(NO_NETWORK, tests(), "expected 1, was 2")).isEmpty();
    assertThat(hint(NO_NETWORK, CheckName.DIFF_SIZE, printed)).isEmpty();
    assertThat(hint(Sandboxing.NONE, tests(), printed)).isEmpty();
    assertThat(hint(NO_NETWORK.with(Sandboxing.Level.NONE), tests(), printed)).isEmpty();
    assertThat(hint(NO_NETWORK.with(Sandboxing.Network.ALL), tests(), printed)).isEmpty();
  }
}

package dev.longe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code longe doctor --loop}. */
@Timeout(60)
final class LoopPreviewTest {
  /** Variables that the harness's markers and the shell of the check add. */
  private static final Set<String> ADDED = Set.of("LONGE_OWNER", "LONGE_RUN", "PWD", "SHLVL", "_");

  @TempDir Path temp;

  private Terminal terminal(Map<String, String> variables) {
    Path user =
        World.repository(
            temp.resolve("shop"),
            ".longe/loops/shop.md",
            """
            ---
            agent: 'command:true'
            setup: 'true'
            env: [SHOP_TOKEN, SHOP_MODE]
            services: [{name: db, run: sleep 77, ready: 'true', ports: DB_PORT}]
            checks: [{run: 'env > variables; cat variables', timeout: 90s}]
            ---
            {{task}}
            """);
    return new Terminal(temp.resolve("home"), user, variables);
  }

  private static Map<String, String> variables(String sandbox) {
    return Map.of(
        "LONGE_SANDBOX",
        sandbox,
        "SHOP_TOKEN",
        "swordfish",
        "SHOP_MODE",
        "test",
        "TMPDIR",
        "/tmp",
        "HTTPS_PROXY",
        "http://ada:lovelace@proxy:3128");
  }

  /** The preview has the variables that a check has. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "none"})
  @Tag("I13")
  void variables_areThoseOfACheck_withoutSecrets(String sandbox) {
    Terminal terminal = terminal(variables(sandbox));
    JsonNode preview = terminal.json("doctor", "--loop", "shop", "--json");
    Set<String> shown = new TreeSet<>(preview.path("variables").propertyNames());
    assertThat(terminal.longe("run", "Print it", "--loop", "shop").exit()).isEqualTo(10);
    Path receipts = temp.resolve("home/receipts").resolve(terminal.task());
    Set<String> got = new TreeSet<>();
    World.shell(receipts, "zcat 1-1.gz | grep -oE '^[A-Za-z_]+='")
        .lines()
        .forEach(l -> got.add(l.substring(0, l.length() - 1)));
    got.removeAll(ADDED);
    assertThat(got.remove("DB_PORT")).isTrue();
    assertThat(shown).isEqualTo(got).contains("PATH", "CI", "SHOP_MODE");
    assertThat(preview.path("variables").path("SHOP_MODE").asString()).isEqualTo("test");
    assertThat(preview.toString()).doesNotContain("swordfish").doesNotContain("lovelace");
  }

  @Test
  void text_tellsWhatACheckGets() {
    Terminal.Said said = terminal(variables("none")).longe("doctor", "--loop", "shop");
    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .startsWith("A check of the loop «shop» gets here:\n")
        .contains(
            "  confined      no: LONGE_SANDBOX=none is set\n",
            "  network       yes\n",
            "  setup         true\n",
            "  carried       none\n",
            "  services      db, ports in DB_PORT, ready within 1 min\n",
            "«env > variables; cat variables» may take 1 min 30 s",
            "                HTTPS_PROXY=http://[secret]@proxy:3128\n",
            "                SHOP_TOKEN=[secret]\n");
  }

  @Test
  void unknownLoop_isRefused_withTheKnownNames() {
    Terminal terminal = terminal(Map.of());
    World.write(temp.resolve("home/loops/mine.md"), "");
    Terminal.Said said = terminal.longe("doctor", "--loop", "shopp");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains("there is no loop «shopp»")
        .endsWith("the loops are mine, shop\n");
    assertThat(List.of(said.out())).containsExactly("");
  }
}

package dev.longe.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.core.Attempt;
import dev.longe.core.Move;
import dev.longe.core.Reason;
import dev.longe.core.State;
import dev.longe.testing.Mailbox;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The guard against slop, as a user types it, with real agents that write real code. */
@Timeout(120)
final class SlopTest {
  private static final String CODE = "def total(rows):\n    return sum(rows)\n";

  @TempDir Path temp;
  @RegisterExtension final Mailbox mailbox = new Mailbox();
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    user =
        World.repository(
            temp.resolve("shop"),
            "src/total.py",
            CODE,
            "check.sh",
            "for n in 1 2 3 4; do grep -q \"case$n\" src/total.py || { echo missing $n; exit 1; };"
                + " done\n");
    terminal = new Terminal(temp.resolve("home"), user);
  }

  private Terminal.Said run(String body, String... more) {
    String agent = "command:'" + World.script(temp.resolve("agent.sh"), body) + "'";
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "Handle case1 to case4",
                "--agent",
                agent,
                "--check",
                "bash check.sh",
                "--slop"));
    all.addAll(List.of(more));
    return terminal.longe(all.toArray(String[]::new));
  }

  private static final String ALL_CASES = "echo '# case1 case2 case3 case4' >> src/total.py\n";

  @Test
  void codeThatHidesErrors_isRefused_andTheAgentIsToldWhat_notHowMuch() {
    Terminal.Said said =
        run(
            """
            cat | %s
            if [ $LONGE_ATTEMPT = 1 ]; then
              printf 'def total(rows):\\n    try:\\n        return sum(rows)\\n    except Exception:\\n        return 0\\n' > src/total.py
            else printf 'def total(rows):\\n    return sum(rows)\\n' > src/total.py; fi
            """
                    .formatted(mailbox.put("prompt.$LONGE_ATTEMPT"))
                + ALL_CASES);
    assertThat(said.exit()).isZero();
    assertThat(terminal.state().attempts()).hasSize(2);
    assertThat(mailbox.text("prompt.2"))
        .contains("src/total.py:4")
        .contains("a default is given in its place")
        .contains("State the invariant")
        .doesNotContain("mass")
        .doesNotContain("erosion");
    assertThat(terminal.longe("show", terminal.task()).out()).contains("slop failed");
  }

  /** Each attempt passes one more case and brings another copy. */
  private static final String WORSE =
      """
      n=$LONGE_ATTEMPT
      cat >> src/total.py <<P

      # case$n
      def total_$n(rows, rate, limit):
          result = 0
          for row in rows:
              if row > limit:
                  result += convert(row, rate)
              elif row < 0:
                  result -= convert(-row, rate)
              else:
                  result += row
          return check(result, limit)
      P
      """;

  @Test
  @Tag("D39")
  void gettingWorseWhileGettingGreen_leadsToASmallerStart() {
    Terminal.Said said =
        run(
            "cat | " + mailbox.put("prompt.$LONGE_ATTEMPT") + "\n" + WORSE,
            "--moves",
            "continue 5, fresh 1, ask");
    Attempt third = terminal.state().attempts().get(2);
    Attempt fourth = terminal.state().attempts().get(3);
    assertThat(third.measured()).isPresent();
    assertThat(fourth.move()).isEqualTo(Move.FRESH);
    assertThat(said.out()).contains("getting-worse");
    assertThat(mailbox.text("prompt.4"))
        .contains("Make it smaller")
        .contains("(mass)")
        .doesNotContain("erosion")
        .doesNotContain("single-use");
    assertThat(terminal.state().state()).isEqualTo(State.ASKING);
    assertThat(terminal.state().reason()).contains(Reason.GETTING_WORSE);
    assertThat(terminal.state().acceptable()).isTrue();
    assertThat(terminal.longe("replay", terminal.task()).out())
        .contains("all equal to the recorded ones");
  }

  @Test
  @Tag("D39")
  void growthThatIsUsualHere_isNoTrend() {
    for (int i = 0; i < 9; i++) {
      StringBuilder code = new StringBuilder();
      for (int n = 0; n < 6; n++) {
        code.append(
            "def f%d_%d(rows, rate):\n    for row in rows:\n        if row > rate:\n            keep(row)\n        elif row:\n            drop(row)\n    return done(rows)\n\n\n"
                .formatted(i, n));
      }
      World.write(user.resolve("src/f" + i + ".py"), code.toString());
      World.git(user, "add", "-A");
      World.git(user, "commit", "-qm", "more");
      World.write(
          user.resolve("src/f" + i + ".py"), code + code.toString().replace("def f", "def g"));
      World.git(user, "commit", "-qam", "and more");
    }
    assertThat(run(WORSE, "--moves", "continue 5, fresh 1, ask").out())
        .doesNotContain("getting-worse");
    assertThat(terminal.state().state()).isEqualTo(State.PROPOSED);
  }

  @Test
  void honestRefactoring_passes() {
    World.write(
        user.resolve("src/total.py"),
        CODE
            + "\n\n"
            + "def net(rows):\n"
            + "    result = 0\n"
            + "    for row in rows:\n"
            + "        if row > 0:\n"
            + "            result += row\n"
            + "    return result\n");
    World.git(user, "commit", "-qam", "more");
    Terminal.Said said =
        run(
            "printf 'def total(rows):\\n"
                + "    return sum(rows)\\n\\n\\ndef net(rows):\\n"
                + "    return total(row for row in rows if row > 0)\\n' > src/total.py\n"
                + ALL_CASES);
    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains("passed  «slop»").doesNotContain("finding");
    assertThat(terminal.state().attempts()).hasSize(1);
  }

  @Test
  void fallbackInALoadBearingPath_mustCiteItsInvariant() {
    World.write(
        user.resolve(".longe/invariants.md"),
        "## whole-sums: A sum is never partly computed.\npaths: src/**\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-qm", "invariants");
    String bare =
        "printf 'def total(rows):\\n    return sum(rows or [])\\n' > src/total.py\n" + ALL_CASES;
    assertThat(run(bare, "--moves", "ask").out()).contains("failed  «slop»: default-fallback");
    String cited =
        "printf 'def total(rows):\\n"
            + "    # invariant: whole-sums\\n"
            + "    return sum(rows or [])\\n' > src/total.py\n"
            + ALL_CASES;
    assertThat(run(cited).out())
        .contains("passed  «slop»")
        .contains("concerns the invariants «whole-sums»");
  }

  @Test
  void quality_holdsTheWorkTreeAgainstABase_inThreeForms() {
    World.write(
        user.resolve("src/total.py"),
        "def total(rows):\n    try:\n        return sum(rows)\n    except:\n        pass\n");
    assertThat(terminal.longe("quality", "HEAD").out())
        .contains("added 1")
        .contains("fallbacks: 0 in 4 added lines, 0.0 per 1,000")
        .contains("swallow-empty")
        .contains("src/total.py:4");
    assertThat(terminal.longe("quality", "HEAD", "--fail").exit()).isEqualTo(12);
    JsonNode json = terminal.json("quality", "HEAD", "--json");
    assertThat(json.path("findings").get(0).path("change").asString()).isEqualTo("added");
    JsonNode sarif = terminal.json("quality", "HEAD", "--sarif");
    assertThat(sarif.path("version").asString()).isEqualTo("2.1.0");
    assertThat(sarif.path("runs").get(0).path("results").get(0).path("baselineState").asString())
        .isEqualTo("new");
    assertThat(terminal.longe("quality", "nowhere").err()).contains("no commit «nowhere»");
    assertThat(terminal.longe("quality", "--at", "HEAD").out()).doesNotContain("swallow");
  }
}

package dev.longe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(180)
final class CommandsTest {
  @TempDir Path temp;
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void repository() {
    user = World.repository(temp.resolve("repo"), "package.json", "{}\n", "test/a.js", "1\n");
    terminal = new Terminal(temp.resolve("home"), user);
  }

  @Test
  void demo_showsEachClaimRefused_andTheProposal() {
    Terminal.Said said = terminal.longe("demo");
    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .contains("nothing changed")
        .contains("no-change")
        .contains("continues session 1")
        .contains("version of the protected paths PriceTest.java")
        .contains("fresh session 2")
        .contains("proposed   every check passed")
        .contains("$0.111")
        .contains("You can delete all of it: rm -rf /")
        .contains("longe init");
  }

  static Stream<String> drills() {
    return Drill.all().stream().map(Drill::name);
  }

  @ParameterizedTest
  @MethodSource("drills")
  @Tag("I1")
  @Tag("I3")
  @Tag("I12")
  @Tag("I14")
  @Tag("I15")
  @Tag("F3")
  @Tag("F4")
  @Tag("F16")
  void badAgent_isCaught(String drill) {
    Terminal.Said said = terminal.longe("drill", drill);
    assertThat(said.out()).contains("caught " + drill).contains("Every bad agent was caught");
    assertThat(said.err()).isEmpty();
    assertThat(said.exit()).isZero();
  }

  @Test
  void init_proposesALoop_thatCheckLoopReads_andRefusesASecond() {
    Terminal.Said said = terminal.longe("init", "--agent", "command:./agent.sh");
    assertThat(said.exit()).isZero();
    Path file = user.resolve(".longe/loops/default.md");
    assertThat(World.read(file))
        .contains("run: npm test")
        .contains("setup: npm install")
        .doesNotContain("protect");
    Terminal.Said checked = terminal.longe("check-loop", ".longe/loops/default.md");
    assertThat(checked.out())
        .contains("«npm test» exits with 0 within 15 min")
        .contains("continue 2, fresh 2, ask");
    assertThat(terminal.longe("init").exit()).isEqualTo(1);
  }

  @Test
  void checkLoop_saysAllThatIsWrong() {
    World.write(user.resolve("bad.md"), "---\nagent: nobody\nlimits: {money: $0}\n---\n{{task}}\n");
    Terminal.Said said = terminal.longe("check-loop", "bad.md");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err().lines()).hasSize(3);
  }

  @Test
  void badTasks_startNothing() {
    assertThat(terminal.longe("run").exit()).isEqualTo(2);
    assertThat(terminal.longe("nonsense").exit()).isEqualTo(2);
    assertThat(terminal.longe("run", "  ", "--agent", "claude", "--check", "true").exit())
        .isEqualTo(2);
    Terminal.Said said =
        terminal.longe(
            "run",
            "x",
            "--agent",
            "command:/no/such",
            "--check",
            "no-such-check --x",
            "--protect",
            "nothing/**");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains("there is no program /no/such")
        .contains("«no-such-check», which does not exist")
        .contains("matches no file of the base");
    assertThat(terminal.json("ls", "--json")).isEmpty();
  }

  @Test
  @Tag("F11")
  void secondServe_isToldWhoServes() {
    World.make(temp.resolve("home"));
    try (Terminal.Opened other = terminal.open()) {
      assertThat(other.serves()).isTrue();
      Terminal.Said said = terminal.longe("serve", "--until-idle");
      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.err()).contains("Another «longe serve»");
    }
  }

  @Test
  @Tag("F15")
  void homeThatCanNotBeWritten_isOneSentence() {
    World.write(temp.resolve("file"), "x");
    Terminal.Said said = new Terminal(temp.resolve("file"), user).longe("ls");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err().lines()).singleElement().asString().contains("LONGE_HOME");
  }

  @Test
  void settings_withMistakes_areAllReported() {
    World.write(
        temp.resolve("home/settings.yaml"),
        "slots: {machine: 0, nobody: 2}\nday: much\ncolour: red\n");
    Terminal.Said said = terminal.longe("run", "x", "--agent", "command:true", "--check", "false");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err().lines().filter(l -> !l.startsWith("Open question: "))).hasSize(4);
  }

  @Test
  void doctor_triesThingsOut() {
    Terminal.Said said = terminal.longe("doctor");
    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .contains("git")
        .contains("processes")
        .contains("confined")
        .contains("find")
        .contains("filters")
        .contains("claude");
  }

  @Test
  void completion_knowsCommandsAndOptions() {
    assertThat(terminal.longe("completion").out()).contains("check-loop").contains("--red-check");
  }

  @Test
  void help_isThereForEveryCommand() {
    assertThat(Commands.of(terminal.app()).getSubcommands())
        .allSatisfy((name, line) -> {
          Terminal.Said said = terminal.longe(name, "--help");
          assertThat(said.exit()).isZero();
          assertThat(said.out()).contains("Usage: longe " + name);
        });
    assertThat(Files.exists(temp.resolve("home"))).isFalse();
  }

  @Test
  void helpCommand_printsTheSameAsTheOption() {
    assertThat(Commands.of(terminal.app()).getSubcommands())
        .allSatisfy((name, _) ->
            assertThat(terminal.longe("help", name)).isEqualTo(terminal.longe(name, "--help")));
    assertThat(terminal.longe("help")).isEqualTo(terminal.longe("--help"));
    assertThat(terminal.longe("help").out()).contains("Usage: longe", "submit", "help");
  }

  @Test
  void helpOfAnUnknownCommand_isAUsageError() {
    Terminal.Said said = terminal.longe("help", "fly");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("longe has no command «fly».", "See «longe help --help».");
    assertThat(said.out()).isEmpty();
  }
}

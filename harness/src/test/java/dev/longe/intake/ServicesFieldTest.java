package dev.longe.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longe.core.Command;
import dev.longe.core.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ServicesFieldTest {
  private static List<ServiceSpec> parse(String services) {
    String text =
        "---\nagent: claude\nchecks: make test\nenv: [TOKEN]\nservices:"
            + services
            + "\n---\n{{task}}\n";
    return LoopFile.parse("fix", "fix.md", text, AgentsFile.NONE).services();
  }

  private static List<String> problems(String services) {
    InvalidInput e = catchThrowableOfType(InvalidInput.class, () -> parse(services));
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void everyKey_isRead_andHasADefault() {
    List<ServiceSpec> services =
        parse(
            """

              - name: db
                run: [postgres, -D, data]
                ready: pg_isready -p $PGPORT
                timeout: 30s
                ports: [PGPORT, OTHER]
                agent: true
              - run: ./server
            """);
    assertThat(services)
        .containsExactly(
            new ServiceSpec(
                "db",
                new Command.Argv(List.of("postgres", "-D", "data")),
                Optional.of(new Command.Shell("pg_isready -p $PGPORT")),
                Duration.ofSeconds(30),
                List.of("PGPORT", "OTHER"),
                true),
            new ServiceSpec(
                "./server",
                new Command.Shell("./server"),
                Optional.empty(),
                Duration.ofMinutes(1),
                List.of(),
                false));
  }

  @Test
  void wrongValues_areRefused_eachInOneSentence() {
    assertThat(problems(" [{name: db, ready: x}]"))
        .containsExactly(
            "fix.md:5: services[0]: needs the key run, the command that starts the service");
    assertThat(problems(" [{run: x, image: postgres}]"))
        .containsExactly(
            "fix.md:5: services[0].image: is not known; allowed are agent, name, ports, ready, run,"
                + " timeout");
    assertThat(problems(" [{run: x, timeout: soon}]"))
        .containsExactly(
            "fix.md:5: services[0].timeout: must be a time such as 90s, 15m or 2h, was soon");
    assertThat(problems(" [{run: x}, {run: y, name: x}]"))
        .containsExactly(
            "fix.md:5: services[1]: another service has the name «x»; give this one a name");
    assertThat(problems(" {db: {run: x}}")).singleElement().asString().contains("must be a list");
    assertThat(problems(" [x]")).singleElement().asString().contains("must be a map");
  }

  @Test
  void portVariables_areNamesThatNobodyElseSets() {
    assertThat(problems(" [{run: x, ports: 5432}]"))
        .containsExactly(
            "fix.md:5: services[0].ports: must be the name of a variable, such as PGPORT, was"
                + " 5432");
    for (String reserved : List.of("CI", "LONGE_TASK")) {
      assertThat(problems(" [{run: x, ports: [" + reserved + "]}]"))
          .containsExactly(
              "fix.md:5: services[0].ports[0]: must be another name: Longe itself sets the"
                  + " variable "
                  + reserved);
    }
    for (String twice : List.of("[{run: x, ports: [TOKEN]}]", "[{run: y, ports: [P, P]}]")) {
      assertThat(problems(" " + twice))
          .singleElement()
          .asString()
          .contains("must be another name: «env» or another service has the variable");
    }
  }
}

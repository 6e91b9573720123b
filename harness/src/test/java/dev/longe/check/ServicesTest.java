package dev.longe.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.CheckName;
import dev.longe.core.CheckSpec;
import dev.longe.core.Command;
import dev.longe.core.Commit;
import dev.longe.core.ServiceSpec;
import dev.longe.core.Verdict;
import dev.longe.sandbox.Confinement;
import dev.longe.sandbox.Place;
import dev.longe.testing.World;
import dev.longe.workspace.CheckTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ServicesTest {
  private static final CheckName NAME = new CheckName("tests");

  @TempDir Path temp;
  private final List<ServiceSpec> specs = new ArrayList<>();
  private Duration timeout = Duration.ofSeconds(20);

  private void service(String name, String run, String ready, String... ports) {
    specs.add(
        new ServiceSpec(
            name,
            new Command.Shell(run),
            Optional.of(ready).filter(r -> !r.isEmpty()).map(Command.Shell::new),
            timeout,
            List.of(ports),
            false));
  }

  private Checker.Result run(String line, Duration timeout) {
    CheckTree subject =
        new CheckTree(temp, temp, Optional.empty(), new Commit("a".repeat(40)), "tree");
    Map<String, String> variables = new HashMap<>(World.ENVIRONMENT.basic());
    variables.put("MY_PASSWORD", "swordfish");
    Place place = new Place(temp, variables, new Confinement.Open());
    Services services = Services.of(specs, temp.resolve("services"));
    Checker.Result result =
        new Checker(World.SANDBOX)
            .run(
                new CheckSpec.Run(
                    NAME,
                    new Command.Shell(line),
                    Optional.empty(),
                    timeout,
                    false,
                    false,
                    OptionalInt.empty()),
                subject,
                place,
                services,
                "1-1",
                temp.resolve("1-1.gz"));
    services.delete();
    return result;
  }

  private CheckResult check(String line) {
    return run(line, Duration.ofSeconds(20)).result();
  }

  private String evidence() {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(temp.resolve("1-1.gz")))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String feedback(Verdict verdict) {
    return ((Verdict.Failed) verdict).feedback();
  }

  @Test
  void command_runsWhenAllServicesAreReady_oneAfterTheOther() {
    service("first", "sleep 0.2; echo up > first; exec sleep 77", "test -e first");
    service("second", "cat first > second; exec sleep 77", "test -e second");
    CheckResult result = check("cat second; test $(cat second) = up");
    assertThat(result.verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(result.receipt().ran()).isEqualTo("cat second; test $(cat second) = up");
    assertThat(Files.exists(temp.resolve("services"))).isFalse();
  }

  @Test
  void comparisonWithTheBase_isOnlyForServicesThatAreNotReady() {
    service("db", "exec sleep 77", "true");
    assertThat(run("false", Duration.ofSeconds(20)).ifReadyOnBase()).isEmpty();
  }

  @Test
  void exitStatusOfTheCommand_isItsOwn_andServicesSeeNothingOfItsInput() {
    service("cat", "cat > input; exec sleep 77", "");
    CheckResult result = check("exit 7");
    assertThat(result.receipt().exit()).isEqualTo(7);
    assertThat(feedback(result.verdict())).startsWith("`exit 7` ended with exit 7");
    assertThat(World.read(temp.resolve("input"))).isEmpty();
  }

  @Test
  void port_isFree_andServiceIsReadyWhenItTakesConnections() {
    service(
        "server",
        "sleep 0.3; echo \"$A\" > a; test \"$A\" != \"$B\";"
            + " exec "
            + System.getProperty("java.home")
            + "/bin/jwebserver -b 127.0.0.1 -p \"$A\"",
        "",
        "A");
    service("other", "exec sleep 77", "true", "B");
    CheckResult result =
        check("exec 3<> /dev/tcp/127.0.0.1/$A; test $(cat a) = $A; test $B -gt 1023");
    assertThat(result.verdict()).as(evidence()).isInstanceOf(Verdict.Passed.class);
  }

  @Test
  @Tag("F28")
  void serviceThatEndsBeforeItIsReady_breaksTheCheckAtOnce() {
    service("db", "echo 'no space for tables'; exit 3", "false");
    CheckResult result = check("touch ran");
    assertThat(result.verdict())
        .isEqualTo(
            new Verdict.Broken(
                NAME,
                "the service «db» ended with exit 3 before it was ready; it printed: no space for"
                    + " tables"));
    assertThat(Files.exists(temp.resolve("ran"))).isFalse();
    assertThat(result.receipt().took()).isLessThan(Duration.ofSeconds(15));
    assertThat(evidence()).contains("The service «db» printed:\nno space for tables\n");
  }

  @Test
  @Tag("F28")
  void serviceThatIsNotReadyInTime_breaksTheCheck_withWhatItsReadyCommandPrinted() {
    timeout = Duration.ofSeconds(1);
    service("db", "exec sleep 77", "echo 'no answer yet' >&2; false");
    CheckResult result = check("touch ran");
    assertThat(((Verdict.Broken) result.verdict()).fault())
        .startsWith(
            "the service «db» was not ready after 1.0 s; its ready command printed: no answer yet");
    assertThat(Files.exists(temp.resolve("ran"))).isFalse();
  }

  @Test
  @Tag("F28")
  void readyCommandThatHangs_endsWithTheTimeOfItsService() {
    timeout = Duration.ofSeconds(1);
    service("db", "exec sleep 77", "exec sleep 77");
    assertThat(check("true").verdict()).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  @Tag("F28")
  void serviceThatBecomesReadyOnTheBase_isAFailureOfTheCandidate() {
    service("app", "echo 'SyntaxError in app.js'; exit 1", "false");
    Verdict verdict = run("true", Duration.ofSeconds(20)).ifReadyOnBase().orElseThrow();
    assertThat(feedback(verdict))
        .startsWith("The check did not run: the service «app» ended with exit 1 before it was")
        .contains("On the base it becomes ready.", "SyntaxError in app.js");
    assertThat(((Verdict.Failed) verdict).cases()).containsExactly("tests");
  }

  @Test
  void failedCheck_tellsWhatServicesPrintedLast_andWhichEnded() {
    service("app", "echo 'stack trace of app'; sleep 0.5; exit 9", "true");
    service("db", "echo 'table made'; exec sleep 77", "true");
    String told = feedback(check("echo 'connection refused'; sleep 0.7; false").verdict());
    assertThat(told)
        .contains(
            "connection refused",
            "The service «app» ended while the check ran; printed last:\nstack trace of app",
            "The service «db» printed last:\ntable made");
  }

  @Test
  @Tag("I13")
  void secrets_areReplacedInTheOutputOfServices() {
    service("db", "echo \"password is $MY_PASSWORD\"; exit 3", "false");
    assertThat(((Verdict.Broken) check("true").verdict()).fault())
        .contains("password is [MY_PASSWORD]");
    assertThat(evidence()).doesNotContain("swordfish");
  }

  @Test
  @Tag("I17")
  void keptOutput_isTheEndOfALongOne() {
    service("loud", "seq 1 300000; touch printed; echo last; exec sleep 77", "test -e printed");
    CheckResult result = check("sleep 0.3; du -sk services > size; exit 1");
    assertThat(feedback(result.verdict())).contains("299999\n300000\nlast\n");
    int kib = Integer.parseInt(World.read(temp.resolve("size")).split("\\s")[0]);
    assertThat(kib).isBetween(500, 1_100);
  }

  /** A process of the run may write what the script writes. */
  @Test
  void forgedFiles_changeNoVerdictToPassed_andAreNotFollowed() {
    World.write(temp.resolve("secret"), "key of the user");
    service("db", "exec sleep 77", "true");
    String forge =
        "cd services; echo '1 late' > not-ready; rm 1.output.2; ln -s ../secret 1.output.2; ";
    assertThat(check(forge + "true").verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(evidence()).doesNotContain("key of the user");
    assertThat(check(forge + "false").verdict()).isInstanceOf(Verdict.Broken.class);
    assertThat(check(forge + "echo '9 late' > not-ready; false").verdict())
        .isInstanceOf(Verdict.Failed.class);
  }

  @Test
  @Tag("I12")
  void services_endWithTheirCheck() {
    service("a", "echo $$ > a; exec sleep 7713", "test -s a");
    service("b", "setsid sleep 7713 & exec sleep 7713", "true");
    CheckResult result = check("sleep 0.2");
    assertThat(result.verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(World.withArgument("7713")).isEmpty();
    CheckResult slow = run("sleep 7713", Duration.ofMillis(300)).result();
    assertThat(((Verdict.Broken) slow.verdict()).fault()).startsWith("it timed out");
    assertThat(World.withArgument("7713")).isEmpty();
  }
}

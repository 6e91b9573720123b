package dev.longe.e2e;

import static dev.longe.testing.World.read;
import static dev.longe.testing.World.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real databases as services of checks, confined and not. Needs PostgreSQL and Redis. */
@Timeout(120)
final class ServicesIT {
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml\n(agent: claude\n.*?)```", Pattern.DOTALL);

  @TempDir Path temp;

  private Terminal.Said run(String sandbox, String front, String... files) {
    Path user = World.repository(temp.resolve("shop"), files);
    World.write(user.resolve(".longe/loops/default.md"), "---\n" + front + "---\n{{task}}\n");
    World.git(user, "add", "-A");
    World.git(user, "commit", "-qm", "loop");
    return new Terminal(temp.resolve("home"), user, Map.of("LONGE_SANDBOX", sandbox))
        .longe("run", "Keep the orders");
  }

  /** The example of the document, with another agent and test. */
  private static String example(String agent) {
    Matcher found = EXAMPLE.matcher(read(Path.of("../docs/services.md")));
    assertThat(found.find()).isTrue();
    boolean root = "root".equals(System.getProperty("user.name"));
    String user = root ? "unshare --user " : "";
    return found
        .group(1)
        .replace("agent: claude", "agent: 'command:" + agent + "'")
        .replace("npm test", "bash test/run.sh")
        .replace("  initdb", "  " + user + "initdb")
        .replace("exec postgres", "exec " + user + "postgres");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "none"})
  @Tag("F28")
  void postgres_asInTheDocument(String sandbox) {
    Path agent =
        script(
            temp.resolve("agent.sh"),
            "if [ $LONGE_ATTEMPT = 1 ]; then echo 'create tabel orders (n int);' > schema.sql;"
                + " else echo 'create table orders (n int);' > schema.sql; fi\n");
    Terminal.Said said =
        run(
            sandbox,
            example(agent.toString()),
            "schema.sql",
            "",
            "test/run.sh",
            "set -e\n"
                + "psql -q -v ON_ERROR_STOP=1 -f schema.sql\n"
                + "psql -qAt -c 'insert into orders values (40), (2); select sum(n) from orders' |"
                + " grep -qx 42\n");
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
    assertThat(said.out())
        .as("the table does not exist from an earlier run")
        .contains("failed  «PGHOST=127.0.0.1 PGUSER=postgres", "passed  «PGHOST=127.0.0.1");
    Terminal terminal = new Terminal(temp.resolve("home"), temp.resolve("shop"));
    Path receipts = temp.resolve("home/receipts").resolve(terminal.task());
    assertThat(World.shell(receipts, "zcat 1-1.gz"))
        .contains("--- The service «postgres» printed:", "syntax error at or near \"tabel\"");
    assertThat(World.withArgument("unix_socket_directories=")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "none"})
  void redis_isReadyWhenItTakesConnections_forAgentAndCheck(String sandbox) {
    Path agent =
        script(
            temp.resolve("agent.sh"),
            "redis-cli -p $REDIS_PORT set order 42 > said; redis-cli -p $REDIS_PORT get order >>"
                + " said\n");
    Terminal.Said said =
        run(
            sandbox,
            """
            agent: 'command:%s'
            services:
              - {run: 'redis-server --port "$REDIS_PORT" --bind 127.0.0.1 --save ""', ports: REDIS_PORT, agent: true}
            checks:
              - bash test/run.sh
            """
                .formatted(agent),
            "test/run.sh",
            "set -e\ngrep -qx 42 said\n"
                + "test -z \"$(redis-cli -p $REDIS_PORT get order)\"\n"
                + "redis-cli -p $REDIS_PORT incrby order 42 | grep -qx 42\n");
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
  }
}

package dev.longe.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.e2e.TeamUser;
import dev.longe.intake.AgentsFile;
import dev.longe.sandbox.Environment;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session that goes on on another machine, where nothing but the shared repository brought it.
 */
@Timeout(120)
final class TravelIT {
  /**
   * Speaks as claude does, keeps its session where claude does, and resumes none that is not there.
   */
  private static final String CLAUDE =
      """
      if [ "$1" = --version ]; then echo "2.1.328 (Claude Code)"; exit; fi
      while [ $# -gt 0 ]; do case "$1" in
        --session-id) id=$2; shift 2 ;;
        --resume) id=$2; resume=1; shift 2 ;;
        *) shift ;; esac; done
      read -r prompt
      file=$CLAUDE_CONFIG_DIR/projects/${PWD//[^A-Za-z0-9]/-}/$id.jsonl
      if [ -n "$resume" ] && ! grep -q remembered "$file"; then echo "no session" >&2; exit 1; fi
      mkdir -p "${file%/*}"; echo '{"text":"remembered"}' >> "$file"
      echo '{"type":"system","subtype":"init","session_id":"'$id'","model":"claude-opus-5-5"}'
      echo 42 > answer.txt; wc -l < "$file" > turns.txt
      echo '{"type":"result","subtype":"success","is_error":false,"result":"done","session_id":"'$id'","total_cost_usd":0.01,"usage":{"input_tokens":5,"output_tokens":5,"cache_creation_input_tokens":0,"cache_read_input_tokens":0}}'
      """;

  @TempDir Path temp;
  private final FrontDoor server = new FrontDoor();

  @AfterEach
  void close() {
    server.close();
  }

  private TestWorker worker(String name) {
    Map<String, String> all = new HashMap<>(World.ENVIRONMENT.all());
    all.put("ANTHROPIC_API_KEY", "none");
    all.put("CLAUDE_CONFIG_DIR", temp.resolve(name).resolve("claude").toString());
    AgentsFile agents =
        AgentsFile.parse("agents.yaml", "claude: {command: " + temp.resolve("bin/claude") + "}\n");
    return TestWorker.start(
        server.address(), temp.resolve(name), name, 2, new Environment(all), agents);
  }

  @Test
  void session_goesOnElsewhere() {
    Path _ = World.script(temp.resolve("bin/claude"), CLAUDE);
    TeamUser user = new TeamUser(temp, server.address());
    try (TestWorker _ = worker("one");
        TestWorker _ = worker("two")) {
      String task = user.submitAs("claude");
      World.until("it is proposed", () -> user.said("ls").contains("proposed"));
      String first =
          user.said("log", task, "--json").contains("\"machine\":\"one\"") ? "one" : "two";
      String other = first.equals("one") ? "two" : "one";
      assertThat(user.said("move", task, "--to", other)).contains("continues on another worker");
      assertThat(user.said("reject", task, "--because", "once more"))
          .contains("continue the same session");
      World.until("it is proposed again", () -> user.said("ls").contains("  2 "));
      World.until("it is proposed", () -> user.said("ls").contains("proposed"));
      assertThat(user.said("log", task))
          .contains("left       " + first + ": a human moved it to " + other)
          .doesNotContain("its session is lost")
          .contains("attempt 2");
      assertThat(user.said("diff", task)).contains("turns.txt").contains("+2");
      String sessions = "find . -path '*projects*' -name '*.jsonl'";
      assertThat(World.shell(temp.resolve(other), sessions)).isNotEmpty();
    }
  }
}

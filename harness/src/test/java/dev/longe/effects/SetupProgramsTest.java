package dev.longe.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Command;
import dev.longe.sandbox.Environment;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("I3")
final class SetupProgramsTest {
  @TempDir Path temp;

  private SetupPrograms programs(Command setup) {
    String path = temp.resolve("bin") + ":/nowhere";
    return SetupPrograms.of(
        setup, new Environment(Map.of("PATH", path, "JAVA_HOME", temp.resolve("jdk").toString())));
  }

  private Path program(String name) {
    return World.script(temp.resolve(name), "echo " + name + "\n");
  }

  private static Command shell(String line) {
    return new Command.Shell(line);
  }

  @Test
  void programsThatASetupStarts_areFound() {
    for (String name : List.of("bin/npm", "bin/node", "bin/mvn", "bin/java", "jdk/bin/java")) {
      var _ = program(name);
    }
    assertThat(programs(shell("npm ci && mvn -q dependency:resolve; unknown")).places())
        .containsOnlyKeys("npm", "node", "mvn", "java")
        .containsEntry("java", temp.resolve("jdk/bin/java"));
    assertThat(programs(new Command.Argv(List.of("npm", "ci"))).places())
        .containsOnlyKeys("npm", "node");
  }

  @Test
  void anotherRelease_isAnotherStamp() {
    var _ = program("bin/npm");
    Path node = program("real/node");
    World.shell(temp, "ln -s ../real/node bin/node");
    String before = programs(shell("npm ci")).stamp();
    assertThat(programs(shell("npm ci")).stamp()).isEqualTo(before).contains(node.toString());
    World.script(node, "echo a later release\n");
    String after = programs(shell("npm ci")).stamp();
    assertThat(after).isNotEqualTo(before);
    World.shell(temp, "touch -d 2020-01-01 real/node");
    assertThat(programs(shell("npm ci")).stamp()).isNotEqualTo(after);
  }
}

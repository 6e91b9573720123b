package dev.longe.e2e;

import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.cli.Terminal;
import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five tasks after one another on real projects with real tools: the setup runs once, and nothing
 * outside of the tasks' own trees is written. Needs Bubblewrap, the tools and their registries.
 */
@Timeout(900)
@Tag("I3")
@Tag("I13")
final class EcosystemsIT {
  private static final int TASKS = 5;

  /** Fails where a process has a network device beside the loopback interface. */
  private static final String NO_NETWORK =
      "test \"$(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ')\" = lo";

  /** The caches of the user, each with something in it. */
  private static final List<String> CACHES =
      List.of(
          ".npm/_cacache/mine",
          ".cache/pip/mine",
          ".cache/go-build/mine",
          ".m2/repository/mine",
          "go/pkg/mod/mine");

  @TempDir Path temp;
  private Path person;
  private Path user;
  private Terminal terminal;

  @BeforeEach
  void person() {
    person = temp.resolve("person");
    CACHES.forEach(c -> write(person.resolve(c), "mine"));
    user = temp.resolve("user");
    Map<String, String> variables = new HashMap<>();
    variables.put("HOME", person.toString());
    variables.put("LONGE_SANDBOX", "auto");
    // Java takes the home directory of the account, not that of the variable.
    variables.put("MAVEN_OPTS", "-Duser.home=" + person);
    terminal = new Terminal(temp.resolve("home"), user, variables);
  }

  @Test
  void pythonProject_withAVirtualEnvironment() {
    write(user.resolve("requirements.txt"), "pytest==8.3.4\nrequests==2.32.3\n");
    write(user.resolve("shop/__init__.py"), "");
    write(user.resolve("shop/cart.py"), "import requests\n\ndef total(n):\n    return n\n");
    write(
        user.resolve("tests/test_cart.py"),
        """
        import pathlib, sys
        from shop.cart import total

        def test_total():
            assert total(2) == 2
            assert sys.prefix == str(pathlib.Path(".venv").resolve())
        """);
    fiveTasks(
        ".venv/\n__pycache__/\n.pytest_cache/\n",
        "{run: python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt, key:"
            + " [requirements.txt]}",
        ".venv/bin/python -m pytest -q",
        """
        printf '\\ndef total_%s(n):\\n    return n\\n' $N >> shop/cart.py
        .venv/bin/python -m pytest -q
        """);
  }

  @Test
  void nodeProject_withTwoHundredPackages() {
    write(
        user.resolve("package.json"),
        "{\"name\": \"shop\", \"private\": true, \"devDependencies\": {\"jest\": \"29.7.0\"}}\n");
    World.shell(user, "npm install --package-lock-only --ignore-scripts --no-audit --no-fund");
    assertThat(World.read(user.resolve("package-lock.json")).split("\"node_modules/"))
        .hasSizeGreaterThan(200);
    write(user.resolve("src/cart.js"), "exports.total = n => n;\n");
    write(
        user.resolve("test/cart.test.js"),
        "test('total', () => expect(require('../src/cart').total(2)).toBe(2));\n");
    fiveTasks(
        "node_modules/\n",
        "{run: npm ci, key: [package.json, package-lock.json]}",
        "npx jest",
        """
        echo "exports.total$N = n => n;" >> src/cart.js
        npx jest
        """);
  }

  @Test
  void mavenProject() {
    write(
        user.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies><dependency>
            <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>
            <version>5.11.4</version><scope>test</scope>
          </dependency></dependencies>
          <build><plugins>
            <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.13.0</version></plugin>
            <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.5.2</version></plugin>
          </plugins></build>
        </project>
        """);
    write(
        user.resolve("src/main/java/shop/Cart.java"),
        "package shop;\n\n"
            + "public class Cart {\n"
            + "  public static int total(int n) { return n; }\n"
            + "}\n");
    write(
        user.resolve("src/test/java/shop/CartTest.java"),
        """
        package shop;

        import org.junit.jupiter.api.Assertions;
        import org.junit.jupiter.api.Test;

        class CartTest {
          @Test
          void total() {
            Assertions.assertEquals(2, Cart.total(2));
          }
        }
        """);
    // The build itself is deleted: it depends on the sources. What stays is in the caches.
    fiveTasks(
        "target/\n",
        "{run: \"mvn -q -B test && rm -r target\", key: [pom.xml]}",
        "mvn -q -B -o test",
        """
        printf 'package shop;\\n\\npublic class Note%s {}\\n' $N > src/main/java/shop/Note$N.java
        mvn -q -B -o compile
        """);
  }

  @Test
  void goMonorepo_ofFiftyThousandFiles() {
    write(
        user.resolve("go.mod"), "module shop\n\ngo 1.19\n\nrequire github.com/pkg/errors v0.9.1\n");
    write(
        user.resolve("one/pkg/cart.go"),
        """
        package pkg

        import "github.com/pkg/errors"

        // Total checks a number.
        func Total(n int) (int, error) {
        	if n < 0 {
        		return 0, errors.New("negative")
        	}
        	return n, nil
        }
        """);
    write(
        user.resolve("one/pkg/cart_test.go"),
        """
        package pkg

        import "testing"

        func TestTotal(t *testing.T) {
        	if n, err := Total(2); n != 2 || err != nil {
        		t.Fatal(n, err)
        	}
        }
        """);
    for (int d = 0; d < 500; d++) {
      for (int f = 0; f < 100; f++) {
        write(
            user.resolve("lib/m" + d + "/f" + f + ".go"),
            "package m" + d + "\n\nfunc F" + f + "() int { return " + f + " }\n");
      }
    }
    World.shell(user, "GOFLAGS=-mod=mod go mod tidy");
    // What it builds is in the build cache, by content.
    fiveTasks(
        "",
        "{run: \"go mod download && go test -run XXX ./one/pkg\", key: [go.mod, go.sum]}",
        "go test ./one/pkg",
        """
        printf 'package pkg\\n\\nfunc note%s() int { return %s }\\n' $N $N > one/pkg/note$N.go
        go test ./one/pkg
        """);
  }

  private void fiveTasks(String ignored, String setup, String check, String agent) {
    Path program =
        World.script(
            temp.resolve("agent.sh"),
            "set -e\nN=$(($(cat number.txt) + 1))\necho $N > number.txt\n" + agent);
    write(user.resolve(".gitignore"), ignored);
    write(user.resolve("number.txt"), "0\n");
    write(
        user.resolve(".longe/loops/default.md"),
        """
        ---
        agent: command:%s
        setup: %s
        env: [MAVEN_OPTS]
        sandbox: required
        checks:
          - %s
          - {name: no network, run: '%s'}
        moves: [ask]
        ---
        {{task}}
        """
            .formatted(program, setup, check, NO_NETWORK.replace("'", "''")));
    World.git(user, "init", "-q", "-b", "main");
    World.git(user, "config", "gc.auto", "0"); // git itself would write later
    World.repository(user);
    for (int n = 1; n <= TASKS; n++) {
      task(n);
    }
    assertThat(World.git(user, "rev-list", "--count", "HEAD")).isEqualTo("" + (TASKS + 1));
    assertThat(World.read(user.resolve("number.txt"))).isEqualTo(TASKS + "\n");
    assertThat(temp.resolve("home/work")).isEmptyDirectory();
  }

  private void task(int n) {
    Map<String, String> before = outside();
    Terminal.Said run = terminal.longe("run", "Write note " + n);
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    if (n == 1) {
      assertThat(run.err()).containsOnlyOnce("The setup runs: ");
    } else {
      assertThat(run.err())
          .contains("The setup is not run again")
          .doesNotContain("The setup runs: ");
    }
    assertThat(differences(before, outside())).isEmpty();
    String task = run.out().split("\\s+")[1];
    Terminal.Said accept = terminal.longe("accept", task);
    assertThat(accept.exit()).as(accept.out() + accept.err()).isZero();
    Set<String> landed =
        Set.copyOf(World.git(user, "diff", "--name-only", "HEAD^", "HEAD").lines().toList());
    assertThat(differences(before, outside()))
        .allMatch(p -> p.startsWith(".git/") || landed.contains(p));
    assertThat(World.git(user, "status", "--porcelain", "--ignored")).isEmpty();
  }

  private static Set<String> differences(Map<String, String> one, Map<String, String> other) {
    Set<String> paths = new TreeSet<>(one.keySet());
    paths.addAll(other.keySet());
    paths.removeIf(p -> Objects.equals(one.get(p), other.get(p)));
    return paths;
  }

  /**
   * All files of the user with their sizes and times, without what Longe writes before a landing:
   * objects and its own refs.
   */
  private Map<String, String> outside() {
    Map<String, String> all = new TreeMap<>();
    list(user, all);
    list(person, all);
    all.keySet().removeIf(p -> p.startsWith(".git/objects/") || p.startsWith(".git/refs/longe/"));
    return all;
  }

  private static void list(Path root, Map<String, String> all) {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
              all.put(
                  root.relativize(file).toString(),
                  a.size() + " " + a.lastModifiedTime() + " " + a.fileKey());
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

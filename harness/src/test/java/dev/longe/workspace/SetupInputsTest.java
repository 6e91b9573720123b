package dev.longe.workspace;

import static dev.longe.testing.World.shell;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.longe.core.Command;
import dev.longe.core.Loop;
import dev.longe.testing.TaskHistory;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("I3")
final class SetupInputsTest {
  @TempDir Path temp;
  private Path user;

  private static Loop loop(Command setup, List<String> key) {
    return loop(setup, key, List.of(), List.of());
  }

  private static Loop loop(Command setup, List<String> key, List<String> env, List<String> carry) {
    Loop l = TaskHistory.loop(TaskHistory.tests());
    return new Loop(
        l.name(),
        l.mode(),
        l.agents(),
        Optional.of(setup),
        key,
        l.services(),
        l.checks(),
        l.protect(),
        l.moves(),
        l.limits(),
        l.review(),
        l.sandbox(),
        env,
        carry,
        l.prompt());
  }

  private static Optional<List<String>> globs(String setup) {
    return SetupInputs.of(loop(new Command.Shell(setup), List.of())).map(SetupInputs::globs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm ci",
        "npm ci --no-audit --ignore-scripts",
        "python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt",
        "python3.11 -m venv .venv; .venv/bin/python -m pip install --upgrade pip==25.0",
        "pip3 install pytest==8.3.4 requests==2.32.post1 --requirement ci/pins.txt",
        "go mod download",
        "cargo fetch --locked",
        "mvn -q -B dependency:go-offline",
        "npm ci\ngo mod download\n",
      })
  void commandsThatOnlyInstall_dependOnSomeFiles(String setup) {
    assertThat(globs(setup)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm install",
        "npm ci && npm run build",
        "npm ci --prefix other",
        "npm ci --prefix=other",
        "npm ci --omit=dev",
        "npm ci other",
        "npm ci --node-options=--require=./x.js",
        "npm ci > log",
        "npm ci || true",
        "npm ci & go mod download",
        "./npm ci",
        "X=1 npm ci",
        "pip install -e .",
        "pip install --editable=.",
        "pip install -qr requirements.txt",
        "pip install --requirement=requirements.txt",
        "pip install -r requirements.txt -c constraints.txt",
        "pip install -r ../requirements.txt",
        "pip install -r /requirements.txt",
        "pip install -r",
        "pip install --upgrade pip",
        "pip install requests[socks]==1.0",
        "pip install requests==1.*",
        "pip install requests==1.0.zip",
        "pip install .",
        "pip install ./local",
        "pip install local",
        "pip install -r requirements.txt -e .",
        "pip install local.whl",
        "pip install $(cat list)",
        "pip install -t lib x==1",
        ".venv/bin/pip install -r requirements.txt",
        "python3 -m venv .venv && tools/bin/pip install x==1",
        "python3 -m venv a/../b",
        "python3 -m venv --prompt x .venv",
        "python3 -m build",
        "python3 setup.py install",
        "go mod download && go generate ./...",
        "go mod download -modfile=x",
        "cargo fetch --manifest-path x",
        "cargo build",
        "mvn package",
        "mvn -f other dependency:resolve",
        "mvn -Dx=y dependency:resolve",
        "mvn -q",
        "make",
      })
  void everyOtherCommand_dependsOnTheWholeCommit(String setup) {
    assertThat(globs(setup)).isEmpty();
  }

  @Test
  void namedFiles_areAddedOrReplaceAll() {
    assertThat(globs("pip install -r ci/pins.txt").orElseThrow()).contains("/ci/pins.txt");
    assertThat(SetupInputs.of(loop(new Command.Shell("make"), List.of("Makefile", "deps/**"))))
        .map(SetupInputs::globs)
        .contains(List.of("Makefile", "deps/**"));
  }

  @Test
  void variablesAndCarriedFiles_thatProgramsRead_meanTheWholeCommit() {
    Command npm = new Command.Shell("npm ci");
    assertThat(SetupInputs.of(loop(npm, List.of(), List.of("CI_TOKEN"), List.of(".env"))))
        .isPresent();
    for (String name : List.of("NODE_OPTIONS", "npm_config_prefix", "PYTHONPATH", "GOFLAGS")) {
      assertThat(SetupInputs.of(loop(npm, List.of(), List.of(name), List.of()))).isEmpty();
    }
    for (String path : List.of(".npmrc", "node_modules", "node_modules/x")) {
      assertThat(SetupInputs.of(loop(npm, List.of(), List.of(), List.of(path)))).isEmpty();
    }
  }

  private static final String NPM = "npm ci";
  private static final String PIP = "pip install -r need/all.in";
  private static final String VENV = "python3 -m venv .venv && .venv/bin/pip install x==1";

  /** A setup, a file, and its content. */
  static Stream<Arguments> known() {
    return Stream.of(
        arguments(
            NPM, "package.json", "{\"main\": \"./x.js\",\n\"dependencies\": {\"a\": \"~1\"}}\n"),
        arguments(NPM, "package.json", "{\"scripts\": {\"test\": \"node --test\"}}\n"),
        arguments(NPM, "package-lock.json", "{\n\"lockfileVersion\": 3,\n\"packages\": {}}\n"),
        arguments(NPM, "sub/package.json", "{\"scripts\": {\"prepare\": \"x\"}}\n"),
        arguments(NPM, ".npmrc", "; ours\nregistry=https://npm.example.org/\naudit=false\n"),
        arguments(NPM, ".npmrc", "//npm.example.org/:_authToken=${TOKEN}\n"),
        arguments(NPM + " --ignore-scripts", "package-lock.json", "{\"hasInstallScript\": true}\n"),
        arguments(PIP, "need/all.in", "# all\r\n\r\nrequests[socks]==2.32.3  # for us\r\n"),
        arguments(PIP, "need/all.in", "a>=1,<2\nb~=1.0; python_version < '3.9'\nc\n"),
        arguments(PIP, "need/all.in", "a==1 \\\n    --hash=sha256:0a1b \\\n    --hash=sha256:ff\n"),
        arguments(VENV, "src/logging.py", "x = 1\n"),
        arguments("cargo fetch", "rust-toolchain.toml", "channel = \"1.90\"\n"),
        arguments("mvn dependency:resolve", ".mvn/wrapper/x.properties", "x=y\n"));
  }

  @ParameterizedTest
  @MethodSource("known")
  void filesThatOnlyNamePackages_areAllThatCounts(String setup, String file, String content) {
    add(file, content);
    Optional<String> state = state(setup);
    assertThat(state).isPresent();
    add("other.txt", "a change\n");
    assertThat(state(setup)).isEqualTo(state);
  }

  static Stream<Arguments> unknown() {
    Stream<Arguments> scripts =
        Stream.of("install", "prepare", "dependencies", "prepublish")
            .flatMap(name -> Stream.of("", "pre", "post").map(when -> when + name))
            .map(name ->
                arguments(NPM, "package.json", "{\"scripts\": {\"" + name + "\": \"x\"}}\n"));
    Stream<Arguments> requirements =
        Stream.of(
                "-e .",
                "./lib",
                "lib/",
                "../lib",
                "/lib",
                "file:lib",
                "a @ file:lib",
                "a @ ./lib",
                "-r other.txt",
                "-rother.txt",
                "-c pins.txt",
                "--editable=lib",
                "lib.zip",
                "LIB.WHL",
                "${LIB}",
                "a==1.z\\\nip",
                "# é",
                "# coding: utf-7",
                "# a\u000b-e .",
                "# a\r-e .",
                "--find-links x",
                "a==1 --config-settings x")
            .map(line -> arguments(PIP, "need/all.in", "b==1\n" + line + "\n"));
    Stream<Arguments> others =
        Stream.of(
            arguments(NPM, "binding.gyp", ""),
            arguments(NPM, "node_modules/a/x.js", "x\n"),
            arguments(NPM, "package.json", "{\"workspaces\": [\"a\"]}\n"),
            arguments(NPM, "package.json", "{\"scripts\": {\"dependencies\"\n: \"x\"}}\n"),
            arguments(NPM, "package.json", "{\"scripts\": {\"\\u0070repare\": \"x\"}}\n"),
            arguments(NPM, "package.json", "{\"dependencies\": {\"a\": \"file:a\"}}\n"),
            arguments(NPM, "package.json", "{\"dependencies\": {\"a\": \"link:a\"}}\n"),
            arguments(NPM, "package-lock.json", "{\"resolved\": \"a\", \"link\": true}\n"),
            arguments(NPM, "package-lock.json", "{\n\"hasInstallScript\": true}\n"),
            arguments(NPM, "package-lock.json", "{\n\"lockfileVersion\": 1,\n\"x\": {}}\n"),
            arguments(NPM, ".npmrc", "node-options=--require ./x.js\n"),
            arguments(NPM, ".npmrc", "//npm.example.org/:certfile=./x\n"),
            arguments(VENV, "logging.py", "x = 1\n"),
            arguments(VENV, "venv/__init__.py", ""),
            arguments(VENV, "_socket.abi3.so", "x\n"),
            arguments(VENV, ".venv/bin/pip", "x\n"),
            arguments("pip install -r missing.txt", "a.txt", "x\n"),
            arguments("cargo fetch", ".cargo/config.toml", "[net]\n"),
            arguments("cargo fetch", "rust-toolchain.toml", "path = \"x\"\n"),
            arguments("mvn dependency:resolve", ".mvn/extensions.xml", "<extensions/>\n"),
            arguments("mvn dependency:resolve", "pom.xml", "<url>file:///x</url>\n"),
            arguments("mvn dependency:resolve", "sub/a.pom", "<exists>x</exists>\n"));
    return Stream.of(scripts, requirements, others).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void filesThatNameMore_meanTheWholeCommit(String setup, String file, String content) {
    add(file, content);
    assertThat(state(setup)).isEmpty();
  }

  @Test
  void linksInsteadOfFiles_meanTheWholeCommit_andOtherLinksCount() {
    add("real/all.in", "a==1\n");
    shell(user, "ln -s real need; git add -A");
    assertThat(state(PIP)).isEmpty();
    shell(user, "rm need; mkdir need; ln -s ../real/all.in need/all.in; git add -A");
    assertThat(state(PIP)).isEmpty();
    add("lock/a", "1\n");
    assertThat(keyed("lock/")).isPresent();
    shell(user, "rm -r lock; ln -s real lock; git add -A");
    assertThat(keyed("lock/")).isEmpty();
    Optional<String> before = state(NPM);
    assertThat(before).isPresent();
    shell(user, "ln -s real other; git add -A");
    assertThat(state(NPM)).isPresent().isNotEqualTo(before);
  }

  @BeforeEach
  void repository() {
    user = World.repository(temp.resolve("user"), "a.txt", "one\n");
  }

  private void add(String file, String content) {
    write(user.resolve(file), content);
    shell(user, "git add -A");
  }

  private Optional<String> state(String setup) {
    return state(loop(new Command.Shell(setup), List.of()));
  }

  private Optional<String> keyed(String glob) {
    return state(loop(new Command.Shell("make"), List.of(glob)));
  }

  /** As for a base whose index is that of the user. */
  private Optional<String> state(Loop loop) {
    PreparedBase made = new PreparedBase(temp.resolve("base"));
    BasePreparation maker = StoreFiller.workspace(user, temp.resolve("home"), "abcde").maker(made);
    shell(temp, "mkdir -p base; cp user/.git/index base/tree.index");
    return SetupInputs.of(loop).flatMap(maker::state);
  }
}

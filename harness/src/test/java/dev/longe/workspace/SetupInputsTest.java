package dev.longe.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.Command;
import dev.longe.core.Loop;
import dev.longe.testing.TaskHistory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetupInputsTest {
  private static Loop loop(Command setup, List<String> key) {
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
        l.env(),
        l.carry(),
        l.prompt());
  }

  private static Optional<List<String>> globs(String setup) {
    return SetupInputs.of(loop(new Command.Shell(setup), List.of())).map(SetupInputs::globs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm ci",
        "npm ci --no-audit --omit=dev",
        "python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt",
        "python3.11 -m venv .venv; .venv/bin/python -m pip install --upgrade pip",
        "pip3 install pytest==8.3.4 requests[socks]",
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
        "npm ci > log",
        "npm ci || true",
        "pip install -e .",
        "pip install .",
        "pip install ./local",
        "pip install -r requirements.txt -e .",
        "pip install local.whl",
        "pip install $(cat list)",
        "go mod download && go generate ./...",
        "mvn package",
        "mvn -f other dependency:resolve",
        "make",
      })
  void everyOtherCommand_dependsOnTheWholeCommit(String setup) {
    assertThat(globs(setup)).isEmpty();
  }

  @Test
  void namedFiles_areAddedOrReplaceAll() {
    assertThat(globs(".venv/bin/pip install -r ci/pins.txt").orElseThrow())
        .contains("/ci/pins.txt", "requirements*.txt");
    assertThat(SetupInputs.of(loop(new Command.Shell("make"), List.of("Makefile", "deps/**"))))
        .contains(new SetupInputs(List.of("Makefile", "deps/**"), List.of()));
  }
}

package dev.longe.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Fault;
import dev.longe.core.Sandboxing;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of containers. {@code ContainerIT} runs them. */
final class ContainerWordsTest {
  private static final ContainerWords WORDS =
      new ContainerWords(
          "longe-1",
          Map.of("longe.run", "1"),
          new User("1000", "1001"),
          new Bounds(Bounds.Kind.USER, 4_096, 1L << 30),
          20_000);

  private static final ContainerEngine ROOT =
      new ContainerEngine(ContainerEngine.Kind.PODMAN, false, true);
  private static final ContainerEngine ROOTLESS =
      new ContainerEngine(ContainerEngine.Kind.PODMAN, true, false);
  private static final ContainerEngine DOCKER =
      new ContainerEngine(ContainerEngine.Kind.DOCKER, false, true);

  private static final Map<String, String> HARNESS =
      Map.of("PATH", "/bin", "HOME", "/home/u", "API_KEY", "secret");

  @TempDir Path temp;

  private ContainerWords.Client client(ContainerEngine engine, Confinement.Shut shut) {
    Confinement.Means.Container container =
        new Confinement.Means.Container(engine, new Sandboxing.Image("node:24"));
    return WORDS.client(
        container,
        shut,
        List.of("npm", "test"),
        Path.of("/home/u/project"),
        Map.of("HOME", "/home/u", "API_KEY", "secret", "LONGE_RUN", "1"),
        HARNESS);
  }

  private List<String> words(ContainerEngine engine, boolean network) {
    return client(engine, shut(List.of(), List.of(), network)).argv();
  }

  private static Confinement.Shut shut(
      List<Path> writable, List<Confinement.Overlay> overlays, boolean network) {
    return new Confinement.Shut(
        new Confinement.Means.Namespaces(),
        List.of(Path.of("/root")),
        List.of(),
        writable,
        overlays,
        List.of(new Confinement.Bind(Path.of("/objects"), Path.of("/from"), false)),
        network);
  }

  @Test
  @Tag("I13")
  void everyContainer_isWithoutRightsAndChangesNothing() {
    for (ContainerEngine engine : List.of(ROOT, ROOTLESS, DOCKER)) {
      assertThat(words(engine, false))
          .contains(
              "--rm",
              "--read-only",
              "--pull=never",
              "--cap-drop=ALL",
              "--security-opt=no-new-privileges",
              "--network=none",
              "--name=longe-1",
              "--label=longe.run=1",
              "--mount=type=bind,source=/from,target=/objects,readonly")
          .noneMatch(w -> w.contains("/root"))
          .endsWith("node:24", "-c", "\"$@\"; exit $?", "init", "npm", "test");
      assertThat(words(engine, true)).contains("--network=host");
    }
  }

  @Test
  @Tag("I13")
  void user_isTheOneWhoOwnsTheTree() {
    assertThat(words(ROOT, true)).contains("--user=0:0");
    assertThat(words(ROOTLESS, true)).contains("--userns=keep-id");
    assertThat(words(DOCKER, true)).contains("--user=1000:1001");
    assertThat(words(new ContainerEngine(ContainerEngine.Kind.DOCKER, true, true), true))
        .contains("--user=0:0");
  }

  @Test
  @Tag("I17")
  void processes_areBounded() {
    assertThat(words(ROOT, true)).contains("--pids-limit=4096");
    assertThat(words(ROOTLESS, true))
        .contains("--ulimit=nproc=4096:4096")
        .doesNotContain("--pids-limit=4096");
    assertThat(words(DOCKER, true)).contains("--pids-limit=4096");
  }

  @Test
  @Tag("I13")
  void valuesOfVariables_areNotOnTheCommandLine() {
    ContainerWords.Client client = client(ROOT, shut(List.of(), List.of(), true));
    assertThat(client.argv())
        .contains("--env=API_KEY", "--env=HOME=/home/u", "--env=LONGE_RUN=1")
        .noneMatch(w -> w.contains("secret"));
    assertThat(client.variables()).isEqualTo(HARNESS);
  }

  @Test
  void directoriesBetweenAnEmptyOneAndAMount_belongToTheProcess() {
    Path inside = temp.resolve("a/b/c");
    World.make(inside);
    List<String> words = client(ROOT, shut(List.of(inside), List.of(), true)).argv();
    assertThat(words)
        .contains("--mount=type=bind,source=%1$s,target=%1$s".formatted(inside))
        .anyMatch(w -> w.startsWith("--tmpfs=/home/u:rw,exec"));
    boolean below = inside.startsWith("/tmp");
    assertThat(words.stream().anyMatch(w -> w.startsWith("--tmpfs=" + temp.resolve("a/b") + ":")))
        .isEqualTo(below);
  }

  @Test
  void overlays_areMountedWherePodmanSeesThem() {
    Confinement.Overlay overlay =
        new Confinement.Overlay(Path.of("/home/u/project"), List.of(Path.of("/lower")), temp);
    Confinement.Shut shut = shut(List.of(), List.of(overlay), true);
    assertThat(client(ROOT, shut).argv())
        .containsSequence("unshare", "--mount", "--")
        .doesNotContain("--map-root-user")
        .contains("--mount=type=bind,source=" + temp + "/merged,target=/home/u/project");
    assertThat(client(ROOTLESS, shut).argv())
        .containsSequence("podman", "unshare", "--", "unshare", "--mount", "--");
  }

  @Test
  void pathThatAMountCanNotName_isAFault() {
    Path comma = temp.resolve("a,b");
    World.make(comma);
    assertThatThrownBy(() -> client(ROOT, shut(List.of(comma), List.of(), true)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("rename it");
  }

  @Test
  void engine_isReadFromWhatItPrints() {
    assertThat(ContainerEngine.Kind.PODMAN.engine("true v1")).isEqualTo(ROOTLESS);
    assertThat(ContainerEngine.Kind.PODMAN.engine("false v1")).isEqualTo(ROOT);
    assertThat(ContainerEngine.Kind.PODMAN.engine("true v2").groups()).isTrue();
    assertThat(ContainerEngine.Kind.DOCKER.engine("[name=seccomp,profile=default]"))
        .isEqualTo(DOCKER);
    assertThat(ContainerEngine.Kind.DOCKER.engine("[name=rootless]").rootless()).isTrue();
  }
}

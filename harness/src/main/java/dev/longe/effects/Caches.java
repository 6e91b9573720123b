package dev.longe.effects;

import dev.longe.home.Directories;
import dev.longe.sandbox.Confinement.Overlay;
import dev.longe.sandbox.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The package caches of the user's build tools, as a task sees them. What the setup adds is seen by
 * the agent and the checks of the same task. What the agent or a check adds is seen by nobody else.
 *
 * @param directory the directory below which the additions of one task are kept
 * @param setUp the directory below which the additions of the setup are kept
 */
record Caches(Environment environment, Path directory, Path setUp) {
  /**
   * A cache.
   *
   * @param variable names the tool's directory, or the cache itself
   * @param underHome the default of the variable, below the home directory
   * @param part the cache in the tool's directory, which also holds settings and credentials; empty
   *     if it is the whole directory
   */
  private record Kind(Optional<String> variable, String underHome, String part) {
    /** The directory of this cache in a layer. */
    Path in(Path layer) {
      return layer.resolve((underHome + "/" + part).replace('/', '_'));
    }
  }

  private static Kind kind(String underHome) {
    return new Kind(Optional.empty(), underHome, "");
  }

  private static Kind kind(String variable, String underHome) {
    return new Kind(Optional.of(variable), underHome, "");
  }

  private static Kind part(String variable, String underHome, String part) {
    return new Kind(Optional.of(variable), underHome, part);
  }

  /** Defaults as in the tools' own documentation. */
  private static final List<Kind> KINDS =
      List.of(
          kind(".m2/repository"),
          kind(".m2/wrapper"),
          part("GRADLE_USER_HOME", ".gradle", "caches"),
          part("GRADLE_USER_HOME", ".gradle", "wrapper"),
          kind("NPM_CONFIG_CACHE", ".npm"),
          kind("YARN_CACHE_FOLDER", ".cache/yarn"),
          kind(".yarn/berry"),
          kind(".cache/pnpm"),
          kind(".local/share/pnpm"),
          kind(".bun/install/cache"),
          kind("PIP_CACHE_DIR", ".cache/pip"),
          kind("UV_CACHE_DIR", ".cache/uv"),
          kind("POETRY_CACHE_DIR", ".cache/pypoetry"),
          kind(".cache/pdm"),
          kind(".cache/pre-commit"),
          kind(".cargo/registry"),
          kind(".cargo/git"),
          kind("GOMODCACHE", "go/pkg/mod"),
          kind("GOCACHE", ".cache/go-build"),
          kind("COURSIER_CACHE", ".cache/coursier"),
          kind(".ivy2/cache"),
          kind(".ivy2/local"),
          kind(".sbt/boot"),
          kind("NUGET_PACKAGES", ".nuget/packages"),
          kind(".gem/ruby"),
          kind(".bundle/cache"),
          kind("COMPOSER_CACHE_DIR", ".cache/composer"),
          kind("CCACHE_DIR", ".cache/ccache"));

  /** Where a task without a setup sees caches. */
  static List<Path> shown(Environment environment) {
    Path none = environment.home().resolve("none");
    return new Caches(environment, none, none).ofCheck(none).stream().map(Overlay::at).toList();
  }

  /** For the setup, whose additions last as long as the task. */
  List<Overlay> ofSetup() {
    return layers(setup(), List.of(), Optional.of(Directories.made(setUp.resolve("empty"))));
  }

  /** Forgets the overlays of a setup that nothing was written to; they need no mount later. */
  static void forgetUnused(List<Overlay> ofSetup) {
    ofSetup.stream()
        .map(Overlay::scratch)
        .filter(scratch -> Directories.isEmpty(Overlay.upper(scratch)))
        .forEach(Directories::delete);
  }

  /** For the agent, whose additions last as long as the task. */
  List<Overlay> ofAgent() {
    return layers(directory.resolve("agent"), List.of(setup()), Optional.empty());
  }

  private Path setup() {
    return setUp.resolve("setup");
  }

  /**
   * For one run of a check.
   *
   * @param scratch an empty directory for what this run adds
   */
  List<Overlay> ofCheck(Path scratch) {
    return layers(scratch, List.of(setup()), Optional.empty());
  }

  /**
   * @param before directories of earlier layers
   * @param otherwise what a cache shows that exists neither in an earlier layer nor on the machine;
   *     without it such a cache has no overlay
   */
  private List<Overlay> layers(Path scratch, List<Path> before, Optional<Path> otherwise) {
    List<Overlay> all = new ArrayList<>();
    for (Kind kind : KINDS) {
      Path original = path(kind);
      List<Path> lower =
          Stream.concat(before.stream().map(b -> Overlay.upper(kind.in(b))), Stream.of(original))
              .filter(Files::isDirectory)
              .toList();
      if (lower.isEmpty() && original.startsWith(environment.home())) {
        lower = otherwise.stream().toList();
      }
      if (!lower.isEmpty() && lower.stream().noneMatch(Caches::unmountable)) {
        all.add(new Overlay(original, lower, kind.in(scratch)));
      }
    }
    return List.copyOf(all);
  }

  /** Whether the options of a mount can't name a path. */
  private static boolean unmountable(Path path) {
    return path.toString().matches(".*[,:\\\\\"].*");
  }

  private Path path(Kind kind) {
    return kind.variable()
        .flatMap(v -> Optional.ofNullable(environment.all().get(v)))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> environment.home().resolve(kind.underHome()))
        .resolve(kind.part());
  }
}

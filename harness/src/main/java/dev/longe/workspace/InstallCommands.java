package dev.longe.workspace;

import dev.longe.core.Command;
import dev.longe.workspace.SetupInputs.Unless;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises setups that consist of commands that only install what some files name. A command is
 * known in exact forms only: every other one may depend on the whole commit.
 */
final class InstallCommands {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._/=:-]+");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_][\\w.-]*(?:/[A-Za-z0-9_][\\w.-]*)*");
  private static final Pattern PLACE = Pattern.compile("\\.?[A-Za-z0-9_][A-Za-z0-9_-]*");
  private static final Pattern PINNED =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9._-]*==[0-9]+(?:\\.[0-9]+)*(?:(?:a|b|rc)[0-9]+)?(?:\\.(?:post|dev)[0-9]+)?");
  private static final Pattern PYTHON = Pattern.compile("python(?:3(?:\\.[0-9]+)?)?");

  private static final Set<String> NPM =
      Set.of(
          "--no-audit",
          "--no-fund",
          "--no-progress",
          "--ignore-scripts",
          "--prefer-offline",
          "--offline",
          "--production",
          "--legacy-peer-deps",
          "--silent",
          "-s",
          "--quiet",
          "-q");
  private static final Set<String> VENV =
      Set.of("--clear", "--copies", "--symlinks", "--upgrade-deps", "--system-site-packages");
  private static final Set<String> PIP =
      Set.of(
          "-q",
          "--quiet",
          "-v",
          "--verbose",
          "-U",
          "--upgrade",
          "--no-cache-dir",
          "--no-input",
          "--no-deps",
          "--no-color",
          "--pre",
          "--prefer-binary",
          "--require-hashes",
          "--disable-pip-version-check");
  private static final Set<String> CARGO =
      Set.of("--locked", "--frozen", "--offline", "-q", "--quiet", "-v", "--verbose");
  private static final Set<String> MVN =
      Set.of(
          "-q",
          "--quiet",
          "-B",
          "--batch-mode",
          "-U",
          "--update-snapshots",
          "-e",
          "--errors",
          "-o",
          "--offline",
          "-ntp",
          "--no-transfer-progress");
  private static final Set<String> GOALS =
      Set.of("dependency:go-offline", "dependency:resolve", "dependency:resolve-plugins");

  private final Set<String> environments = new HashSet<>();
  private final Set<String> globs = new LinkedHashSet<>(InstallFiles.RELEASES);
  private final List<String> required = new ArrayList<>();
  private final Set<String> never = new LinkedHashSet<>();
  private final List<Unless> unless = new ArrayList<>();

  private InstallCommands() {}

  /** Empty if the setup may depend on the whole commit. */
  static Optional<SetupInputs> inputs(Command setup) {
    InstallCommands all = new InstallCommands();
    return commands(setup).stream().allMatch(all::known)
        ? Optional.of(
            new SetupInputs(
                List.copyOf(all.globs), all.required, List.copyOf(all.never), all.unless))
        : Optional.empty();
  }

  private static List<List<String>> commands(Command setup) {
    return switch (setup) {
      case Command.Argv argv -> List.of(argv.words());
      case Command.Shell shell ->
          Arrays.stream(shell.line().split("&&|;|\n"))
              .map(String::strip)
              .filter(c -> !c.isEmpty())
              .map(c -> List.of(c.split("[ \t]+")))
              .toList();
    };
  }

  private boolean known(List<String> words) {
    if (!words.stream().allMatch(w -> WORD.matcher(w).matches())) {
      return false;
    }
    Optional<String> program = program(words.getFirst());
    List<String> rest = words.subList(1, words.size());
    return program.isPresent() && known(program.get(), rest);
  }

  /** A program of the machine, or one of a virtual environment that the setup has made. */
  private Optional<String> program(String word) {
    int end = word.lastIndexOf("/bin/");
    if (end > 0 && environments.contains(word.substring(0, end))) {
      return Optional.of(word.substring(end + "/bin/".length()));
    }
    return word.contains("/") ? Optional.empty() : Optional.of(word);
  }

  private boolean known(String program, List<String> rest) {
    return switch (program) {
      case "npm" -> npm(rest);
      case "pip", "pip3" -> begins(rest, "install") && pip(rest.subList(1, rest.size()));
      case "go" -> go(rest);
      case "cargo" -> cargo(rest);
      case "mvn" -> maven(rest);
      default -> PYTHON.matcher(program).matches() && python(rest);
    };
  }

  private static boolean begins(List<String> words, String... beginning) {
    return words.size() >= beginning.length
        && words.subList(0, beginning.length).equals(List.of(beginning));
  }

  private static boolean flags(List<String> words, Set<String> flags) {
    return flags.containsAll(words);
  }

  private boolean npm(List<String> rest) {
    if (!(begins(rest, "ci") || begins(rest, "clean-install"))) {
      return false;
    }
    globs.addAll(InstallFiles.NPM);
    never.addAll(InstallFiles.NPM_NEVER);
    unless.addAll(InstallFiles.NPM_UNLESS);
    if (!rest.contains("--ignore-scripts")) {
      unless.addAll(InstallFiles.NPM_SCRIPTS);
    }
    return flags(rest.subList(1, rest.size()), NPM);
  }

  private boolean python(List<String> rest) {
    never.addAll(InstallFiles.PYTHON_NEVER);
    if (begins(rest, "-m", "pip", "install")) {
      return pip(rest.subList(3, rest.size()));
    }
    return begins(rest, "-m", "venv") && venv(rest.subList(2, rest.size()));
  }

  private boolean venv(List<String> rest) {
    if (rest.isEmpty() || !PLACE.matcher(rest.getLast()).matches()) {
      return false;
    }
    environments.add(rest.getLast());
    never.add("/" + rest.getLast() + "/**");
    return flags(rest.subList(0, rest.size() - 1), VENV);
  }

  private boolean pip(List<String> rest) {
    globs.add("/setup.cfg");
    for (int i = 0; i < rest.size(); i++) {
      String word = rest.get(i);
      boolean file = word.equals("-r") || word.equals("--requirement");
      if (file && i + 1 < rest.size() && PATH.matcher(rest.get(i + 1)).matches()) {
        i++;
        requirements(rest.get(i));
      } else if (!PIP.contains(word) && !PINNED.matcher(word).matches()) {
        return false;
      }
    }
    return true;
  }

  private void requirements(String file) {
    globs.add("/" + file);
    required.add(file);
    unless.addAll(InstallFiles.requirements("/" + file));
  }

  private boolean go(List<String> rest) {
    globs.addAll(InstallFiles.GO);
    return begins(rest, "mod", "download") && flags(rest.subList(2, rest.size()), Set.of("-x"));
  }

  private boolean cargo(List<String> rest) {
    globs.addAll(InstallFiles.CARGO);
    never.addAll(InstallFiles.CARGO_NEVER);
    unless.addAll(InstallFiles.CARGO_UNLESS);
    return begins(rest, "fetch") && flags(rest.subList(1, rest.size()), CARGO);
  }

  private boolean maven(List<String> rest) {
    globs.addAll(InstallFiles.MAVEN);
    never.addAll(InstallFiles.MAVEN_NEVER);
    unless.addAll(InstallFiles.MAVEN_UNLESS);
    return rest.stream().anyMatch(GOALS::contains)
        && rest.stream().allMatch(w -> GOALS.contains(w) || MVN.contains(w));
  }
}

package dev.longe.workspace;

import dev.longe.core.Command;
import dev.longe.core.Loop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a repository that a setup depends on.
 *
 * @param globs all of these files
 * @param unless lines in some of these files that name code of the repository: with one of them,
 *     the setup depends on the whole commit
 */
public record SetupInputs(List<String> globs, List<Unless> unless) {
  public SetupInputs {
    globs = List.copyOf(globs);
    unless = List.copyOf(unless);
  }

  /**
   * Lines in some of the files.
   *
   * @param line an extended regular expression
   * @param except one for lines that are not meant
   */
  record Unless(String glob, String line, Optional<String> except) {
    Unless(String glob, String line) {
      this(glob, line, Optional.empty());
    }
  }

  /**
   * A command that only installs what some files name.
   *
   * @param command matches the whole command; its group «file», if any, is one more file
   */
  private record Kind(Pattern command, List<String> globs, List<Unless> unless) {
    static Kind of(String command, List<String> globs, Unless... unless) {
      return new Kind(Pattern.compile(command), globs, List.of(unless));
    }
  }

  private static final String FLAGS = "(?: -[A-Za-z]+| --[a-z-]+(?:=[A-Za-z0-9]+)?)*";
  private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final String PATH = "\\.?[A-Za-z0-9][A-Za-z0-9._/-]*";
  private static final String PACKAGE = WORD + "(?:\\[[a-z,]+\\])?(?:[=~!]=[0-9][A-Za-z0-9.]*)?";

  private static final List<Kind> KINDS =
      List.of(
          Kind.of(
              "npm (?:ci|clean-install)" + FLAGS,
              List.of("package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc"),
              new Unless(
                  "package.json",
                  "\"((pre|post)?install|prepublish|(pre|post)?prepare)\"[[:space:]]*:"),
              new Unless("package.json", "\"file:")),
          Kind.of("python3?(?:\\.[0-9]+)? -m venv" + FLAGS + " " + PATH, List.of()),
          Kind.of(
              "(?:"
                  + PATH
                  + "/)?(?:pip3?|python3?(?:\\.[0-9]+)? -m pip) install(?:"
                  + FLAGS
                  + "(?: -r "
                  + PATH
                  + "| "
                  + PACKAGE
                  + ")?)*",
              List.of("requirements*.txt", "constraints*.txt", "**/requirements/*.txt"),
              new Unless("*.txt", "^[[:space:]]*(-e|--editable|\\.|/|file:)"),
              new Unless("*.txt", "@[[:space:]]*(file:|\\.)"),
              new Unless(
                  "*.txt",
                  "^[[:space:]]*(-r|-c|--requirement|--constraint)",
                  Optional.of("[ =](.*/)?(requirements|constraints)[^/]*\\.txt"))),
          Kind.of("go mod download(?: -x)?", List.of("go.mod", "go.sum", "go.work", "go.work.sum")),
          Kind.of(
              "cargo fetch" + FLAGS,
              List.of("Cargo.toml", "Cargo.lock", ".cargo/**", "rust-toolchain*")),
          Kind.of(
              "mvn" + FLAGS + "(?: dependency:(?:go-offline|resolve|resolve-plugins))+" + FLAGS,
              List.of("pom.xml", ".mvn/**")));

  private static final Pattern REQUIREMENTS = Pattern.compile(" -r (" + PATH + ")");

  /** What a pip install must not name: an archive of the repository. */
  private static final Pattern ARCHIVE = Pattern.compile("\\.(?:whl|zip|tar|gz|bz2|xz|tgz)\\b");

  /** Empty if the setup depends on the whole commit. */
  public static Optional<SetupInputs> of(Loop loop) {
    if (!loop.setupKey().isEmpty()) {
      return Optional.of(new SetupInputs(loop.setupKey(), List.of()));
    }
    return loop.setup().flatMap(SetupInputs::known);
  }

  private static Optional<SetupInputs> known(Command setup) {
    Set<String> globs = new LinkedHashSet<>();
    List<Unless> unless = new ArrayList<>();
    for (String command : commands(setup)) {
      Optional<Kind> kind =
          KINDS.stream().filter(k -> k.command().matcher(command).matches()).findFirst();
      if (kind.isEmpty() || ARCHIVE.matcher(command).find()) {
        return Optional.empty();
      }
      globs.addAll(kind.get().globs());
      unless.addAll(kind.get().unless());
      Matcher named = REQUIREMENTS.matcher(command);
      while (named.find()) {
        globs.add("/" + named.group(1));
      }
    }
    return Optional.of(new SetupInputs(List.copyOf(globs), unless));
  }

  private static List<String> commands(Command setup) {
    return switch (setup) {
      case Command.Argv argv -> List.of(String.join(" ", argv.words()));
      case Command.Shell shell ->
          Arrays.stream(shell.line().split("&&|;|\n"))
              .map(c -> c.strip().replaceAll("\\s+", " "))
              .filter(c -> !c.isEmpty())
              .toList();
    };
  }
}

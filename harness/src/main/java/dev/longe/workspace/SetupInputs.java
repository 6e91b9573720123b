package dev.longe.workspace;

import dev.longe.core.Loop;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a repository that a setup depends on.
 *
 * @param globs all of these files
 * @param required paths of files that git must track; without one of them, the setup depends on the
 *     whole commit
 * @param never globs of files that must not be there; with one of them, the setup depends on the
 *     whole commit
 * @param unless lines in some of the files that name more of the repository; with one of them, the
 *     setup depends on the whole commit
 */
public record SetupInputs(
    List<String> globs, List<String> required, List<String> never, List<Unless> unless) {
  /** Variables with which the programs read other files, or run other code. */
  private static final Pattern CHANGING =
      Pattern.compile(
          "(?i)(?:PIP|NPM|NODE|PYTHON|GO(?!OGLE)|GIT|CARGO|RUST|MAVEN|MVN|JAVA|JDK|LD|VIRTUAL|XDG|SSL).*|BASH_ENV|ENV|PATH|HOME");

  public SetupInputs {
    globs = List.copyOf(globs);
    required = List.copyOf(required);
    never = List.copyOf(never);
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

    /** Every line that is not like this. */
    static Unless only(String glob, String line) {
      return new Unless(glob, "^", Optional.of(line));
    }
  }

  /** Empty if the setup depends on the whole commit. */
  public static Optional<SetupInputs> of(Loop loop) {
    if (!loop.setupKey().isEmpty()) {
      return Optional.of(new SetupInputs(loop.setupKey(), List.of(), List.of(), List.of()));
    }
    return loop.setup()
        .filter(_ -> loop.env().stream().noneMatch(n -> CHANGING.matcher(n).matches()))
        .flatMap(InstallCommands::inputs)
        .filter(inputs -> loop.carry().stream().noneMatch(inputs::mayLeadTo));
  }

  /**
   * Whether a link, or what is not tracked, may be or contain one of the files, or one that must
   * not be there.
   */
  boolean mayLeadTo(String path) {
    List<String> all = Stream.concat(globs.stream(), never.stream()).toList();
    Globs any = new Globs(all);
    return any.match(path)
        || any.match(path + "/x")
        || all.stream()
            .anyMatch(g -> (g.startsWith("/") ? g : "/" + g).startsWith("/" + path + "/"));
  }
}

package dev.longe.intake;

import java.util.List;
import java.util.stream.Collectors;

/** An input is invalid. The exception contains all problems. */
public final class InvalidInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidInput(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Creates the exception for one problem of the command line. */
  public static InvalidInput option(String option, String message) {
    return new InvalidInput(List.of(new Problem("command line", 0, option, message)));
  }

  /** Creates the exception for one problem of an environment variable. */
  public static InvalidInput variable(String name, String message) {
    return new InvalidInput(List.of(new Problem("environment variable", 0, name, message)));
  }

  public List<Problem> problems() {
    return problems;
  }
}

package dev.longe.intake;

import dev.longe.core.Command;
import dev.longe.core.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the key {@code services} of a loop file. */
final class ServicesField {
  static final Set<String> KEYS = Set.of("name", "run", "ready", "timeout", "ports", "agent");

  /**
   * How long a service that names no time may take. 1 min: own choice; PostgreSQL with a new
   * directory of data takes a second.
   */
  static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Variables with these beginnings have their meaning from Longe. */
  private static final Pattern RESERVED = Pattern.compile("CI|LONGE_.*");

  private final Function<Field, Optional<Command>> command;
  private final Set<String> names = new HashSet<>();
  private final Set<String> variables;

  /**
   * @param env names of the variables that the processes of the task get
   */
  ServicesField(Function<Field, Optional<Command>> command, List<String> env) {
    this.command = command;
    this.variables = new HashSet<>(env);
  }

  List<ServiceSpec> read(Field field) {
    if (!field.isList()) {
      field.problem("must be a list, for example - {name: db, run: ./db, ready: ./db-answers}");
      return List.of();
    }
    List<ServiceSpec> all = new ArrayList<>();
    field.items().forEach(item -> service(item).ifPresent(all::add));
    return all;
  }

  private Optional<ServiceSpec> service(Field item) {
    Map<String, Field> f = item.map(KEYS);
    if (item.isMap() && !f.containsKey("run")) {
      item.problem("needs the key run, the command that starts the service");
    }
    Optional<Command> ready = get(f, "ready").flatMap(command);
    Duration timeout =
        get(f, "timeout").flatMap(x -> x.parsed(Quantity::duration)).orElse(DEFAULT_TIMEOUT);
    List<String> ports =
        get(f, "ports").map(Field::items).orElse(List.of()).stream()
            .flatMap(x -> x.parsed(this::variable).stream())
            .toList();
    boolean agent = get(f, "agent").flatMap(Field::truth).orElse(false);
    return get(f, "run")
        .flatMap(command)
        .map(run ->
            new ServiceSpec(
                name(item, get(f, "name"), run.shown()), run, ready, timeout, ports, agent));
  }

  private String name(Field item, Optional<Field> given, String run) {
    String name = given.flatMap(Field::text).orElseGet(() -> Checks.name(run).text());
    if (!names.add(name)) {
      item.problem("another service has the name «" + name + "»; give this one a name");
    }
    return name;
  }

  private String variable(String name) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "must be the name of a variable, such as PGPORT, was " + name);
    }
    if (RESERVED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "must be another name: Longe itself sets the variable " + name);
    }
    if (!variables.add(name)) {
      throw new IllegalArgumentException(
          "must be another name: «env» or another service has the variable " + name);
    }
    return name;
  }

  private static Optional<Field> get(Map<String, Field> fields, String key) {
    return Optional.ofNullable(fields.get(key));
  }
}

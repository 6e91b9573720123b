package dev.longe.sandbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment variables of the harness itself. Child processes get only the variables picked
 * from them.
 */
public record Environment(Map<String, String> all) {
  /** Variables that every program needs. None of them is a secret. */
  public static final List<String> BASIC =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "TMPDIR",
          "XDG_CONFIG_HOME",
          "XDG_CACHE_HOME",
          "XDG_DATA_HOME");

  public Environment {
    all = Map.copyOf(all);
  }

  /** The basic variables. */
  public Map<String, String> basic() {
    return pick(List.of());
  }

  /** The basic variables and the named ones; names that are not set are omitted. */
  public Map<String, String> pick(Collection<String> names) {
    Map<String, String> picked = new HashMap<>(all);
    picked.keySet().removeIf(name -> !BASIC.contains(name) && !names.contains(name));
    return Map.copyOf(picked);
  }
}

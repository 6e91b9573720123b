package dev.longe.sandbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment variables of the harness itself; children get what is picked out of them and no
 * more.
 */
public record Environment(Map<String, String> all) {
  /** What every program needs to find its way: no secret is among them. */
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

  /** The basic variables and those named; a name that is not set is left out. */
  public Map<String, String> pick(Collection<String> names) {
    Map<String, String> picked = new HashMap<>(all);
    picked.keySet().removeIf(name -> !BASIC.contains(name) && !names.contains(name));
    return Map.copyOf(picked);
  }
}

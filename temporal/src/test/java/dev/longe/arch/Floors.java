package dev.longe.arch;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The one table of what may import what. A package imports from every lower floor; on its own floor
 * only along the edges that are named here. A package below another is one of its own.
 */
final class Floors {
  private static final String OURS = "dev.longe.";

  private static final List<List<String>> FLOORS =
      List.of(
          List.of("core", "core.policy"),
          List.of("journal", "sandbox", "intake", "home"),
          List.of("workspace", "agent", "cost", "quality"),
          List.of("check", "review", "report"),
          List.of("engine", "effects"),
          List.of("tasks"),
          List.of("cli", "temporal"));

  /** The packages of the drivers, on the floor of {@code agent}. */
  private static final Set<String> DRIVERS =
      Set.of(
          "agent.acp",
          "agent.claude",
          "agent.codex",
          "agent.command",
          "agent.copilot",
          "agent.gemini",
          "agent.model",
          "agent.opencode",
          "agent.pi",
          "agent.script");

  private static final String REGISTRY = "agent.registry";

  /** Programs of their own: they import nothing of the others, and nothing imports them. */
  static final Set<String> ALONE = Set.of("model");

  /** Edges between packages of one floor, besides those of the drivers. */
  private static final Map<String, Set<String>> BESIDE =
      Map.of(
          "core.policy", Set.of("core"), "effects", Set.of("engine"), "review", Set.of("report"));

  private Floors() {}

  /** Every package with its floor; those that stand alone are not among them. */
  static Map<String, Integer> table() {
    Map<String, Integer> all = new TreeMap<>();
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      for (String name : FLOORS.get(floor)) {
        all.put(name, floor);
      }
    }
    int agents = all.getOrDefault("agent", 0);
    DRIVERS.forEach(d -> all.put(d, agents));
    all.put(REGISTRY, agents);
    return all;
  }

  static Set<String> floor(int number) {
    return new TreeSet<>(FLOORS.get(number));
  }

  static int top() {
    return FLOORS.size() - 1;
  }

  static boolean allows(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    Map<String, Integer> table = table();
    if (!table.containsKey(from) || !table.containsKey(to)) {
      return false;
    }
    int down = table.getOrDefault(from, 0) - table.getOrDefault(to, 0);
    return down > 0 || (down == 0 && beside(from, to));
  }

  /** A driver knows what all drivers share, and the registry knows the drivers. */
  private static boolean beside(String from, String to) {
    return BESIDE.getOrDefault(from, Set.of()).contains(to)
        || (DRIVERS.contains(from) && to.equals("agent"))
        || (from.equals(REGISTRY) && (to.equals("agent") || DRIVERS.contains(to)));
  }

  static String packageOf(JavaClass c) {
    return c.getPackageName().substring(OURS.length());
  }

  /** Every dependency that the table does not allow. */
  static List<String> broken(JavaClasses classes) {
    List<String> all = new ArrayList<>();
    for (JavaClass from : classes) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getPackageName().startsWith(OURS) && !allows(packageOf(from), packageOf(to))) {
          all.add(dependency.getDescription());
        }
      }
    }
    return all;
  }
}

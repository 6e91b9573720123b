package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Two top-level types of different packages do not share a simple name. The exceptions are the
 * entry points of programs.
 */
final class TypeNamesTest {
  private static final Set<String> SHARED = Set.of("Main", "package-info");

  /** The simple names that several packages use, each with these packages. */
  private static Map<String, Set<String>> shared(JavaClasses classes) {
    Map<String, Set<String>> packages = new TreeMap<>();
    for (JavaClass c : classes) {
      if (c.isTopLevelClass() && !SHARED.contains(c.getSimpleName())) {
        packages.computeIfAbsent(c.getSimpleName(), _ -> new TreeSet<>()).add(Floors.packageOf(c));
      }
    }
    packages.values().removeIf(p -> p.size() == 1);
    return packages;
  }

  @Test
  void topLevelTypes_haveDifferentNames() {
    assertThat(Reactor.MAIN).hasSizeGreaterThan(300);
    assertThat(shared(Reactor.MAIN)).isEmpty();
  }

  @Test
  void sharedName_isSeen_alsoOfATypeThatIsNotPublic() {
    JavaClasses breach =
        Breach.of(
            "package dev.longe.one; public final class Breach0 {} final class Twice {}",
            "package dev.longe.two; public final class Breach1 {} final class Twice {}");
    assertThat(shared(breach)).isEqualTo(Map.of("Twice", Set.of("one", "two")));
  }

  @Test
  void mainAndNestedTypes_mayShareAName() {
    JavaClasses harmless =
        Breach.of(
            "package dev.longe.one; public final class Breach0 { record Twice() {} } final class"
                + " Main {}",
            "package dev.longe.two; public final class Breach1 { record Twice() {} } final class"
                + " Main {}");
    assertThat(shared(harmless)).isEmpty();
  }
}

package dev.longe.arch;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What may import what, over the bytecode of every module. */
final class FloorsTest {
  private static final ArchRule NO_CIRCLE =
      slices().matching("dev.longe.(**)").should().beFreeOfCycles();

  @Test
  void everyPackage_hasAFloor_andEveryFloorItsPackages() {
    Set<String> found = new TreeSet<>();
    for (JavaClass c : Reactor.MAIN) {
      found.add(Floors.packageOf(c));
    }
    Set<String> named = new TreeSet<>(Floors.table().keySet());
    named.addAll(Floors.ALONE);
    assertThat(found).isEqualTo(named);
  }

  @Test
  void packages_importOnlyFromLowerFloors() {
    assertThat(Floors.broken(Reactor.MAIN)).isEmpty();
  }

  @Test
  void packages_formNoCircle() {
    NO_CIRCLE.check(Reactor.MAIN);
  }

  private static final List<String> FORBIDDEN =
      List.of(
          // upwards
          "package dev.longe.core; class T { dev.longe.journal.Journal up; }",
          "package dev.longe.journal; class T { dev.longe.engine.TaskLoop up; }",
          "package dev.longe.tasks; class T { dev.longe.temporal.TaskFlow up; }",
          // sideways
          "package dev.longe.core; class T { dev.longe.core.policy.Decider beside; }",
          "package dev.longe.engine; class T { dev.longe.effects.RealEffects beside; }",
          "package dev.longe.journal; class T { dev.longe.sandbox.Sandbox beside; }",
          "package dev.longe.agent; class T { dev.longe.agent.registry.Agents beside; }",
          "package dev.longe.agent.pi; class T { dev.longe.agent.acp.AcpAgent beside; }",
          // from and to what stands alone, and a package that nobody entered
          "package dev.longe.model; class T { dev.longe.core.Money shared; }",
          "package dev.longe.stray; class T { dev.longe.core.Money shared; }",
          // a type that is named only as an array
          "package dev.longe.core; class T { dev.longe.journal.Journal[] up; }");

  private static final List<String> ALLOWED =
      List.of(
          "package dev.longe.engine; class T { dev.longe.journal.Journal down; }",
          "package dev.longe.effects; class T { dev.longe.engine.TaskLoop beside; }",
          "package dev.longe.agent.pi; class T { dev.longe.agent.Agent beside; }");

  @Test
  void forbiddenImports_areSeen_andAllowedOnesAreNot() {
    Breach.each(FORBIDDEN)
        .forEach((text, classes) -> assertThat(Floors.broken(classes)).as(text).isNotEmpty());
    Breach.each(ALLOWED)
        .forEach((text, classes) -> assertThat(Floors.broken(classes)).as(text).isEmpty());
  }

  @Test
  void circle_isSeen() {
    assertThat(
            NO_CIRCLE
                .evaluate(
                    Breach.of(
                        "package dev.longe.one; public class Breach0 { dev.longe.one.two.Breach1 b;"
                            + " }",
                        "package dev.longe.one.two; public class Breach1 { dev.longe.one.Breach0 a;"
                            + " }"))
                .hasViolation())
        .isTrue();
  }

  /** The picture in the map: floor, its packages, what they are for. Sub-packages are left out. */
  @Test
  void picture_isTheTable() {
    String design = Sources.text(Sources.root().resolve("docs/design.md"));
    assertThat(picture(design)).isEqualTo(drawn());
    assertThat(picture(design.replace("6  cli", "5  cli"))).isNotEqualTo(drawn());
  }

  private static Map<Integer, Set<String>> drawn() {
    Map<Integer, Set<String>> all = new TreeMap<>();
    for (int floor = 0; floor <= Floors.top(); floor++) {
      all.put(floor, Floors.floor(floor));
    }
    return all;
  }

  /** Lines of the first block under the heading that begin with a floor's number. */
  private static Map<Integer, Set<String>> picture(String design) {
    String section = design.substring(design.indexOf("\n## Floors\n"));
    String block = section.split("```", 3)[1];
    Map<Integer, Set<String>> all = new TreeMap<>();
    for (String line : block.lines().filter(l -> l.matches("\\d  .*")).toList()) {
      List<String> words = Arrays.asList(line.substring(3).strip().split("\\s+"));
      Set<String> names =
          words.stream().takeWhile(Floors.table()::containsKey).collect(Collectors.toSet());
      all.computeIfAbsent(Integer.parseInt(line.substring(0, 1)), _ -> new TreeSet<>())
          .addAll(names);
    }
    return all;
  }

  /** The table is the one place that says it. */
  @Test
  void noPackage_listsItsImportsByHand() {
    List<Path> infos =
        Sources.mainJava().stream().filter(p -> p.endsWith("package-info.java")).toList();
    assertThat(infos).hasSizeGreaterThan(20);
    assertThat(infos)
        .noneMatch(p -> Sources.text(p).replaceAll("[\\s*]+", " ").contains("May import"));
  }
}

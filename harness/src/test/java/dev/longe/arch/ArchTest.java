package dev.longe.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Floors, cycles, and one door for each kind of effect, over the bytecode. */
final class ArchTest {
  /** What each package may import of ours; a new package has to be entered here. */
  private static final Map<String, Set<String>> FLOORS =
      Map.ofEntries(
          Map.entry("core", Set.of()),
          Map.entry("core.policy", Set.of("core")),
          Map.entry("intake", Set.of("core", "core.policy")),
          Map.entry("journal", Set.of("core", "core.policy")),
          Map.entry("sandbox", Set.of("core")),
          Map.entry("home", Set.of("core")),
          Map.entry("workspace", Set.of("core", "sandbox")),
          Map.entry("agent", Set.of("core", "sandbox", "intake")),
          Map.entry("cost", Set.of("core", "intake")),
          Map.entry("quality", Set.of("core")),
          Map.entry("check", Set.of("core", "sandbox", "agent", "workspace", "quality")),
          Map.entry("report", Set.of("core", "core.policy", "journal")),
          Map.entry("review", Set.of("core", "workspace", "quality", "report")),
          Map.entry("engine", Set.of("core", "core.policy", "intake", "journal", "cost", "check")),
          Map.entry(
              "effects",
              Set.of(
                  "core",
                  "core.policy",
                  "home",
                  "intake",
                  "journal",
                  "cost",
                  "sandbox",
                  "workspace",
                  "agent",
                  "quality",
                  "check",
                  "review",
                  "engine")),
          Map.entry(
              "tasks",
              Set.of(
                  "core",
                  "core.policy",
                  "home",
                  "intake",
                  "journal",
                  "cost",
                  "sandbox",
                  "workspace",
                  "agent",
                  "quality",
                  "check",
                  "report",
                  "review",
                  "engine",
                  "effects")),
          Map.entry(
              "cli",
              Set.of(
                  "core",
                  "core.policy",
                  "home",
                  "intake",
                  "journal",
                  "cost",
                  "sandbox",
                  "workspace",
                  "agent",
                  "quality",
                  "check",
                  "report",
                  "review",
                  "engine",
                  "effects",
                  "tasks")));

  /**
   * How many public types a package may have at most: its face. May only shrink, except for a new
   * face.
   */
  private static final Map<String, Integer> FACES =
      Map.ofEntries(
          Map.entry("intake", 12),
          Map.entry("journal", 16),
          Map.entry("home", 1),
          Map.entry("cost", 2),
          Map.entry("sandbox", 11),
          Map.entry("workspace", 9),
          Map.entry("agent", 40),
          Map.entry("quality", 8),
          Map.entry("check", 6),
          Map.entry("report", 7),
          Map.entry("review", 10),
          Map.entry("engine", 13),
          Map.entry("effects", 8),
          Map.entry("tasks", 8),
          Map.entry("cli", 1));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.longe");

  private static String packageOf(JavaClass c) {
    String name = c.getPackageName().substring("dev.longe.".length());
    return name.startsWith("agent.") ? "agent" : name;
  }

  @Test
  void packages_importOnlyWhatTheirFloorAllows() {
    Set<String> found = MAIN.stream().map(ArchTest::packageOf).collect(Collectors.toSet());
    assertThat(FLOORS.keySet()).isEqualTo(found);
    for (Map.Entry<String, Set<String>> floor : FLOORS.entrySet()) {
      DescribedPredicate<JavaClass> forbidden =
          DescribedPredicate.describe(
              "packages above " + floor.getKey(),
              c ->
                  c.getPackageName().startsWith("dev.longe.")
                      && !packageOf(c).equals(floor.getKey())
                      && !floor.getValue().contains(packageOf(c)));
      check(
          noClasses()
              .that(
                  DescribedPredicate.describe(
                      "are in " + floor.getKey(), c -> packageOf(c).equals(floor.getKey())))
              .should()
              .dependOnClassesThat(forbidden));
    }
  }

  @Test
  void packages_formNoCircle() {
    check(slices().matching("dev.longe.(*)..").should().beFreeOfCycles());
  }

  @Test
  void core_knowsNoClockNoChanceNoWorld() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.longe.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.io..", "java.nio..", "java.net..", "java.sql..", "java.util.concurrent..")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Random.class));
  }

  @Test
  void sql_isTheJournalsAlone() {
    onlyIn("journal", "java.sql..");
    onlyIn("journal", "org.sqlite..");
  }

  private static void onlyIn(String ours, String theirs) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.longe." + ours)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(theirs));
  }

  @Test
  void processes_startInTheSandboxAlone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.longe.sandbox")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class, ProcessHandle.class));
  }

  @Test
  void environment_isReadByMainAlone() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.longe.cli.Main")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class));
  }

  @Test
  void journal_isAppendedToByTheTaskLoopAlone() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching("dev\\.longe\\.(engine\\.JournalTaskStore|journal\\..*)")
            .should()
            .callMethod(
                "dev.longe.journal.Journal",
                "append",
                "dev.longe.journal.Lease",
                "dev.longe.core.TaskState",
                "java.time.Instant",
                "java.util.List"));
  }

  @Test
  void books_areWrittenByTheTaskLoopAlone() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.longe.engine.TaskLoop")
            .should()
            .callMethod(
                "dev.longe.engine.TaskStore",
                "append",
                "dev.longe.core.TaskState",
                "java.time.Instant",
                "java.util.List"));
  }

  @Test
  void noClass_usesReflectionOrSleeps() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class));
  }

  @Test
  void classes_areFinalOrSealedOrAbstract() {
    check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotAnonymousClasses()
            .and(
                DescribedPredicate.describe(
                    "are written as classes",
                    c -> !c.isEnum() && !c.getSimpleName().isEmpty() && !c.getName().contains("$")))
            .should()
            .haveModifier(JavaModifier.FINAL)
            .orShould()
            .haveModifier(JavaModifier.ABSTRACT));
  }

  @Test
  void faces_areSmall() {
    Map<String, Long> faces =
        MAIN.stream()
            .filter(c -> c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(c -> !packageOf(c).startsWith("core"))
            .collect(Collectors.groupingBy(ArchTest::packageOf, Collectors.counting()));
    faces.forEach((name, n) ->
        assertThat(n)
            .as("public types of " + name)
            .isLessThanOrEqualTo(FACES.getOrDefault(name, 0)));
  }

  /** The rule about floors can fail: core may not import what stands above it. */
  @Test
  void floorRule_seesAForbiddenImport() {
    JavaClasses upper = new ClassFileImporter().importPackages("dev.longe.engine");
    ArchRule rule =
        noClasses().should().dependOnClassesThat().resideInAPackage("dev.longe.journal");
    assertThat(rule.evaluate(upper).hasViolation()).isTrue();
    assertThat(List.copyOf(upper)).isNotEmpty();
  }

  /**
   * The rule about the one writer can fail: it names the method by text, and this is the caller.
   */
  @Test
  void appendRule_seesTheTaskLoop() {
    ArchRule rule =
        noClasses()
            .should()
            .callMethod(
                "dev.longe.journal.Journal",
                "append",
                "dev.longe.journal.Lease",
                "dev.longe.core.TaskState",
                "java.time.Instant",
                "java.util.List");
    assertThat(rule.evaluate(MAIN).hasViolation()).isTrue();
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN);
  }
}

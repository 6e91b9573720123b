package dev.longe.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One door for each kind of effect, over the bytecode of every module. Each rule comes with classes
 * that break it, one for each thing that it forbids; a rule that looks at no class fails.
 */
final class ArchTest {
  /** A program of its own, which the harness shuts in like any agent. */
  private static final String MODEL = "dev.longe.model";

  /** The rules. The payload format takes the type that the SDK hands it. */
  enum Rule {
    CORE_KNOWS_NO_WORLD(
        noClasses()
            .that()
            .resideInAPackage("dev.longe.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.io..", "java.nio..", "java.net..", "java.sql..", "java.util.concurrent..")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)),
    SQL_IS_THE_JOURNALS(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.longe.journal")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..")),
    PROCESSES_START_IN_THE_SANDBOX(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.longe.sandbox", MODEL)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class, ProcessHandle.class)),
    ENVIRONMENT_IS_READ_BY_MAIN(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.longe.cli.Main")
            .and()
            .resideOutsideOfPackage(MODEL)
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)),
    JOURNAL_IS_WRITTEN_BY_ITS_STORE(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.longe.journal")
            .and()
            .doNotHaveFullyQualifiedName("dev.longe.engine.JournalTaskStore")
            .should()
            .callMethod(
                "dev.longe.journal.Journal",
                "append",
                "dev.longe.journal.Lease",
                "dev.longe.core.TaskState",
                "java.time.Instant",
                "java.util.List")
            .orShould()
            .callMethod(
                "dev.longe.journal.Journal",
                "take",
                "dev.longe.journal.Lease",
                "dev.longe.core.TaskState",
                "java.time.Instant",
                "dev.longe.journal.PostedWord",
                "dev.longe.core.Event")),
    /** Its events are those that the task loop of another engine has appended. */
    MIRROR_IS_WRITTEN_BY_REMOTE_TASKS(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.longe.journal")
            .and()
            .doNotHaveFullyQualifiedName("dev.longe.tasks.RemoteTasks")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.longe.journal.Mirror")),
    TASKS_ARE_TRANSFERRED_BY_MIGRATION(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.longe.journal")
            .and()
            .doNotHaveFullyQualifiedName("dev.longe.tasks.Migration")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.longe.journal.Transfer")),
    STORE_IS_WRITTEN_BY_THE_TASK_LOOP(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.longe.engine.TaskLoop")
            .should()
            .callMethod(
                "dev.longe.engine.TaskStore",
                "append",
                "dev.longe.core.TaskState",
                "java.time.Instant",
                "java.util.List")
            .orShould()
            .callMethod(
                "dev.longe.engine.TaskStore",
                "take",
                "dev.longe.core.TaskState",
                "java.time.Instant",
                "dev.longe.journal.PostedWord",
                "dev.longe.core.Event")),
    NOBODY_REFLECTS_OR_SLEEPS(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.longe.temporal.PayloadFormat")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class)),
    /** What a terminal shows of a journal is rows; everything else is asked of {@code tasks}. */
    COMMAND_LINE_ASKS_TASKS(
        noClasses()
            .that()
            .resideInAPackage("dev.longe.cli")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.longe.engine..",
                "dev.longe.workspace..",
                "dev.longe.check..",
                "dev.longe.cost..")
            .orShould()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "are of the journal and no rows",
                    c ->
                        c.getPackageName().equals("dev.longe.journal")
                            && !c.getName().matches(".*\\.(JournalEntry|TaskRow)(\\$.*)?")))),
    CLASSES_ARE_FINAL_OR_ABSTRACT(
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

    @SuppressWarnings("ImmutableEnumChecker") // a rule of ArchUnit is built once and never changed
    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }

    boolean isBrokenBy(JavaClasses classes) {
      return rule.evaluate(classes).hasViolation();
    }
  }

  /** A final class whose one method does this. */
  private static String calls(String name, String statement) {
    int dot = name.lastIndexOf('.');
    return "package dev.longe.%s; final class %s { void m() throws Exception { %s; } }"
        .formatted(name.substring(0, dot), name.substring(dot + 1), statement);
  }

  private static final String APPEND =
      "((%s) null).append(%snull, java.time.Instant.EPOCH, java.util.List.of())";
  private static final String TAKE =
      "((%s) null).take(%snull, java.time.Instant.EPOCH, null, null)";
  private static final String JOURNAL = "dev.longe.journal.Journal";
  private static final String STORE = "dev.longe.engine.TaskStore";

  static Stream<Arguments> breaches() {
    return Stream.of(
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "new java.io.File(\"x\")")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.policy.T", "new java.io.File(\"x\")")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "java.nio.file.Path.of(\"x\")")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "java.net.URI.create(\"x\")")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "new java.sql.Date(1)")),
        arguments(
            Rule.CORE_KNOWS_NO_WORLD,
            calls("core.T", "new java.util.concurrent.atomic.AtomicInteger()")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "java.time.Instant.now()")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "System.nanoTime()")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "System.currentTimeMillis()")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "java.util.UUID.randomUUID()")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "Math.random()")),
        arguments(Rule.CORE_KNOWS_NO_WORLD, calls("core.T", "new java.util.Random()")),
        arguments(Rule.SQL_IS_THE_JOURNALS, calls("cli.T", "new java.sql.Date(1)")),
        arguments(Rule.SQL_IS_THE_JOURNALS, calls("temporal.T", "new org.sqlite.JDBC()")),
        arguments(
            Rule.PROCESSES_START_IN_THE_SANDBOX, calls("agent.T", "new ProcessBuilder(\"x\")")),
        arguments(
            Rule.PROCESSES_START_IN_THE_SANDBOX, calls("temporal.T", "ProcessHandle.current()")),
        arguments(
            Rule.PROCESSES_START_IN_THE_SANDBOX, calls("agent.T", "((Process) null).destroy()")),
        arguments(Rule.ENVIRONMENT_IS_READ_BY_MAIN, calls("cli.T", "System.getenv()")),
        arguments(Rule.ENVIRONMENT_IS_READ_BY_MAIN, calls("temporal.T", "System.getenv(\"x\")")),
        arguments(
            Rule.JOURNAL_IS_WRITTEN_BY_ITS_STORE,
            calls("engine.T", APPEND.formatted(JOURNAL, "null, "))),
        arguments(
            Rule.JOURNAL_IS_WRITTEN_BY_ITS_STORE,
            calls("cli.T", TAKE.formatted(JOURNAL, "null, "))),
        arguments(
            Rule.MIRROR_IS_WRITTEN_BY_REMOTE_TASKS,
            calls(
                "tasks.T",
                "((dev.longe.journal.Mirror) null).write(null, 0, java.util.List.of())")),
        arguments(
            Rule.TASKS_ARE_TRANSFERRED_BY_MIGRATION,
            calls(
                "tasks.T", "((dev.longe.journal.Transfer) null).adopt(null, java.util.List.of())")),
        arguments(
            Rule.STORE_IS_WRITTEN_BY_THE_TASK_LOOP, calls("engine.T", APPEND.formatted(STORE, ""))),
        arguments(
            Rule.STORE_IS_WRITTEN_BY_THE_TASK_LOOP, calls("temporal.T", TAKE.formatted(STORE, ""))),
        arguments(
            Rule.NOBODY_REFLECTS_OR_SLEEPS,
            calls("cli.T", "Object.class.getMethod(\"x\").invoke(null)")),
        arguments(Rule.NOBODY_REFLECTS_OR_SLEEPS, calls("cli.T", "Thread." + "sleep(1)")),
        arguments(
            Rule.NOBODY_REFLECTS_OR_SLEEPS,
            calls("cli.T", "Thread." + "sleep(java.time.Duration.ZERO)")),
        arguments(
            Rule.COMMAND_LINE_ASKS_TASKS,
            calls("cli.T", "((dev.longe.engine.Settings) null).slots()")),
        arguments(
            Rule.COMMAND_LINE_ASKS_TASKS,
            calls("cli.T", "((dev.longe.workspace.Repository) null).head()")),
        arguments(
            Rule.COMMAND_LINE_ASKS_TASKS,
            calls("cli.T", "((dev.longe.check.CheckResult) null).hashCode()")),
        arguments(
            Rule.COMMAND_LINE_ASKS_TASKS,
            calls("cli.T", "((dev.longe.cost.PriceTable) null).hashCode()")),
        arguments(
            Rule.COMMAND_LINE_ASKS_TASKS,
            calls("cli.T", "((dev.longe.journal.Journal) null).close()")),
        arguments(Rule.CLASSES_ARE_FINAL_OR_ABSTRACT, "package dev.longe.cli; class T {}"));
  }

  @ParameterizedTest
  @EnumSource
  void everyModule_keeps(Rule rule) {
    rule.rule.check(Reactor.MAIN);
  }

  @Test
  void eachBreach_isSeen() {
    List<Arguments> all = breaches().toList();
    Map<String, JavaClasses> compiled =
        Breach.each(all.stream().map(a -> (String) a.get()[1]).toList());
    for (Arguments breach : all) {
      Rule rule = Objects.requireNonNull((Rule) breach.get()[0]);
      String text = (String) breach.get()[1];
      assertThat(compiled)
          .hasEntrySatisfying(
              text, c -> assertThat(rule.isBrokenBy(c)).as(rule + " " + text).isTrue());
    }
    assertThat(all.stream().map(a -> (Rule) a.get()[0])).containsAll(EnumSet.allOf(Rule.class));
  }

  @Test
  void harmless_isNotSeen() {
    Map<String, JavaClasses> harmless =
        Breach.each(
            List.of(calls("core.T", "String.valueOf(1)"), calls("cli.T", "\"x\".length()")));
    for (Rule rule : Rule.values()) {
      String looksAt =
          switch (rule) {
            case CORE_KNOWS_NO_WORLD -> "longe.core";
            case COMMAND_LINE_ASKS_TASKS -> "longe.cli";
            case SQL_IS_THE_JOURNALS,
                PROCESSES_START_IN_THE_SANDBOX,
                ENVIRONMENT_IS_READ_BY_MAIN,
                JOURNAL_IS_WRITTEN_BY_ITS_STORE,
                MIRROR_IS_WRITTEN_BY_REMOTE_TASKS,
                TASKS_ARE_TRANSFERRED_BY_MIGRATION,
                STORE_IS_WRITTEN_BY_THE_TASK_LOOP,
                NOBODY_REFLECTS_OR_SLEEPS,
                CLASSES_ARE_FINAL_OR_ABSTRACT ->
                "longe.";
          };
      harmless.forEach((text, classes) -> {
        if (text.contains(looksAt)) {
          assertThat(rule.isBrokenBy(classes)).as(rule + " " + text).isFalse();
        }
      });
    }
  }

  /** How many public types a package and those below it may have at most: its face. */
  private static final Map<String, Integer> FACES =
      Map.ofEntries(
          Map.entry("intake", 12),
          Map.entry("journal", 16),
          Map.entry("home", 4),
          Map.entry("cost", 2),
          Map.entry("sandbox", 14),
          Map.entry("workspace", 17),
          Map.entry("agent", 40),
          Map.entry("quality", 8),
          Map.entry("check", 7),
          Map.entry("report", 7),
          Map.entry("review", 11),
          Map.entry("engine", 13),
          Map.entry("effects", 9),
          Map.entry("tasks", 24),
          Map.entry("cli", 1),
          Map.entry("temporal", 9),
          Map.entry("model", 1));

  /** The core is for everybody; it alone has no face. */
  private static Map<String, Integer> faces(JavaClasses all) {
    Map<String, Integer> faces = new TreeMap<>();
    for (JavaClass c : all) {
      String name = Floors.packageOf(c).replaceFirst("\\..*", "");
      if (!name.equals("core")) {
        boolean open = c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC);
        faces.merge(name, open ? 1 : 0, Integer::sum);
      }
    }
    return faces;
  }

  @Test
  void faces_areSmall() {
    Map<String, Integer> faces = faces(Reactor.MAIN);
    assertThat(faces.keySet()).isEqualTo(FACES.keySet());
    faces.forEach((name, n) ->
        assertThat(n)
            .as("public types of " + name)
            .isLessThanOrEqualTo(FACES.getOrDefault(name, 0)));
    assertThat(faces(Breach.of("package dev.longe.cli; public final class Breach0 {}")))
        .isEqualTo(Map.of("cli", 1));
  }
}

package dev.longe.temporal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Workflow code is replayed: it knows no clock, no chance and no world but through Temporal. */
final class WorkflowCodeTest {
  private static final String FLOWS =
      "dev\\.longe\\.(temporal\\.(TaskFlow|CoordinatorFlow|FlowTaskStore|FlowEffects|FlowInbox|Coordinator|CoordinatorBudgets|CoordinatorView|TaskMemo|MachineUnavailable)(\\$.*)?"
          + "|engine\\.(TaskLoop|DayBudget|Capacity)(\\$.*)?)";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.longe");

  private static void none(ArchRule rule) {
    rule.check(MAIN);
  }

  @Test
  void flows_touchNothing() {
    none(
        noClasses()
            .that()
            .haveNameMatching(FLOWS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.io..",
                "java.nio..",
                "java.net..",
                "java.util.concurrent..",
                "io.grpc..",
                "dev.longe.sandbox..",
                "dev.longe.workspace..",
                "dev.longe.agent..",
                "io.temporal.client..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class));
    none(
        noClasses()
            .that()
            .haveNameMatching(FLOWS)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID"));
  }

  @Test
  void rule_seesWhoTouchesTheWorld() {
    ArchRule rule =
        noClasses()
            .that()
            .haveNameMatching("dev\\.longe\\.temporal\\.ClaimedTask")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.longe.sandbox..");
    org.assertj.core.api.Assertions.assertThat(rule.evaluate(MAIN).hasViolation()).isTrue();
  }

  @Test
  void policy_isNobodysButTheCoresAndTheRunners() {
    none(
        noClasses()
            .that()
            .resideInAPackage("dev.longe.temporal")
            .should()
            .callMethod(
                "dev.longe.core.policy.Decider",
                "decide",
                "dev.longe.core.TaskState",
                "dev.longe.core.Policy")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "dev.longe.cli.."));
  }
}

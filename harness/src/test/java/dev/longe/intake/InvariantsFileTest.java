package dev.longe.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longe.core.Invariant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InvariantsFileTest {
  private static List<String> problems(String text) {
    InvalidInput e =
        catchThrowableOfType(InvalidInput.class, () -> InvariantsFile.parse("inv.md", text));
    assertThat(e).isNotNull();
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void headings_areInvariants_andProseIsForPeople() {
    assertThat(
            InvariantsFile.parse(
                "inv.md",
                """
                # What always holds
                paths: this line stands before any invariant

                ## MONEY-1: No amount is ever rounded twice.
                Because of the audit of 2024.
                - paths: `src/money/**`, src/tax.py
                - check: `make audit`
                - owner: Ann
                ### Notes
                note: none

                ## io.2: Files are closed.
                paths: src/io/** lib/**
                """))
        .containsExactly(
            new Invariant(
                "MONEY-1",
                "No amount is ever rounded twice.",
                List.of("src/money/**", "src/tax.py"),
                Optional.of("make audit"),
                Optional.of("Ann")),
            new Invariant(
                "io.2",
                "Files are closed.",
                List.of("src/io/**", "lib/**"),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void windowsLineEnds_areReadAlike_andAnEmptyFileHasNone() {
    assertThat(InvariantsFile.parse("inv.md", "## A: Holds.\r\npaths: a/**\r\n"))
        .containsExactly(
            new Invariant("A", "Holds.", List.of("a/**"), Optional.empty(), Optional.empty()));
    assertThat(InvariantsFile.parse("inv.md", "")).isEmpty();
  }

  @Test
  void everythingWrong_isToldAtOnce_withItsLine() {
    assertThat(
            problems(
                """
                ## no id here
                paths: a
                ## A: Holds.
                paths: a
                paths: b
                ## A: Holds again.
                check: make
                """))
        .containsExactly(
            "inv.md:1: must be «## ID: SENTENCE»; the ID has letters, digits, dots and dashes",
            "inv.md:5: paths is given twice",
            "inv.md:6: another invariant has the id A",
            "inv.md:6: A needs a line «paths: GLOB, GLOB»: the files that it concerns");
  }

  @Test
  void emptyValues_areNoValues() {
    assertThat(problems("## A: Holds.\npaths: ``\n")).hasSize(1);
    assertThat(InvariantsFile.parse("inv.md", "## A: Holds.\npaths: a\ncheck: ``\nowner:\n"))
        .containsExactly(
            new Invariant("A", "Holds.", List.of("a"), Optional.empty(), Optional.empty()));
  }
}

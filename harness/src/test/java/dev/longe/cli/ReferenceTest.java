package dev.longe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.arch.Golden;
import dev.longe.intake.LoopFile;
import dev.longe.intake.LoopKeys;
import dev.longe.report.Views;
import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code docs/reference} agrees with the program, because tests generate it. */
final class ReferenceTest {
  private static final Pattern EVENT =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*record (\\w+)\\(([^)]*)\\)", Pattern.DOTALL);

  @TempDir Path temp;

  @Test
  void commandLine_isAsDocumented() {
    StringBuilder text =
        new StringBuilder(
            "# Commands\n\nThe help texts of the program. A test generates this file.\n\n");
    try (App app = new Terminal(temp, temp).app()) {
      CommandLine line = Commands.of(app);
      text.append(block(line));
      line.getSubcommands()
          .forEach(
              (name, c) -> text.append("## longe ").append(name).append("\n\n").append(block(c)));
    }
    Golden.same("docs/reference/cli.md", text.toString());
  }

  private static String block(CommandLine line) {
    line.setUsageHelpWidth(100);
    String usage = line.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing();
    return "```\n"
        + usage.lines().map(String::stripTrailing).collect(Collectors.joining("\n"))
        + "\n```\n\n";
  }

  @Test
  void exitCodesAndReasons_areAsDocumented() {
    StringBuilder text =
        new StringBuilder(
            "# Exit codes and reason codes\n\n"
                + "A test generates this file from the program.\n\n"
                + "| exit | meaning |\n"
                + "| --- | --- |\n");
    for (ExitCode code : ExitCode.values()) {
      text.append("| %d | %s |\n".formatted(code.code(), code.meaning()));
    }
    text.append("\n| reason | meaning |\n| --- | --- |\n");
    Views.reasons()
        .forEach((code, meaning) -> text.append("| `%s` | %s |\n".formatted(code, meaning)));
    Golden.same("docs/reference/codes.md", text.toString());
  }

  @Test
  void loopKeys_areAsDocumented_andAll() {
    StringBuilder text =
        new StringBuilder(
            "# Keys of a loop file\n\n"
                + "A test generates this file from the program.\n\n"
                + "| key | value | default | meaning |\n"
                + "| --- | --- | --- | --- |\n");
    Set<String> documented = new TreeSet<>();
    for (LoopKeys.Key key : LoopKeys.all()) {
      documented.add(key.path());
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(key.path(), key.form(), key.otherwise(), key.meaning()));
    }
    text.append("\nProtected paths if a loop does not name any:\n");
    text.append(
        LoopFile.DEFAULT_PROTECT.stream()
            .map(g -> "`" + g + "`")
            .collect(Collectors.joining(", ")));
    assertThat(documented).isEqualTo(new TreeSet<>(LoopFile.keys()));
    Golden.same("docs/reference/loop-file.md", text + ".\n");
  }

  @Test
  void events_areAsDocumented() {
    String source = World.read(Path.of("../core/src/main/java/dev/longe/core/Event.java"));
    StringBuilder text =
        new StringBuilder(
            "# Events\n\n"
                + "A test generates this file from the source. `longe log --json` prints the events"
                + " of a task.\n\n"
                + "| event | fields | meaning |\n"
                + "| --- | --- | --- |\n");
    Matcher m = EVENT.matcher(source);
    while (m.find()) {
      String meaning =
          m.group(1)
              .split("@param")[0]
              .replaceAll("\\s*\\n\\s*\\* ?", " ")
              .replaceAll("\\{@code ([^}]*)}", "`$1`")
              .strip();
      String holds =
          m.group(3)
              .replaceAll("\\s+", " ")
              .replaceAll("\\w+(?:<[^>]*>)?(?:\\.\\w+)? (\\w+)", "$1")
              .strip();
      text.append("| %s | %s | %s |\n".formatted(m.group(2), holds, meaning));
    }
    Golden.same("docs/reference/events.md", text.toString());
  }
}

package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What bytecode can't show: sizes, comments, names, habits. Lists of exceptions may only shrink.
 */
final class TidyTest {
  private static final int MAIN_LINES_MAX = 300;
  private static final int TEST_LINES_MAX = 600;
  private static final int AGENTS_LINES_MAX = 100;
  private static final int DESIGN_LINES_MAX = 500;

  private static final Pattern EMPTY_CATCH = Pattern.compile("catch \\([^)]*\\) \\{\\s*}");
  private static final Pattern BROAD_CATCH =
      Pattern.compile("catch \\((?:final )?(?:Exception|Throwable|RuntimeException) ");
  private static final Pattern NULL_FALLBACK = Pattern.compile("orElse\\(null\\)");

  /** One catches a bug of one task so that the others go on; one turns it into an exit code. */
  private static final Set<String> BROAD =
      Set.of("harness/src/main/java/dev/longe/engine/Engine.java");

  private static final List<String> LEFT_OVERS =
      List.of(
          "TO" + "DO:",
          "// TO" + "DO",
          "FIX" + "ME",
          "@aut" + "hor",
          "@Dis" + "abled",
          "Thread.sle" + "ep",
          "Mock" + "ito");

  private static final Pattern LINUX =
      Pattern.compile("/proc/|/sys/|\\b(?:unshare|nsenter|prlimit|setpriv|setsid|bwrap|umount)\\b");

  /** The module that measures, and the scripted agent that starts daemons. */
  private static final Pattern OF_LINUX =
      Pattern.compile("/dev/longe/(?:sandbox/|bench/|agent/script/ScriptRun)");

  private static final Pattern BAD_NAME =
      Pattern.compile("(Manager|Service|Helper|Utils?|Processor|Impl|(?<!Prepared)Base)\\.java$");

  @Test
  void files_areSmall() {
    List<String> long_ = new ArrayList<>();
    for (Path file : Sources.java()) {
      int max = file.toString().contains("/src/main/") ? MAIN_LINES_MAX : TEST_LINES_MAX;
      long lines = Sources.text(file).lines().count();
      if (lines > max) {
        long_.add(Sources.name(file) + " has " + lines + " lines");
      }
    }
    assertThat(long_).isEmpty();
  }

  @Test
  void noCatch_isEmptyOrBroad() {
    for (Path file : Sources.mainJava()) {
      String text = Sources.text(file);
      assertThat(EMPTY_CATCH.matcher(text).find()).as("empty catch in " + file).isFalse();
      assertThat(NULL_FALLBACK.matcher(text).find()).as("orElse(null) in " + file).isFalse();
      if (!BROAD.contains(Sources.name(file))) {
        assertThat(broad(text)).as("broad catch in " + file).isFalse();
      }
    }
  }

  private static boolean broad(String text) {
    return BROAD_CATCH.matcher(text).find();
  }

  @Test
  void rules_canFail() {
    assertThat(broad("try { x(); } catch (Exception e) { y(); }")).isTrue();
    assertThat(EMPTY_CATCH.matcher("catch (IOException e) {\n  }").find()).isTrue();
  }

  @Test
  void nothing_isLeftOver() {
    for (Path file : Sources.java()) {
      assertThat(Sources.text(file)).as(Sources.name(file)).doesNotContain(LEFT_OVERS);
    }
  }

  /** What another system lacks has one place; `docs/other-systems.md` lists it. */
  @Test
  void callsOfLinux_areInSandbox() {
    for (Path file : Sources.mainJava()) {
      String name = Sources.name(file);
      if (!OF_LINUX.matcher(name).find()) {
        assertThat(linux(Sources.text(file))).as(name).isEmpty();
      }
    }
    assertThat(linux("Path.of(\"/proc/self\")")).containsExactly("/proc/");
    assertThat(linux(" * in {@code /proc/self}")).isEmpty();
  }

  private static List<String> linux(String text) {
    return text.lines()
        .filter(l -> !l.strip().startsWith("*") && !l.strip().startsWith("/*"))
        .flatMap(l -> LINUX.matcher(l).results())
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void names_sayWhatAThingIs() {
    assertThat(Sources.java()).noneMatch(p -> BAD_NAME.matcher(p.toString()).find());
  }

  @Test
  void everyPackage_isExplainedAndNullMarked() {
    for (Path file : Sources.mainJava()) {
      Path info = file.resolveSibling("package-info.java");
      assertThat(info).exists();
      assertThat(Sources.text(info)).contains("@NullMarked").contains("/**");
    }
  }

  @Test
  void documents_areShort() {
    assertThat(Sources.text(Sources.root().resolve("AGENTS.md")).lines().count())
        .isLessThanOrEqualTo(AGENTS_LINES_MAX);
    assertThat(Sources.text(Sources.root().resolve("docs/design.md")).lines().count())
        .isLessThanOrEqualTo(DESIGN_LINES_MAX);
  }
}

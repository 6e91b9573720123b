package dev.longe.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static List<String> failing(String text) throws Report.Unreadable {
    return Report.parse(text).failing().stream().map(Report.Case::name).toList();
  }

  @Test
  void junitXml_failuresAndErrors_notSkipped() throws Report.Unreadable {
    String xml =
        """
        <?xml version="1.0"?>
        <testsuites><testsuite name="s">
          <testcase classname="A" name="ok"/>
          <testcase classname="A" name="bad"><failure message="1 != 2">trace</failure></testcase>
          <testcase name="worse"><error>boom</error></testcase>
          <testcase name="later"><skipped/></testcase>
        </testsuite></testsuites>
        """;
    assertThat(failing(xml)).containsExactly("A.bad", "worse");
    assertThat(Report.parse(xml).total()).isEqualTo(3);
    assertThat(Report.parse(xml).failing().getFirst().message()).isEqualTo("1 != 2");
  }

  @Test
  void junitXml_withAnEntity_readsNoFile() {
    String xml =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><testsuite><testcase"
            + " name=\"a\"><failure>&e;</failure></testcase></testsuite>";
    assertThatThrownBy(() -> Report.parse(xml)).isInstanceOf(Report.Unreadable.class);
  }

  @Test
  void tap_notOk_butNotTodoOrSkip() throws Report.Unreadable {
    String tap =
        "TAP version 13\n1..4\nok 1 - a\nnot ok 2 - b\nnot ok 3 - c # TODO later\nok 4 # SKIP no\n";
    assertThat(failing(tap)).containsExactly("b");
    assertThat(failing("ok 1\nBail out! no disk\n")).containsExactly("bail out");
  }

  @Test
  void goTest_failingTests_andPackagesThatDoNotBuild() throws Report.Unreadable {
    String go =
        """
        {"Action":"run","Package":"p","Test":"TestA"}
        {"Action":"output","Package":"p","Test":"TestA","Output":"want 1\\n"}
        {"Action":"fail","Package":"p","Test":"TestA"}
        {"Action":"pass","Package":"p","Test":"TestB"}
        {"Action":"fail","Package":"p"}
        {"Action":"fail","Package":"q"}
        """;
    assertThat(failing(go)).containsExactly("p.TestA", "q");
    assertThat(Report.parse(go).failing().getFirst().message()).contains("want 1");
  }

  @Test
  void somethingElse_isUnreadable() {
    assertThatThrownBy(() -> Report.parse("hello")).isInstanceOf(Report.Unreadable.class);
    assertThatThrownBy(() -> Report.parse("{not json")).isInstanceOf(Report.Unreadable.class);
    assertThatThrownBy(() -> Report.parse("<a><b></a>")).isInstanceOf(Report.Unreadable.class);
  }
}

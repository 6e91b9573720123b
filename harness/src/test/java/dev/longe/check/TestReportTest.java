package dev.longe.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TestReportTest {
  private static List<String> failing(String text) throws TestReport.Unreadable {
    return TestReport.parse(text).failing().stream().map(TestReport.Case::name).toList();
  }

  @Test
  void junitXml_failuresAndErrors_notSkipped() throws TestReport.Unreadable {
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
    assertThat(TestReport.parse(xml).counts().ran()).isEqualTo(3);
    assertThat(TestReport.parse(xml).failing().getFirst().message()).isEqualTo("1 != 2");
  }

  @Test
  void junitXml_withAnEntity_readsNoFile() {
    String xml =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><testsuite><testcase"
            + " name=\"a\"><failure>&e;</failure></testcase></testsuite>";
    assertThatThrownBy(() -> TestReport.parse(xml)).isInstanceOf(TestReport.Unreadable.class);
  }

  @Test
  void tap_notOk_butNotTodoOrSkip() throws TestReport.Unreadable {
    String tap =
        "TAP version 13\n1..4\nok 1 - a\nnot ok 2 - b\nnot ok 3 - c # TODO later\nok 4 # SKIP no\n";
    assertThat(failing(tap)).containsExactly("b");
    assertThat(failing("ok 1\nBail out! no disk\n")).containsExactly("bail out");
  }

  @Test
  void goTest_failingTests_andPackagesThatDoNotBuild() throws TestReport.Unreadable {
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
    assertThat(TestReport.parse(go).failing().getFirst().message()).contains("want 1");
  }

  @Test
  void somethingElse_isUnreadable() {
    assertThatThrownBy(() -> TestReport.parse("hello")).isInstanceOf(TestReport.Unreadable.class);
    assertThatThrownBy(() -> TestReport.parse("{not json"))
        .isInstanceOf(TestReport.Unreadable.class);
    assertThatThrownBy(() -> TestReport.parse("<a><b></a>"))
        .isInstanceOf(TestReport.Unreadable.class);
  }
}

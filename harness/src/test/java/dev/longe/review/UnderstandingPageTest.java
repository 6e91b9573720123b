package dev.longe.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class UnderstandingPageTest {
  private static final Pattern RECT =
      Pattern.compile(
          "<rect x=\"([-\\d.]+)\" y=\"([-\\d.]+)\" width=\"([-\\d.]+)\" height=\"([-\\d.]+)\""
              + " fill=\"(#\\w+)\"><title>([^<]*)</title>");

  private record Rect(double x, double y, double w, double h, String fill, String title) {}

  private static List<Rect> rects(String page) {
    List<Rect> all = new ArrayList<>();
    Matcher m = RECT.matcher(page);
    while (m.find()) {
      all.add(
          new Rect(
              Double.parseDouble(m.group(1)),
              Double.parseDouble(m.group(2)),
              Double.parseDouble(m.group(3)),
              Double.parseDouble(m.group(4)),
              m.group(5),
              m.group(6)));
    }
    return all;
  }

  private static Understanding.Part part(String path, int lines, int understood) {
    return new Understanding.Part(path, lines, understood, Set.of());
  }

  private static String page(Understanding.Part... parts) {
    return UnderstandingPage.of("shop", List.of(parts), "on Monday");
  }

  @Test
  void everyFile_hasABoxInsideThePage_largeAsItsLines() {
    List<Rect> rects =
        rects(page(part("a.py", 300, 0), part("b.py", 100, 100), part("c.py", 100, 50)));
    assertThat(rects).hasSize(3);
    assertThat(rects)
        .allMatch(
            r -> r.x() >= 0 && r.y() >= 0 && r.x() + r.w() <= 1200.1 && r.y() + r.h() <= 760.1);
    Rect large = rects.getFirst();
    assertThat(large.title()).isEqualTo("a.py: 0 of 300 lines understood");
    assertThat(large.w() * large.h()).isBetween(0.59 * 1200 * 760, 0.61 * 1200 * 760);
  }

  @Test
  void whatNobodyUnderstands_isTheDarkest() {
    List<Rect> rects = rects(page(part("a.py", 10, 0), part("b.py", 10, 10)));
    assertThat(rects).extracting(Rect::fill).containsExactlyInAnyOrder("#3a2c42", "#8fd1ae");
    assertThat(rects.getFirst().fill()).isEqualTo("#3a2c42");
  }

  @Test
  void deepAndWideTrees_areDrawn_eachFileOnce() {
    List<Understanding.Part> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(part("d%d/e%d/f%d.py".formatted(i % 7, i % 3, i), 1 + i % 50, 0));
    }
    many.add(part("a/".repeat(60) + "deep.py", 9, 9));
    List<Rect> rects = rects(UnderstandingPage.of("shop", many, ""));
    assertThat(rects).hasSize(501);
    assertThat(rects).extracting(Rect::title).doesNotHaveDuplicates();
    assertThat(rects).allMatch(r -> r.w() >= 0 && r.h() >= 0);
  }

  @Test
  void namesOfFiles_areText_notMarkup() {
    String page =
        UnderstandingPage.of(
            "<b>&\"", List.of(part("<script>alert(\"x\")&.py", 10, 0)), "</p><script>");
    assertThat(page)
        .doesNotContain("<script>")
        .contains("&lt;script>alert(&quot;x&quot;)&amp;.py", "<title>&lt;b>&amp;&quot;</title>");
  }

  @Test
  void pageNeedsNothingElse() {
    assertThat(page(part("a.py", 1, 0)))
        .doesNotContain("http", "<link", "src=")
        .startsWith("<!doctype html>");
  }
}

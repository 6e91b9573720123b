package dev.longe.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A treemap of understanding as a self-contained HTML file. */
public final class UnderstandingPage {
  private static final double WIDTH = 1200;
  private static final double HEIGHT = 760;
  private static final double LABEL_WIDTH = 70;
  private static final double LABEL_HEIGHT = 18;
  private static final double CHAR_WIDTH = 6.4;
  private static final double MARGIN = 2;

  private UnderstandingPage() {}

  private record Box(double x, double y, double w, double h) {
    /**
     * The box without its margin. A box that is too small has no margin. The margin makes
     * directories visible.
     */
    Box inside() {
      double m = Math.min(w, h) > 12 * MARGIN ? MARGIN : 0;
      return new Box(x + m, y + m, w - 2 * m, h - 2 * m);
    }
  }

  /** The page for these files. */
  public static String of(String title, List<Understanding.Part> parts, String legend) {
    StringBuilder svg = new StringBuilder();
    nest(parts, "", new Box(0, 0, WIDTH, HEIGHT), svg);
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>%1$s</title>
    <style>
    body{font:14px/1.5 system-ui,sans-serif;margin:24px;color:#1b1f24;background:#fff}
    h1{font-size:20px;margin:0 0 4px} p{margin:0 0 12px;max-width:1200px}
    svg{width:100%%;height:auto;display:block} rect{stroke:#fff;stroke-width:1.5}
    rect:hover{stroke:#1b1f24} text{font:11px system-ui,sans-serif;pointer-events:none}
    .key{display:inline-block;width:12px;height:12px;vertical-align:-1px;margin:0 4px 0 12px}
    @media(prefers-color-scheme:dark){body{background:#15181c;color:#e6e8ea}rect{stroke:#15181c}}
    </style></head><body>
    <h1>%1$s</h1>
    <p>%2$s<br><span class="key" style="background:%4$s;margin-left:0"></span>understood
    <span class="key" style="background:%5$s"></span>half
    <span class="key" style="background:%6$s"></span>nobody</p>
    <svg viewBox="0 0 1200 760" role="img" aria-label="Treemap of files by lines, dark where nobody understands them">
    %3$s</svg></body></html>
    """
        .formatted(escaped(title), escaped(legend), svg, colour(1), colour(0.5), colour(0));
  }

  /** A file, or a directory with everything below it. */
  private record Branch(String name, long lines, List<Understanding.Part> parts) {}

  /** Assigns each child of a directory its share of the box, and recurses into it. */
  private static void nest(
      List<Understanding.Part> parts, String below, Box box, StringBuilder svg) {
    Map<String, List<Understanding.Part>> children = new TreeMap<>();
    for (Understanding.Part p : parts) {
      int slash = p.path().indexOf('/', below.length());
      String name = slash < 0 ? p.path() : p.path().substring(0, slash + 1);
      children.computeIfAbsent(name, _ -> new ArrayList<>()).add(p);
    }
    List<Branch> branches =
        children.entrySet().stream()
            .map(e ->
                new Branch(
                    e.getKey(),
                    e.getValue().stream().mapToLong(Understanding.Part::lines).sum(),
                    e.getValue()))
            .sorted(Comparator.comparingLong(Branch::lines).reversed())
            .toList();
    lay(branches, box, svg);
  }

  /**
   * Splits the branches in half by lines and the box along its longer side, until each has a box.
   */
  private static void lay(List<Branch> branches, Box box, StringBuilder svg) {
    if (branches.size() == 1) {
      Branch only = branches.getFirst();
      if (only.name().endsWith("/")) {
        nest(only.parts(), only.name(), box.inside(), svg);
      } else {
        draw(only.parts().getFirst(), box, svg);
      }
      return;
    }
    long total = branches.stream().mapToLong(Branch::lines).sum();
    int cut = 1;
    long first = branches.getFirst().lines();
    while (cut < branches.size() - 1 && 2 * (first + branches.get(cut).lines()) <= total) {
      first += branches.get(cut++).lines();
    }
    double share = (double) first / total;
    boolean wide = box.w() >= box.h();
    double w = wide ? box.w() * share : box.w();
    double h = wide ? box.h() : box.h() * share;
    lay(branches.subList(0, cut), new Box(box.x(), box.y(), w, h), svg);
    lay(
        branches.subList(cut, branches.size()),
        wide
            ? new Box(box.x() + w, box.y(), box.w() - w, h)
            : new Box(box.x(), box.y() + h, w, box.h() - h),
        svg);
  }

  private static void draw(Understanding.Part part, Box box, StringBuilder svg) {
    double share = (double) part.understood() / part.lines();
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s: %d"
                + " of %d lines understood</title></rect>%n",
            box.x(),
            box.y(),
            box.w(),
            box.h(),
            colour(share),
            escaped(part.path()),
            part.understood(),
            part.lines()));
    if (box.w() > LABEL_WIDTH && box.h() > LABEL_HEIGHT) {
      String name = part.path().substring(part.path().lastIndexOf('/') + 1);
      int fits = (int) ((box.w() - 10) / CHAR_WIDTH);
      String label = name.length() > fits ? name.substring(0, Math.max(1, fits - 1)) + "…" : name;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
              box.x() + 5,
              box.y() + 14,
              share > 0.6 ? "#10241c" : "#fff",
              escaped(label)));
    }
  }

  /** Colour of a share, dark for not understood. Dark areas are meant to be noticed first. */
  private static String colour(double share) {
    int r = (int) Math.round(58 + (143 - 58) * share);
    int g = (int) Math.round(44 + (209 - 44) * share);
    int b = (int) Math.round(66 + (174 - 66) * share);
    return "#%02x%02x%02x".formatted(r, g, b);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}

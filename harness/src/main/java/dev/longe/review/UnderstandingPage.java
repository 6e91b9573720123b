package dev.longe.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A treemap of what is understood, as one HTML file that needs nothing else. */
public final class UnderstandingPage {
  private static final double WIDTH = 1200;
  private static final double HEIGHT = 760;
  private static final double LABEL_WIDTH = 70;
  private static final double LABEL_HEIGHT = 18;
  private static final double CHAR_WIDTH = 6.4;

  private UnderstandingPage() {}

  private record Box(double x, double y, double w, double h) {}

  /** The page for these files. */
  public static String of(String title, List<Understanding.Part> parts, String legend) {
    List<Understanding.Part> sorted =
        parts.stream()
            .sorted(Comparator.comparingInt(Understanding.Part::lines).reversed())
            .toList();
    StringBuilder svg = new StringBuilder();
    lay(sorted, new Box(0, 0, WIDTH, HEIGHT), svg);
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
    <span class="key" style="background:%6$s"></span>dark</p>
    <svg viewBox="0 0 1200 760" role="img" aria-label="Treemap of files by lines, dark where nobody understands them">
    %3$s</svg></body></html>
    """
        .formatted(escaped(title), escaped(legend), svg, colour(1), colour(0.5), colour(0));
  }

  /** Halves the files by lines and the box along its longer side, until each file has a box. */
  private static void lay(List<Understanding.Part> parts, Box box, StringBuilder svg) {
    if (parts.isEmpty()) {
      return;
    }
    if (parts.size() == 1) {
      draw(parts.getFirst(), box, svg);
      return;
    }
    long total = parts.stream().mapToLong(Understanding.Part::lines).sum();
    long first = 0;
    List<Understanding.Part> one = new ArrayList<>();
    for (Understanding.Part p : parts) {
      if (!one.isEmpty() && 2 * (first + p.lines()) > total + p.lines()) {
        break;
      }
      one.add(p);
      first += p.lines();
    }
    if (one.size() == parts.size()) {
      first -= one.removeLast().lines();
    }
    double share = (double) first / total;
    List<Understanding.Part> rest = parts.subList(one.size(), parts.size());
    if (box.w() >= box.h()) {
      double w = box.w() * share;
      lay(one, new Box(box.x(), box.y(), w, box.h()), svg);
      lay(rest, new Box(box.x() + w, box.y(), box.w() - w, box.h()), svg);
    } else {
      double h = box.h() * share;
      lay(one, new Box(box.x(), box.y(), box.w(), h), svg);
      lay(rest, new Box(box.x(), box.y() + h, box.w(), box.h() - h), svg);
    }
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

  /** From dark to light: what nobody understands is what one should see first. */
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

package org.gumbel4j.examples.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * One page with everything in it: pictures, tables, style; nothing to fetch, nothing that runs. It
 * is well-formed XML as well as HTML, follows the reader's choice of light or dark, and every text
 * is escaped.
 */
public final class HtmlReport {
  private final String title;
  private final String lead;
  private final StringBuilder cards = new StringBuilder();
  private final StringBuilder body = new StringBuilder();

  private HtmlReport(String title, String lead) {
    this.title = title;
    this.lead = lead;
  }

  /**
   * Begins a page.
   *
   * @param title its heading
   * @param lead a sentence or two that say what the reader is looking at
   */
  public static HtmlReport of(String title, String lead) {
    return new HtmlReport(title, lead);
  }

  /** Adds one of the few numbers that matter most, shown large at the top. */
  public HtmlReport card(String label, String value, String note) {
    cards
        .append("<div class=\"card\"><div class=\"label\">")
        .append(escape(label))
        .append("</div><div class=\"value\">")
        .append(escape(value))
        .append("</div><div class=\"note\">")
        .append(escape(note))
        .append("</div></div>\n");
    return this;
  }

  /** Begins a section; {@code text} says what is to be seen in it. */
  public HtmlReport section(String heading, String text) {
    if (!heading.isEmpty()) {
      body.append("<h2>").append(escape(heading)).append("</h2>\n");
    }
    if (!text.isEmpty()) {
      body.append("<p>").append(escape(text)).append("</p>\n");
    }
    return this;
  }

  /**
   * Adds a picture whose pixels are to be seen as they are.
   *
   * @param image the picture
   * @param alt the same in words, for those who cannot see it
   */
  public HtmlReport picture(BufferedImage image, String alt) {
    return image("pixels", image, alt);
  }

  /**
   * Adds a drawing, which may be made smaller.
   *
   * @param image the drawing
   * @param alt the same in words
   */
  public HtmlReport drawing(BufferedImage image, String alt) {
    return image("drawing", image, alt);
  }

  private HtmlReport image(String kind, BufferedImage image, String alt) {
    body.append("<figure><img class=\"")
        .append(kind)
        .append("\" alt=\"")
        .append(escape(alt))
        .append("\" src=\"")
        .append(dataUri(image))
        .append("\" /></figure>\n");
    return this;
  }

  /**
   * Adds a chart, drawn for daylight and for the dark; the page shows the one that fits. Where
   * there are no fonts to label it with, its words stand in for it.
   *
   * @param chart the chart
   * @param width in points
   * @param height in points
   * @param alt the same in words
   */
  public HtmlReport chart(LineChart chart, int width, int height, String alt) {
    if (!Fonts.available()) {
      body.append("<p>").append(escape(alt)).append("</p>\n");
      return this;
    }
    body.append("<figure><picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"")
        .append(dataUri(chart.draw(Theme.DARK, width, height)))
        .append("\" /><img width=\"")
        .append(width)
        .append("\" alt=\"")
        .append(escape(alt))
        .append("\" src=\"")
        .append(dataUri(chart.draw(Theme.LIGHT, width, height)))
        .append("\" /></picture></figure>\n");
    return this;
  }

  /** Adds a table of names and values. */
  public HtmlReport table(Map<String, String> rows) {
    body.append("<div class=\"scroll\"><table class=\"pairs\">\n");
    rows.forEach(
        (name, value) ->
            body.append("<tr><th scope=\"row\">")
                .append(escape(name))
                .append("</th><td>")
                .append(escape(value))
                .append("</td></tr>\n"));
    body.append("</table></div>\n");
    return this;
  }

  /** Adds a table with a line of headings. */
  public HtmlReport table(List<String> headings, List<List<String>> rows) {
    body.append("<div class=\"scroll\"><table>\n<thead><tr>");
    headings.forEach(h -> body.append("<th scope=\"col\">").append(escape(h)).append("</th>"));
    body.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      body.append("<tr>");
      row.forEach(cell -> body.append("<td>").append(escape(cell)).append("</td>"));
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  /** Returns the page. */
  public String render() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
        + "<meta name=\"color-scheme\" content=\"light dark\" />\n<title>"
        + escape(title)
        + "</title>\n<style>\n"
        + stylesheet()
        + "</style>\n</head>\n<body>\n<main>\n<header><h1>"
        + escape(title)
        + "</h1>\n<p class=\"lead\">"
        + escape(lead)
        + "</p></header>\n"
        + (cards.length() == 0 ? "" : "<div class=\"cards\">\n" + cards + "</div>\n")
        + body
        + "</main>\n</body>\n</html>\n";
  }

  /** Returns text with everything that HTML or XML would read as markup made harmless. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isXml(c) ? c : 0xfffd);
              }
            });
    return safe.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }

  private static String dataUri(BufferedImage image) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.encode(image));
  }

  private static String stylesheet() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing beside " + HtmlReport.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

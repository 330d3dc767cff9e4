package org.gumbel4j.examples.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.gumbel4j.examples.report.Theme;

/** A sheet of paper with a few pens; coordinates in points, two pixels each. */
final class Sketch {
  /** Where a text stands relative to its point. */
  enum Anchor {
    LEFT,
    MIDDLE,
    RIGHT
  }

  static final Theme THEME = Theme.LIGHT;
  private static final int DENSITY = 2;

  private final BufferedImage image;
  private final Graphics2D g;

  Sketch(int width, int height) {
    image = new BufferedImage(width * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_RGB);
    g = image.createGraphics();
    g.scale(DENSITY, DENSITY);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    fill(new Rectangle2D.Double(0, 0, width, height), THEME.background());
  }

  void title(String text, double x, double y) {
    text(text, x, y, Anchor.LEFT, Font.BOLD, 17, THEME.ink());
  }

  void heading(String text, double x, double y) {
    text(text, x, y, Anchor.MIDDLE, Font.BOLD, 14, THEME.ink());
  }

  void note(String text, double x, double y, Anchor anchor) {
    text(text, x, y, anchor, Font.PLAIN, 12, THEME.faint());
  }

  void text(String text, double x, double y, Anchor anchor, int style, int size, Color color) {
    g.setFont(new Font(Font.SANS_SERIF, style, size));
    g.setColor(color);
    double width = g.getFontMetrics().getStringBounds(text, g).getWidth();
    double shift =
        switch (anchor) {
          case LEFT -> 0;
          case MIDDLE -> width / 2;
          case RIGHT -> width;
        };
    g.drawString(text, (float) (x - shift), (float) y);
  }

  void line(double x0, double y0, double x1, double y1, Color color, double width) {
    stroke(new Line2D.Double(x0, y0, x1, y1), color, width);
  }

  void dashes(double x0, double y0, double x1, double y1, Color color, double width) {
    g.setStroke(
        new BasicStroke(
            (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 3}, 0));
    g.setColor(color);
    g.draw(new Line2D.Double(x0, y0, x1, y1));
  }

  void stroke(Shape shape, Color color, double width) {
    g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.setColor(color);
    g.draw(shape);
  }

  void fill(Shape shape, Color color) {
    g.setColor(color);
    g.fill(shape);
  }

  void bar(double x, double y, double width, double height, Color color) {
    fill(new Rectangle2D.Double(x, y, width, height), color);
  }

  void dot(double x, double y, double radius, Color color) {
    fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), color);
  }

  void ring(double x, double y, double radius, Color color, double width) {
    stroke(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), color, width);
  }

  /** A polygon from x0, y0, x1, y1, …. */
  static Path2D polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }

  static Color translucent(Color color, double opacity) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) (255 * opacity));
  }

  /** The sheet as it is; nothing may be drawn afterwards. */
  BufferedImage finish() {
    g.dispose();
    return image;
  }
}

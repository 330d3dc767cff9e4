package org.gumbel4j.examples.data;

import java.util.List;

/**
 * Ink on paper: how dark a pixel is follows from its distance to the nearest piece of a stroke, so
 * edges are smooth and the same on every machine. No fonts, no windowing system.
 */
final class Pen {
  private static final double SOFTNESS = 1.1;

  private Pen() {}

  /**
   * Draws polylines into a picture of {@code side} by {@code side} pixels.
   *
   * @param lines polylines {@code x0, y0, x1, y1, …} in pixels
   * @param radius half the width of the stroke, in pixels
   * @param pressure how much thinner the end of a stroke is than its beginning, 0 to 1
   * @param ink where to add; a pixel keeps its darkest value, 0 to 255
   * @param offset index of the picture's first pixel in {@code ink}
   * @param side width and height of the picture
   */
  static void draw(
      List<double[]> lines, double radius, double pressure, byte[] ink, int offset, int side) {
    for (double[] line : lines) {
      int pieces = line.length / 2 - 1;
      for (int i = 0; i < pieces; i++) {
        double r = radius * (1 - pressure * i / pieces);
        segment(
            line[2 * i], line[2 * i + 1], line[2 * i + 2], line[2 * i + 3], r, ink, offset, side);
      }
    }
  }

  private static void segment(
      double x0, double y0, double x1, double y1, double radius, byte[] ink, int offset, int side) {
    double reach = radius + SOFTNESS;
    int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - reach));
    int right = Math.min(side - 1, (int) Math.ceil(Math.max(x0, x1) + reach));
    int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - reach));
    int bottom = Math.min(side - 1, (int) Math.ceil(Math.max(y0, y1) + reach));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squared = dx * dx + dy * dy;
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - x0;
        double py = row + 0.5 - y0;
        double along = squared > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / squared)) : 0;
        double ex = px - along * dx;
        double ey = py - along * dy;
        double inside = (radius + SOFTNESS / 2 - Math.sqrt(ex * ex + ey * ey)) / SOFTNESS;
        double darkness = Math.max(0, Math.min(1, inside));
        int value = (int) (255 * darkness * darkness * (3 - 2 * darkness) + 0.5);
        int at = offset + row * side + column;
        if (value > (ink[at] & 0xff)) {
          ink[at] = (byte) value;
        }
      }
    }
  }
}

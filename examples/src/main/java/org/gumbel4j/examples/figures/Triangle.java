package org.gumbel4j.examples.figures;

import java.awt.geom.Path2D;

/**
 * The simplex of three classes on paper: corner 0 at the left, 1 at the right, 2 at the top.
 *
 * @param left of the square around it
 * @param bottom of the triangle
 * @param side length of an edge
 */
record Triangle(double left, double bottom, double side) {
  private static final double SLOPE = Math.sqrt(3) / 2;

  double x(double p1, double p2) {
    return left + side * (p1 + p2 / 2);
  }

  double y(double p2) {
    return bottom - side * SLOPE * p2;
  }

  double height() {
    return side * SLOPE;
  }

  Path2D outline() {
    return Sketch.polygon(left, bottom, left + side, bottom, left + side / 2, bottom - height());
  }
}

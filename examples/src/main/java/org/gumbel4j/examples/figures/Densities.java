package org.gumbel4j.examples.figures;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import org.gumbel4j.distributions.RelaxedBernoulli;
import org.gumbel4j.distributions.RelaxedOneHotCategorical;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/**
 * Where relaxed samples lie: the density of a relaxed coin over its temperature, and that of three
 * classes on the simplex.
 */
@SuppressWarnings("try") // scopes are there for what they close
final class Densities {
  private static final double[] TEMPERATURES = {0.2, 0.5, 1, 2, 5};
  private static final double P = 0.6;
  private static final double[] CLASSES = {0.2, 0.5, 0.3};
  private static final double[] ON_SIMPLEX = {0.5, 0.8, 1, 3};
  private static final double TOP = 108;
  private static final double BOTTOM = 352;
  private static final double WIDTH = 400;
  private static final double HIGHEST = 4;
  private static final int ROWS = 122;
  private static final int COLUMNS = 200;

  private Densities() {}

  static BufferedImage coin(Device device) {
    Sketch sketch = new Sketch(1020, 416);
    sketch.title("Temperature decides between the corners and the middle", 28, 36);
    sketch.note(
        "Density of a relaxed coin that shows 1 with probability 0.6, on (0, 1).",
        28,
        57,
        Sketch.Anchor.LEFT);
    curves(sketch, device, 66);
    map(sketch, device, 570);
    return sketch.finish();
  }

  private static void curves(Sketch sketch, Device device, double left) {
    for (int i = 0; i <= HIGHEST; i++) {
      double y = BOTTOM - i / HIGHEST * (BOTTOM - TOP);
      sketch.line(left, y, left + WIDTH, y, Sketch.THEME.grid(), 1);
      sketch.note(Integer.toString(i), left - 8, y + 4, Sketch.Anchor.RIGHT);
    }
    unitAxis(sketch, left);
    double[] x = new double[2 * COLUMNS];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i + 0.5) / x.length;
    }
    for (int t = 0; t < TEMPERATURES.length; t++) {
      double[] density = coinDensity(device, TEMPERATURES[t], x);
      Path2D path = new Path2D.Double();
      boolean drawing = false;
      for (int i = 0; i < x.length; i++) {
        double at = left + WIDTH * x[i];
        double y = BOTTOM - density[i] / HIGHEST * (BOTTOM - TOP);
        if (density[i] > HIGHEST) {
          drawing = false;
        } else if (drawing) {
          path.lineTo(at, y);
        } else {
          path.moveTo(at, y);
          drawing = true;
        }
      }
      Color color = HeightColors.of(0.88 * t / (TEMPERATURES.length - 1.0), 1);
      sketch.stroke(path, color, 2.4);
      double y = TOP + 16 + 19 * t;
      sketch.line(left + 290, y - 4, left + 312, y - 4, color, 2.6);
      sketch.note(
          String.format(Locale.ROOT, "τ = %s", number(TEMPERATURES[t])),
          left + 320,
          y,
          Sketch.Anchor.LEFT);
    }
  }

  private static void map(Sketch sketch, Device device, double left) {
    double[] x = new double[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      x[i] = (i + 0.5) / COLUMNS;
    }
    double cellHeight = (BOTTOM - TOP) / ROWS;
    for (int row = 0; row < ROWS; row++) {
      double temperature = 0.1 * Math.pow(100, (row + 0.5) / ROWS);
      double[] density = coinDensity(device, temperature, x);
      for (int i = 0; i < COLUMNS; i++) {
        sketch.bar(
            left + WIDTH * i / COLUMNS,
            BOTTOM - (row + 1) * cellHeight,
            WIDTH / COLUMNS + 0.5,
            cellHeight + 0.5,
            HeightColors.of(density[i] / (density[i] + 1.2), 1));
      }
    }
    for (double temperature : new double[] {0.1, 0.3, 1, 3, 10}) {
      double y = BOTTOM - (BOTTOM - TOP) * Math.log(temperature / 0.1) / Math.log(100);
      sketch.line(left - 4, y, left, y, Sketch.THEME.faint(), 1);
      sketch.note(number(temperature), left - 8, y + 4, Sketch.Anchor.RIGHT);
    }
    sketch.note("τ", left - 30, (TOP + BOTTOM) / 2, Sketch.Anchor.RIGHT);
    sketch.note("brighter is denser", left + WIDTH, TOP - 8, Sketch.Anchor.RIGHT);
    unitAxis(sketch, left);
  }

  private static void unitAxis(Sketch sketch, double left) {
    for (int i = 0; i <= 4; i++) {
      double at = left + WIDTH * i / 4;
      sketch.line(at, BOTTOM, at, BOTTOM + 4, Sketch.THEME.faint(), 1);
      sketch.note(
          String.format(Locale.ROOT, i % 4 == 0 ? "%.0f" : "%.2f", i / 4.0),
          at,
          BOTTOM + 19,
          Sketch.Anchor.MIDDLE);
    }
    sketch.note("relaxed sample", left + WIDTH / 2, BOTTOM + 40, Sketch.Anchor.MIDDLE);
  }

  private static double[] coinDensity(Device device, double temperature, double[] x) {
    try (var scope = device.openScope()) {
      Tensor logit = device.tensor(new double[] {Math.log(P / (1 - P))}, 1);
      Tensor at = device.tensor(x, x.length);
      return RelaxedBernoulli.of(temperature, logit).logProb(at).exp().toDoubles();
    }
  }

  static BufferedImage simplex(Device device) {
    Sketch sketch = new Sketch(1020, 366);
    sketch.title("The density of relaxed samples on the simplex", 28, 36);
    sketch.note(
        "Three classes of probability 0.2, 0.5, 0.3; brighter is denser. At τ ≤ 1/2 it is"
            + " log-convex, with its peaks at the corners; at high τ it has one in the middle.",
        28,
        57,
        Sketch.Anchor.LEFT);
    for (int t = 0; t < ON_SIMPLEX.length; t++) {
      Triangle triangle = new Triangle(44 + 244 * t, 318, 204);
      sketch.heading("τ = " + number(ON_SIMPLEX[t]), triangle.left() + triangle.side() / 2, 108);
      shade(sketch, device, triangle, ON_SIMPLEX[t]);
      sketch.note("0", triangle.left() - 4, triangle.bottom() + 16, Sketch.Anchor.MIDDLE);
      sketch.note(
          "1", triangle.left() + triangle.side() + 4, triangle.bottom() + 16, Sketch.Anchor.MIDDLE);
      sketch.note(
          "2",
          triangle.left() + triangle.side() / 2,
          triangle.bottom() - triangle.height() - 7,
          Sketch.Anchor.MIDDLE);
    }
    return sketch.finish();
  }

  /** The triangle in small triangles, each in the colour of the density at its middle. */
  private static void shade(Sketch sketch, Device device, Triangle triangle, double temperature) {
    int n = 110;
    double[] points = new double[n * n * 3];
    double[] corners = new double[n * n * 6];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n - i; j++) {
        for (int up = 0; up < (j < n - i - 1 ? 2 : 1); up++) {
          double third = up == 0 ? 1.0 / 3 : 2.0 / 3;
          double p1 = (i + third) / n;
          double p2 = (j + third) / n;
          points[3 * count] = 1 - p1 - p2;
          points[3 * count + 1] = p1;
          points[3 * count + 2] = p2;
          double[] small =
              up == 0
                  ? new double[] {i, j, i + 1, j, i, j + 1}
                  : new double[] {i + 1, j, i + 1, j + 1, i, j + 1};
          for (int c = 0; c < 3; c++) {
            corners[6 * count + 2 * c] = triangle.x(small[2 * c] / n, small[2 * c + 1] / n);
            corners[6 * count + 2 * c + 1] = triangle.y(small[2 * c + 1] / n);
          }
          count++;
        }
      }
    }
    double[] density;
    try (var scope = device.openScope()) {
      Tensor logits = device.tensor(CLASSES, 3).log();
      Tensor at = device.tensor(Arrays.copyOf(points, 3 * count), count, 3);
      density = RelaxedOneHotCategorical.of(temperature, logits).logProb(at).exp().toDoubles();
    }
    for (int i = 0; i < count; i++) {
      var color = HeightColors.of(density[i] / (density[i] + 2.5), 1);
      var shape = Sketch.polygon(Arrays.copyOfRange(corners, 6 * i, 6 * i + 6));
      sketch.fill(shape, color);
      sketch.stroke(shape, color, 0.5);
    }
  }

  private static String number(double x) {
    return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
  }
}

package org.gumbel4j.examples.figures;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * What a choice between two inputs looks like to a gradient: two plains and a cliff between them.
 * Beside it the same with softmax, which has a slope everywhere.
 */
final class ArgmaxSurface {
  private static final int CELLS = 44;
  private static final double RANGE = 2;
  private static final double TURN = Math.toRadians(113);
  private static final double TILT = Math.toRadians(30);
  private static final double SIZE = 57;
  private static final double HEIGHT = 118;

  private record Facet(Path2D shape, double depth, Color color) {}

  private ArgmaxSurface() {}

  static BufferedImage draw() {
    Sketch sketch = new Sketch(1020, 416);
    sketch.title("A choice has no slope; its relaxation has one", 28, 36);
    sketch.note(
        "The first entry of one-hot(argmax(a, b)), and of softmax((a, b) / τ).",
        28,
        57,
        Sketch.Anchor.LEFT);
    panel(
        sketch, 180, "argmax", "gradient 0, and a jump where a = b", (a, b) -> a > b ? 1 : 0, true);
    panel(sketch, 515, "softmax, τ = 0.3", "close to the choice, steep", relaxed(0.3), false);
    panel(sketch, 850, "softmax, τ = 1", "smooth, and further from it", relaxed(1), false);
    return sketch.finish();
  }

  private static DoubleBinaryOperator relaxed(double temperature) {
    return (a, b) -> 1 / (1 + Math.exp((b - a) / temperature));
  }

  private static void panel(
      Sketch sketch,
      double middle,
      String heading,
      String note,
      DoubleBinaryOperator f,
      boolean jumps) {
    sketch.heading(heading, middle, 100);
    sketch.note(note, middle, 118, Sketch.Anchor.MIDDLE);
    floor(sketch, middle);
    List<Facet> facets = jumps ? plains(middle) : slope(middle, f);
    facets.sort(Comparator.comparingDouble(Facet::depth));
    for (Facet facet : facets) {
      sketch.fill(facet.shape, facet.color);
      sketch.stroke(facet.shape, facet.color, 0.6);
    }
    labels(sketch, middle);
  }

  private static List<Facet> slope(double middle, DoubleBinaryOperator f) {
    List<Facet> facets = new ArrayList<>();
    double step = 2 * RANGE / CELLS;
    for (int i = 0; i < CELLS; i++) {
      for (int j = 0; j < CELLS; j++) {
        double a = -RANGE + i * step;
        double b = -RANGE + j * step;
        double z00 = f.applyAsDouble(a, b);
        double z11 = f.applyAsDouble(a + step, b + step);
        double z10 = f.applyAsDouble(a + step, b);
        double z01 = f.applyAsDouble(a, b + step);
        double steepness = (z10 - z01) / (2 * step);
        facets.add(
            facet(
                middle,
                HeightColors.of((z00 + z11 + z10 + z01) / 4, lit(steepness, i, j)),
                a,
                b,
                z00,
                a + step,
                b,
                z10,
                a + step,
                b + step,
                z11,
                a,
                b + step,
                z01));
      }
    }
    return facets;
  }

  /**
   * Both plains cut along the diagonal, and the cliff: drawn as it is not a part of the function.
   */
  private static List<Facet> plains(double middle) {
    List<Facet> facets = new ArrayList<>();
    double step = 2 * RANGE / CELLS;
    for (int i = 0; i < CELLS; i++) {
      double a = -RANGE + i * step;
      for (int j = 0; j < CELLS; j++) {
        double b = -RANGE + j * step;
        if (i != j) {
          double z = i > j ? 1 : 0;
          facets.add(
              facet(
                  middle,
                  HeightColors.of(z, lit(0, i, j)),
                  a,
                  b,
                  z,
                  a + step,
                  b,
                  z,
                  a + step,
                  b + step,
                  z,
                  a,
                  b + step,
                  z));
        } else {
          facets.add(
              facet(
                  middle,
                  HeightColors.of(0, lit(0, i, j)),
                  a,
                  b,
                  0,
                  a + step,
                  b + step,
                  0,
                  a,
                  b + step,
                  0));
          facets.add(
              facet(
                  middle,
                  HeightColors.of(1, lit(0, i, j)),
                  a,
                  b,
                  1,
                  a + step,
                  b,
                  1,
                  a + step,
                  b + step,
                  1));
          facets.add(
              facet(
                  middle,
                  new Color(0xeceff5),
                  a,
                  b,
                  0,
                  a + step,
                  b + step,
                  0,
                  a + step,
                  b + step,
                  1,
                  a,
                  b,
                  1));
        }
      }
    }
    return facets;
  }

  /** Slopes towards the reader catch less light; every fourth line of the grid is drawn darker. */
  private static double lit(double steepness, int i, int j) {
    double grid = i % 4 == 0 || j % 4 == 0 ? 0.93 : 1;
    return grid * (1 - 0.22 * Math.min(1, Math.abs(steepness)));
  }

  private static Facet facet(double middle, Color color, double... points) {
    double[] corners = new double[points.length / 3 * 2];
    double depth = 0;
    for (int p = 0; p < points.length / 3; p++) {
      double a = points[3 * p];
      double b = points[3 * p + 1];
      corners[2 * p] = screenX(middle, a, b);
      corners[2 * p + 1] = screenY(a, b, points[3 * p + 2]);
      depth += behind(a, b) / (points.length / 3.0);
    }
    return new Facet(Sketch.polygon(corners), -depth, color);
  }

  private static double screenX(double middle, double a, double b) {
    return middle + SIZE * (a * Math.cos(TURN) - b * Math.sin(TURN)) * 0.84;
  }

  private static double screenY(double a, double b, double z) {
    return 285 - SIZE * behind(a, b) * Math.sin(TILT) * 0.84 - HEIGHT * (z - 0.35) * Math.cos(TILT);
  }

  /** How far behind the middle a point of the floor lies. */
  private static double behind(double a, double b) {
    return a * Math.sin(TURN) + b * Math.cos(TURN);
  }

  private static void floor(Sketch sketch, double middle) {
    Color color = Sketch.THEME.grid();
    for (int i = 0; i <= 4; i++) {
      double at = -RANGE + i * RANGE / 2;
      sketch.line(
          screenX(middle, at, -RANGE),
          screenY(at, -RANGE, 0),
          screenX(middle, at, RANGE),
          screenY(at, RANGE, 0),
          color,
          1);
      sketch.line(
          screenX(middle, -RANGE, at),
          screenY(-RANGE, at, 0),
          screenX(middle, RANGE, at),
          screenY(RANGE, at, 0),
          color,
          1);
    }
  }

  private static void labels(Sketch sketch, double middle) {
    axis(sketch, middle, "a", 0, RANGE + 0.6);
    axis(sketch, middle, "b", -RANGE - 0.6, 0);
    for (double end : new double[] {-RANGE, RANGE}) {
      tick(sketch, middle, end, end, RANGE + 0.4);
      tick(sketch, middle, end, -RANGE - 0.4, end);
    }
  }

  private static void axis(Sketch sketch, double middle, String name, double a, double b) {
    sketch.text(
        name,
        screenX(middle, a, b),
        screenY(a, b, 0) + 8,
        Sketch.Anchor.MIDDLE,
        Font.ITALIC,
        14,
        Sketch.THEME.ink());
  }

  private static void tick(Sketch sketch, double middle, double value, double a, double b) {
    sketch.note(
        value < 0 ? "−2" : "2", screenX(middle, a, b), screenY(a, b, 0) + 5, Sketch.Anchor.MIDDLE);
  }
}

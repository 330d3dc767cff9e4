package org.gumbel4j.examples.figures;

import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;

/** Add Gumbel noise, take the largest: how often each class wins, and how fast that is seen. */
final class GumbelMaxFrequencies {
  private static final int COUNT = 20_000;
  private static final int FIRST = 100;
  private static final double[] P = {0.34, 0.22, 0.16, 0.11, 0.08, 0.05, 0.03, 0.01};
  private static final double TOP = 118;
  private static final double BOTTOM = 352;
  private static final double SCALE = (BOTTOM - TOP) / 0.4;
  private static final double LEFT = 70;
  private static final double CHART = 590;
  private static final double WIDTH = 340;

  private GumbelMaxFrequencies() {}

  static BufferedImage draw(Device device, Key key) {
    Draws draws = new Draws(device, P);
    long[] winners = draws.classes(COUNT, key);
    Sketch sketch = new Sketch(1020, 416);
    sketch.title("The largest of logits plus Gumbel noise is a draw from softmax", 28, 36);
    sketch.note(
        "Eight classes; the noise of each is −log(−log u) with u uniform.",
        28,
        57,
        Sketch.Anchor.LEFT);
    bars(sketch, winners);
    convergence(sketch, winners);
    return sketch.finish();
  }

  private static void bars(Sketch sketch, long[] winners) {
    sketch.heading(String.format(Locale.ROOT, "Wins in %,d draws", COUNT), LEFT + 205, 92);
    grid(sketch, LEFT, 420, true);
    long[] counts = new long[P.length];
    for (long winner : winners) {
      counts[(int) winner]++;
    }
    for (int i = 0; i < P.length; i++) {
      double x = LEFT + 14 + i * 51;
      double frequency = (double) counts[i] / COUNT;
      sketch.bar(
          x,
          BOTTOM - P[i] * SCALE,
          18,
          P[i] * SCALE,
          Sketch.translucent(Sketch.THEME.series(0), 0.32));
      sketch.bar(x + 19, BOTTOM - frequency * SCALE, 18, frequency * SCALE, Sketch.THEME.series(0));
      double error = 2 * Math.sqrt(P[i] * (1 - P[i]) / COUNT) * SCALE;
      double middle = BOTTOM - P[i] * SCALE;
      sketch.line(x + 28, middle - error, x + 28, middle + error, Sketch.THEME.ink(), 1.4);
      sketch.note(Integer.toString(i), x + 18, BOTTOM + 18, Sketch.Anchor.MIDDLE);
    }
    sketch.note("class", LEFT + 210, BOTTOM + 40, Sketch.Anchor.MIDDLE);
    legend(sketch);
  }

  private static void legend(Sketch sketch) {
    double x = LEFT + 210;
    sketch.bar(x, TOP + 2, 12, 12, Sketch.translucent(Sketch.THEME.series(0), 0.32));
    sketch.note("probability", x + 20, TOP + 12, Sketch.Anchor.LEFT);
    sketch.bar(x, TOP + 22, 12, 12, Sketch.THEME.series(0));
    sketch.note("frequency", x + 20, TOP + 32, Sketch.Anchor.LEFT);
    sketch.line(x + 6, TOP + 42, x + 6, TOP + 55, Sketch.THEME.ink(), 1.4);
    sketch.note("two standard errors either side", x + 20, TOP + 53, Sketch.Anchor.LEFT);
  }

  private static void convergence(Sketch sketch, long[] winners) {
    sketch.heading("The same, as the draws come in", CHART + WIDTH / 2, 92);
    grid(sketch, CHART, WIDTH, false);
    for (int power = 2; power <= 4; power++) {
      double x = across(Math.pow(10, power));
      sketch.line(x, BOTTOM, x, BOTTOM + 4, Sketch.THEME.faint(), 1);
      sketch.note(
          String.format(Locale.ROOT, "%,.0f", Math.pow(10, power)),
          x,
          BOTTOM + 18,
          Sketch.Anchor.MIDDLE);
    }
    sketch.note("draws", CHART + WIDTH / 2, BOTTOM + 40, Sketch.Anchor.MIDDLE);
    for (int i = 0; i < 4; i++) {
      double y = BOTTOM - P[i] * SCALE;
      sketch.dashes(CHART, y, CHART + WIDTH, y, Sketch.THEME.series(i), 1);
      sketch.note(
          String.format(Locale.ROOT, "class %d", i), CHART + WIDTH + 8, y + 4, Sketch.Anchor.LEFT);
      sketch.stroke(path(winners, i), Sketch.THEME.series(i), 1.8);
    }
  }

  private static Path2D path(long[] winners, int of) {
    Path2D path = new Path2D.Double();
    int wins = 0;
    double last = -1;
    for (int n = 1; n <= COUNT; n++) {
      wins += winners[n - 1] == of ? 1 : 0;
      double x = across(n);
      // A point every half a pixel is all that can be seen.
      if (n >= FIRST && x - last >= 0.5) {
        double y = BOTTOM - Math.min(0.4, (double) wins / n) * SCALE;
        if (last < 0) {
          path.moveTo(x, y);
        } else {
          path.lineTo(x, y);
        }
        last = x;
      }
    }
    return path;
  }

  private static double across(double n) {
    return CHART + WIDTH * Math.log(n / FIRST) / Math.log(COUNT / (double) FIRST);
  }

  private static void grid(Sketch sketch, double left, double width, boolean numbers) {
    for (int i = 0; i <= 4; i++) {
      double y = BOTTOM - 0.1 * i * SCALE;
      sketch.line(left, y, left + width, y, Sketch.THEME.grid(), 1);
      sketch.note(
          String.format(Locale.ROOT, "%.1f", 0.1 * i), left - 8, y + 4, Sketch.Anchor.RIGHT);
    }
    if (numbers) {
      sketch.line(left, BOTTOM, left + width, BOTTOM, Sketch.THEME.faint(), 1);
    }
  }
}

package org.gumbel4j.examples.figures;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.jspecify.annotations.Nullable;

/**
 * Relaxed samples of three classes at four temperatures, with their mean and with some of them as
 * bars, after the first figure of Jang, Gu and Poole (arXiv 1611.01144).
 */
final class SimplexSamples {
  private static final double[] TEMPERATURES = {0.1, 0.5, 1, 10};
  private static final double[] P = {0.2, 0.5, 0.3};
  private static final int DOTS = 1200;
  private static final int FOR_THE_MEAN = 50_000;
  private static final int SHOWN = 3;
  private static final double SIDE = 186;
  private static final double PITCH = 240;

  private SimplexSamples() {}

  static BufferedImage draw(Device device, Key key) {
    Draws draws = new Draws(device, P);
    Sketch sketch = new Sketch(1020, 540);
    sketch.title("From one-hot to uniform: Gumbel-Softmax at four temperatures", 28, 36);
    sketch.note(
        "Three classes of probability 0.2, 0.5, 0.3. Each dot is a sample, coloured by its largest"
            + " entry; the ring is their mean, the cross the probabilities.",
        28,
        57,
        Sketch.Anchor.LEFT);
    sketch.note("mean", 24, 388, Sketch.Anchor.LEFT);
    sketch.note("samples", 24, 478, Sketch.Anchor.LEFT);
    for (int t = 0; t < TEMPERATURES.length; t++) {
      double[][] samples = draws.relaxed(TEMPERATURES[t], FOR_THE_MEAN, key.child(t));
      double left = 78 + t * PITCH;
      triangle(sketch, new Triangle(left, 318, SIDE), TEMPERATURES[t], samples);
      bars(sketch, left, samples);
    }
    return sketch.finish();
  }

  private static void triangle(
      Sketch sketch, Triangle triangle, double temperature, double[][] samples) {
    String name = temperature == Math.rint(temperature) ? "τ = %.0f" : "τ = %.1f";
    sketch.heading(String.format(Locale.ROOT, name, temperature), triangle.left() + SIDE / 2, 110);
    sketch.fill(triangle.outline(), new Color(0xf6f8fc));
    sketch.stroke(triangle.outline(), Sketch.THEME.grid(), 1.4);
    for (int i = 0; i < DOTS; i++) {
      double[] s = samples[i];
      sketch.dot(
          triangle.x(s[1], s[2]),
          triangle.y(s[2]),
          1.7,
          Sketch.translucent(Sketch.THEME.series(largest(s)), 0.5));
    }
    double px = triangle.x(P[1], P[2]);
    double py = triangle.y(P[2]);
    sketch.line(px - 6, py - 6, px + 6, py + 6, Sketch.THEME.ink(), 2.2);
    sketch.line(px - 6, py + 6, px + 6, py - 6, Sketch.THEME.ink(), 2.2);
    double[] mean = mean(samples);
    double mx = triangle.x(mean[1], mean[2]);
    double my = triangle.y(mean[2]);
    sketch.ring(mx, my, 9, Color.WHITE, 4.5);
    sketch.ring(mx, my, 9, Sketch.THEME.ink(), 2.2);
    corner(sketch, 0, triangle.left() - 4, triangle.bottom() + 16);
    corner(sketch, 1, triangle.left() + SIDE + 4, triangle.bottom() + 16);
    corner(sketch, 2, triangle.left() + SIDE / 2, triangle.bottom() - triangle.height() - 8);
  }

  private static void corner(Sketch sketch, int name, double x, double y) {
    sketch.text(
        Integer.toString(name),
        x,
        y,
        Sketch.Anchor.MIDDLE,
        Font.BOLD,
        13,
        Sketch.THEME.series(name));
  }

  private static void bars(Sketch sketch, double left, double[][] samples) {
    chart(sketch, left + 45, 398, 96, 72, mean(samples), P);
    for (int i = 0; i < SHOWN; i++) {
      chart(sketch, left - 4 + i * 66, 512, 60, 92, samples[i], null);
    }
  }

  private static void chart(
      Sketch sketch,
      double left,
      double bottom,
      double width,
      double height,
      double[] values,
      double @Nullable [] outline) {
    double step = width / values.length;
    for (int i = 0; i < values.length; i++) {
      double x = left + i * step + 2;
      sketch.bar(
          x, bottom - values[i] * height, step - 4, values[i] * height, Sketch.THEME.series(i));
      if (outline != null) {
        double y = bottom - outline[i] * height;
        sketch.line(x - 1, y, x + step - 3, y, Sketch.THEME.ink(), 1.6);
      }
    }
    sketch.line(left, bottom, left + width, bottom, Sketch.THEME.faint(), 1);
  }

  private static int largest(double[] s) {
    return s[0] >= s[1] ? (s[0] >= s[2] ? 0 : 2) : s[1] >= s[2] ? 1 : 2;
  }

  private static double[] mean(double[][] samples) {
    double[] mean = new double[P.length];
    for (double[] s : samples) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += s[i] / samples.length;
      }
    }
    return mean;
  }
}

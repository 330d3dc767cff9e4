package org.gumbel4j.examples.data;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;

/**
 * Ten thousand handwritten digits that nobody wrote: strokes shaken, slanted, stretched and inked
 * in memory, so that there is something to learn without a download.
 *
 * <p>The picture number n of a key depends on (key, n) alone.
 */
public final class SyntheticDigits {
  /** Width and height of a picture, as in MNIST. */
  public static final int SIDE = 28;

  private static final int CUTS = 6;
  private static final int DRAWS = 48;

  private SyntheticDigits() {}

  /**
   * Draws a set, digits in random order.
   *
   * @param key where the shapes come from
   * @param trainCount number of training pictures
   * @param testCount number of test pictures
   * @return the set, with labels
   */
  public static ImageDataset draw(Key key, int trainCount, int testCount) {
    byte[] trainLabels = new byte[trainCount];
    byte[] testLabels = new byte[testCount];
    Images train = images(key.child(0), trainCount, trainLabels);
    Images test = images(key.child(1), testCount, testLabels);
    return new ImageDataset("drawn digits", train, test, trainLabels, testLabels);
  }

  private static Images images(Key key, int count, byte[] labels) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    double[] u = new double[DRAWS];
    for (int i = 0; i < count; i++) {
      key.child(i).fill(Noise.UNIFORM, 0, u, 0, DRAWS);
      labels[i] = (byte) (int) (10 * u[0]);
      one(labels[i], u, pixels, i * SIDE * SIDE);
    }
    return Images.of(count, SIDE, SIDE, pixels, 255);
  }

  private static void one(int digit, double[] u, byte[] pixels, int offset) {
    List<Glyph> hands = Glyph.DIGITS.get(digit);
    Glyph hand = hands.get((int) (u[1] * hands.size()));
    double[] shakes = new double[2 * hand.pointCount()];
    for (int i = 0; i < shakes.length; i++) {
      shakes[i] = 2 * u[12 + i] - 1;
    }
    List<double[]> lines = hand.shaken(shakes, 0.055).polylines(CUTS);
    double height = between(u[2], 18.0, 20.5);
    double width = height * between(u[3], 0.72, 1.08);
    double slant = between((u[4] + u[5]) / 2, -0.22, 0.5);
    double turn = between((u[6] + u[7]) / 2, -0.24, 0.24);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    List<double[]> placed = new ArrayList<>(lines.size());
    double sumX = 0;
    double sumY = 0;
    int points = 0;
    for (double[] line : lines) {
      double[] moved = new double[line.length];
      for (int i = 0; i < line.length; i += 2) {
        double y = (line[i + 1] - 0.5) * height;
        double x = (line[i] - 0.5) * width - slant * y;
        moved[i] = cos * x - sin * y;
        moved[i + 1] = sin * x + cos * y;
        sumX += moved[i];
        sumY += moved[i + 1];
        points++;
      }
      placed.add(moved);
    }
    // As in MNIST, the middle of the ink lies in the middle of the picture, more or less.
    double shiftX = SIDE / 2.0 + between(u[8], -1, 1) - sumX / points;
    double shiftY = SIDE / 2.0 + between(u[9], -1, 1) - sumY / points;
    for (double[] line : placed) {
      for (int i = 0; i < line.length; i += 2) {
        line[i] += shiftX;
        line[i + 1] += shiftY;
      }
    }
    Pen.draw(placed, between(u[10] * u[10], 0.85, 1.75), 0.35 * u[11], pixels, offset, SIDE);
  }

  private static double between(double u, double low, double high) {
    return low + u * (high - low);
  }
}

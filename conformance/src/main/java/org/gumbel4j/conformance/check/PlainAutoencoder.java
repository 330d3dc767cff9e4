package org.gumbel4j.conformance.check;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;

/**
 * A small variational autoencoder with categorical codes, its gradient and its training, in plain
 * loops over doubles: no tensor, no differentiation, nothing in common with what it is compared
 * with but the noise of keys.
 *
 * <p>Pixels–hidden–(codes × classes)–hidden–pixels, rectified; Gumbel-Softmax at temperature τ;
 * loss = (Σ cross entropy + Σ KL to uniform codes) / batch.
 */
public final class PlainAutoencoder {
  /** Pictures in a batch. */
  public static final int BATCH = 16;

  /** Pixels of a picture. */
  public static final int PIXELS = 24;

  /** Width of the hidden layers. */
  public static final int HIDDEN = 20;

  /** Codes of a picture. */
  public static final int CODES = 4;

  /** Values of a code. */
  public static final int CLASSES = 5;

  /** τ. */
  public static final double TEMPERATURE = 0.7;

  private static final int WIDTH = CODES * CLASSES;
  private static final int[] WIDTHS = {PIXELS, HIDDEN, WIDTH, HIDDEN, PIXELS};
  private static final int LAYERS = WIDTHS.length - 1;
  private static final Key KEY = Key.of(900);

  /** A loss, and its gradient by each of the parameters. */
  public record Step(double loss, List<double[]> gradients) {}

  private PlainAutoencoder() {}

  /** Rows and columns of each parameter: of a weight both, of a bias the columns alone. */
  public static List<long[]> shapes() {
    List<long[]> shapes = new ArrayList<>();
    for (int i = 0; i < LAYERS; i++) {
      shapes.add(new long[] {WIDTHS[i], WIDTHS[i + 1]});
      shapes.add(new long[] {WIDTHS[i + 1]});
    }
    return shapes;
  }

  /** The parameters at the start, weight and bias of each layer; floats, so exact in both types. */
  public static List<double[]> start() {
    List<double[]> parameters = new ArrayList<>();
    for (int i = 0; i < LAYERS; i++) {
      float[] normal = KEY.child(i).floats(Noise.NORMAL, WIDTHS[i] * WIDTHS[i + 1]);
      double[] weight = new double[normal.length];
      for (int j = 0; j < weight.length; j++) {
        weight[j] = normal[j] * 0.25;
      }
      parameters.add(weight);
      parameters.add(new double[WIDTHS[i + 1]]);
    }
    return parameters;
  }

  /**
   * A batch of pictures of zeros and ones: each one of four patterns, with a pixel in ten wrong.
   */
  public static double[] pictures(int step) {
    float[] patterns = KEY.child(100).floats(Noise.UNIFORM, 4 * PIXELS);
    float[] flips = KEY.child(101).child(step).floats(Noise.UNIFORM, BATCH * PIXELS);
    double[] x = new double[BATCH * PIXELS];
    for (int i = 0; i < x.length; i++) {
      boolean on = patterns[i / PIXELS % 4 * PIXELS + i % PIXELS] < 0.5f;
      x[i] = on == flips[i] >= 0.1f ? 1 : 0;
    }
    return x;
  }

  /** The key of a step's Gumbel noise. */
  public static Key noise(int step) {
    return KEY.child(102).child(step);
  }

  /**
   * One evaluation of loss and gradient.
   *
   * @param x the pictures
   * @param gumbel the noise
   * @param hard whether the decoder sees one-hot codes, with the soft ones' gradient
   */
  public static Step evaluate(List<double[]> p, double[] x, double[] gumbel, boolean hard) {
    double[] h1 = rectified(linear(x, p, 0));
    double[] logits = linear(h1, p, 1);
    double[] soft = softmax(logits, gumbel, TEMPERATURE);
    double[] codes = hard ? oneHot(logits, gumbel) : soft;
    double[] h2 = rectified(linear(codes, p, 2));
    double[] pixels = linear(h2, p, 3);

    double loss = 0;
    double[] atPixels = new double[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      double o = pixels[i];
      loss += Math.max(o, 0) - o * x[i] + Math.log1p(Math.exp(-Math.abs(o)));
      atPixels[i] = (1 / (1 + Math.exp(-o)) - x[i]) / BATCH;
    }
    List<double[]> gradients = new ArrayList<>();
    double[] atH2 = masked(backward(atPixels, h2, p, 3, gradients), h2);
    double[] atCodes = backward(atH2, codes, p, 2, gradients);
    double[] atLogits = new double[logits.length];
    loss += divergence(logits, atLogits);
    throughSoftmax(soft, atCodes, atLogits);
    double[] atH1 = masked(backward(atLogits, h1, p, 1, gradients), h1);
    backward(atH1, x, p, 0, gradients);
    return new Step(loss / BATCH, gradients);
  }

  /** The losses of steps of Adam on soft samples, from {@link #start}, with noise of one's own. */
  public static double[] losses(int steps, double rate, NoiseOfStep noise) {
    List<double[]> p = start();
    List<double[]> m = p.stream().map(a -> new double[a.length]).toList();
    List<double[]> v = p.stream().map(a -> new double[a.length]).toList();
    double[] losses = new double[steps];
    for (int t = 0; t < steps; t++) {
      Step step = evaluate(p, pictures(t), noise.gumbel(t, BATCH * WIDTH), false);
      losses[t] = step.loss();
      for (int i = 0; i < p.size(); i++) {
        adam(p.get(i), m.get(i), v.get(i), step.gradients().get(i), rate, t + 1);
      }
    }
    return losses;
  }

  /** Where the noise of a step comes from: it is another one in single and in double precision. */
  @FunctionalInterface
  public interface NoiseOfStep {
    /** The first numbers of the step's Gumbel noise. */
    double[] gumbel(int step, int count);
  }

  private static void adam(double[] p, double[] m, double[] v, double[] g, double rate, int t) {
    for (int j = 0; j < p.length; j++) {
      m[j] = 0.9 * m[j] + 0.1 * g[j];
      v[j] = 0.999 * v[j] + 0.001 * g[j] * g[j];
      double mean = m[j] / (1 - Math.pow(0.9, t));
      double square = v[j] / (1 - Math.pow(0.999, t));
      p[j] -= rate * mean / (Math.sqrt(square) + 1e-8);
    }
  }

  private static double[] linear(double[] x, List<double[]> p, int layer) {
    int in = WIDTHS[layer];
    int out = WIDTHS[layer + 1];
    double[] weight = p.get(2 * layer);
    double[] bias = p.get(2 * layer + 1);
    double[] y = new double[BATCH * out];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias[i % out];
      for (int k = 0; k < in; k++) {
        y[i] += x[i / out * in + k] * weight[k * out + i % out];
      }
    }
    return y;
  }

  /** Puts weight's and bias's gradient before those of later layers; gives that of the input. */
  private static double[] backward(
      double[] g, double[] x, List<double[]> p, int layer, List<double[]> gradients) {
    int in = WIDTHS[layer];
    int out = WIDTHS[layer + 1];
    double[] weight = p.get(2 * layer);
    double[] atWeight = new double[weight.length];
    double[] atBias = new double[out];
    double[] atX = new double[x.length];
    for (int i = 0; i < g.length; i++) {
      atBias[i % out] += g[i];
      for (int k = 0; k < in; k++) {
        atWeight[k * out + i % out] += x[i / out * in + k] * g[i];
        atX[i / out * in + k] += weight[k * out + i % out] * g[i];
      }
    }
    gradients.add(0, atBias);
    gradients.add(0, atWeight);
    return atX;
  }

  private static double[] rectified(double[] x) {
    return Reference.map(x, v -> Math.max(v, 0));
  }

  private static double[] masked(double[] g, double[] rectified) {
    double[] result = g.clone();
    for (int i = 0; i < g.length; i++) {
      result[i] = rectified[i] > 0 ? g[i] : 0;
    }
    return result;
  }

  private static double[] softmax(double[] logits, double[] noise, double temperature) {
    double[] y = new double[logits.length];
    for (int row = 0; row < y.length; row += CLASSES) {
      double sum = 0;
      for (int k = row; k < row + CLASSES; k++) {
        y[k] = Math.exp((logits[k] + noise[k]) / temperature);
        sum += y[k];
      }
      for (int k = row; k < row + CLASSES; k++) {
        y[k] /= sum;
      }
    }
    return y;
  }

  private static double[] oneHot(double[] logits, double[] noise) {
    double[] y = new double[logits.length];
    for (int row = 0; row < y.length; row += CLASSES) {
      int best = row;
      for (int k = row; k < row + CLASSES; k++) {
        best = logits[k] + noise[k] > logits[best] + noise[best] ? k : best;
      }
      y[best] = 1;
    }
    return y;
  }

  /** Σ q (log q + log K) of all codes, and its gradient, divided by the batch. */
  private static double divergence(double[] logits, double[] gradient) {
    double[] q = softmax(logits, new double[logits.length], 1);
    double total = 0;
    for (int row = 0; row < q.length; row += CLASSES) {
      double negentropy = 0;
      for (int k = row; k < row + CLASSES; k++) {
        negentropy += q[k] * Math.log(q[k]);
      }
      for (int k = row; k < row + CLASSES; k++) {
        gradient[k] += q[k] * (Math.log(q[k]) - negentropy) / BATCH;
      }
      total += negentropy + Math.log(CLASSES);
    }
    return total;
  }

  private static void throughSoftmax(double[] y, double[] g, double[] gradient) {
    for (int row = 0; row < y.length; row += CLASSES) {
      double mean = 0;
      for (int k = row; k < row + CLASSES; k++) {
        mean += y[k] * g[k];
      }
      for (int k = row; k < row + CLASSES; k++) {
        gradient[k] += y[k] * (g[k] - mean) / TEMPERATURE;
      }
    }
  }
}

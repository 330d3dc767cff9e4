package org.gumbel4j.cpu.kernels;

import java.util.Arrays;
import org.gumbel4j.cpu.kernels.Scratch.Slot;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.jspecify.annotations.Nullable;

/**
 * Gumbel-Softmax and Gumbel-max over a block of whole rows of k entries: the logits from {@code at}
 * on, and the key's Gumbel noise of the same numbers.
 */
public class ScalarGumbel {
  private final ScalarSoftmax softmax;
  private final ScalarReductions reductions;
  private final NoiseKernel noise = NoiseKernels.best();

  ScalarGumbel(ScalarSoftmax softmax, ScalarReductions reductions) {
    this.softmax = softmax;
    this.reductions = reductions;
  }

  /**
   * y = softmax((l + scale · G) / τ) in each row, G the key's noise; y begins at {@code at} too.
   */
  public void relax(
      float[] l, Key key, double scale, float[] y, int at, int rows, int k, double temperature) {
    soften(perturbed(l, key, scale, at, rows * k), y, at, rows, k, temperature);
  }

  /** As the one for FLOAT32. */
  public final void relax(
      double[] l, Key key, double scale, double[] y, int at, int rows, int k, double temperature) {
    double[] z = perturbed(l, key, scale, at, rows * k);
    softmax.softmax(z, 0, y, at, rows, k, 1 / temperature);
  }

  /** y = softmax((l + g) / τ) in each row; all three begin at {@code at}. */
  public void relax(float[] l, float[] g, float[] y, int at, int rows, int k, double temperature) {
    float[] z = Scratch.floats(Slot.PERTURBED, rows * k);
    softmax.perturb(l, at, g, at, 1, z, 0, rows * k);
    soften(z, y, at, rows, k, temperature);
  }

  /** As the one for FLOAT32. */
  public final void relax(
      double[] l, double[] g, double[] y, int at, int rows, int k, double temperature) {
    double[] z = Scratch.doubles(Slot.PERTURBED, rows * k);
    softmax.perturb(l, at, g, at, 1, z, 0, rows * k);
    softmax.softmax(z, 0, y, at, rows, k, 1 / temperature);
  }

  /** y = argmax(l + G) in each row; y begins at the row's number. */
  public void draw(float[] l, Key key, long[] y, int at, int rows, int k) {
    float[] z = perturbed(l, key, 1, at, rows * k);
    for (int r = 0; r < rows; r++) {
      y[at / k + r] = reductions.argMax(z, r * k, 1, k);
    }
  }

  /** As the one for FLOAT32. */
  public final void draw(double[] l, Key key, long[] y, int at, int rows, int k) {
    double[] z = perturbed(l, key, 1, at, rows * k);
    for (int r = 0; r < rows; r++) {
      y[at / k + r] = reductions.argMax(z, r * k, 1, k);
    }
  }

  /**
   * One-hot vectors at argmax(l + scale · G) of each row and, unless it is null, what {@link
   * #relax} makes of the same noise; both begin at {@code at}.
   */
  public void harden(
      float[] l,
      Key key,
      double scale,
      float[] hard,
      float @Nullable [] soft,
      int at,
      int rows,
      int k,
      double temperature) {
    float[] z = perturbed(l, key, scale, at, rows * k);
    Arrays.fill(hard, at, at + rows * k, 0);
    for (int r = 0; r < rows; r++) {
      hard[at + r * k + reductions.argMax(z, r * k, 1, k)] = 1;
    }
    if (soft != null) {
      soften(z, soft, at, rows, k, temperature);
    }
  }

  /** As the one for FLOAT32. */
  public final void harden(
      double[] l,
      Key key,
      double scale,
      double[] hard,
      double @Nullable [] soft,
      int at,
      int rows,
      int k,
      double temperature) {
    double[] z = perturbed(l, key, scale, at, rows * k);
    Arrays.fill(hard, at, at + rows * k, 0);
    for (int r = 0; r < rows; r++) {
      hard[at + r * k + reductions.argMax(z, r * k, 1, k)] = 1;
    }
    if (soft != null) {
      softmax.softmax(z, 0, soft, at, rows, k, 1 / temperature);
    }
  }

  /** softmax(z/τ) of the rows at the beginning of z; y begins at {@code at}. */
  void soften(float[] z, float[] y, int at, int rows, int k, double temperature) {
    softmax.softmax(z, 0, y, at, rows, k, 1 / temperature);
  }

  private float[] perturbed(float[] l, Key key, double scale, int at, int n) {
    float[] g = Scratch.floats(Slot.NOISE, n);
    noise.fill(Noise.GUMBEL, key, at, g, 0, n);
    float[] z = Scratch.floats(Slot.PERTURBED, n);
    softmax.perturb(l, at, g, 0, (float) scale, z, 0, n);
    return z;
  }

  private double[] perturbed(double[] l, Key key, double scale, int at, int n) {
    double[] g = Scratch.doubles(Slot.NOISE, n);
    noise.fill(Noise.GUMBEL, key, at, g, 0, n);
    double[] z = Scratch.doubles(Slot.PERTURBED, n);
    softmax.perturb(l, at, g, 0, scale, z, 0, n);
    return z;
  }
}

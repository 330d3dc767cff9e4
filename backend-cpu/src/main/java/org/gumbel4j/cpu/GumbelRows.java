package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.ScalarReductions;
import org.gumbel4j.cpu.kernels.ScalarSoftmax;
import org.gumbel4j.cpu.kernels.Scratch;
import org.gumbel4j.cpu.kernels.Scratch.Slot;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.gumbel4j.tensor.DType;

/**
 * Gumbel-Softmax and Gumbel-max over the last axis. A few rows at a time go through all their
 * stages, noise included, so that nothing but logits and result leaves the first cache.
 */
final class GumbelRows {
  private static final int STEP = 2048;
  private static final double NANOS = 1.5;

  private final ScalarSoftmax kernels;
  private final ScalarReductions reductions;
  private final Workers workers;
  private final NoiseKernel noise = NoiseKernels.best();

  GumbelRows(ScalarSoftmax kernels, ScalarReductions reductions, Workers workers) {
    this.kernels = kernels;
    this.reductions = reductions;
    this.workers = workers;
  }

  CpuArray relax(CpuArray logits, CpuArray given, double temperature) {
    int k = (int) logits.shape().dim(-1);
    Object y = CpuArray.allocate(logits.dtype(), logits.size());
    blocks(
        logits,
        k,
        (at, rows) -> {
          if (logits.dtype() == DType.FLOAT32) {
            float[] z = Scratch.floats(Slot.PERTURBED, rows * k);
            kernels.perturb(logits.floats(), at, given.floats(), at, 1, z, 0, rows * k);
            kernels.softmax(z, 0, (float[]) y, at, rows, k, 1 / temperature);
          } else {
            double[] z = Scratch.doubles(Slot.PERTURBED, rows * k);
            kernels.perturb(logits.doubles(), at, given.doubles(), at, 1, z, 0, rows * k);
            kernels.softmax(z, 0, (double[]) y, at, rows, k, 1 / temperature);
          }
        });
    return new CpuArray(logits.shape(), logits.dtype(), y);
  }

  CpuArray relax(CpuArray logits, Key key, double noiseScale, double temperature) {
    int k = (int) logits.shape().dim(-1);
    Object y = CpuArray.allocate(logits.dtype(), logits.size());
    blocks(
        logits,
        k,
        (at, rows) -> {
          if (logits.dtype() == DType.FLOAT32) {
            float[] z = perturbedFloats(logits, key, noiseScale, at, rows * k);
            kernels.softmax(z, 0, (float[]) y, at, rows, k, 1 / temperature);
          } else {
            double[] z = perturbedDoubles(logits, key, noiseScale, at, rows * k);
            kernels.softmax(z, 0, (double[]) y, at, rows, k, 1 / temperature);
          }
        });
    return new CpuArray(logits.shape(), logits.dtype(), y);
  }

  /** The index of the largest perturbed logit in each row. */
  CpuArray draw(CpuArray logits, Key key) {
    int k = (int) logits.shape().dim(-1);
    long[] y = new long[logits.size() / k];
    blocks(
        logits,
        k,
        (at, rows) -> {
          int row = at / k;
          if (logits.dtype() == DType.FLOAT32) {
            float[] z = perturbedFloats(logits, key, 1, at, rows * k);
            for (int r = 0; r < rows; r++) {
              y[row + r] = reductions.argMax(z, r * k, 1, k);
            }
          } else {
            double[] z = perturbedDoubles(logits, key, 1, at, rows * k);
            for (int r = 0; r < rows; r++) {
              y[row + r] = reductions.argMax(z, r * k, 1, k);
            }
          }
        });
    return new CpuArray(logits.shape().without(-1), y);
  }

  private float[] perturbedFloats(CpuArray logits, Key key, double scale, int at, int n) {
    float[] g = Scratch.floats(Slot.NOISE, n);
    noise.fill(Noise.GUMBEL, key, at, g, 0, n);
    float[] z = Scratch.floats(Slot.PERTURBED, n);
    kernels.perturb(logits.floats(), at, g, 0, (float) scale, z, 0, n);
    return z;
  }

  private double[] perturbedDoubles(CpuArray logits, Key key, double scale, int at, int n) {
    double[] g = Scratch.doubles(Slot.NOISE, n);
    noise.fill(Noise.GUMBEL, key, at, g, 0, n);
    double[] z = Scratch.doubles(Slot.PERTURBED, n);
    kernels.perturb(logits.doubles(), at, g, 0, scale, z, 0, n);
    return z;
  }

  /** What is done with a block of rows whose first entry is {@code at}. */
  @FunctionalInterface
  private interface BlockBody {
    void run(int at, int rows);
  }

  private void blocks(CpuArray logits, int k, BlockBody body) {
    // Noise comes in blocks of 64: rows are taken by as many as fill whole ones.
    int aligned = 64 >> Math.min(6, Integer.numberOfTrailingZeros(k));
    int step = k * (long) aligned <= STEP ? STEP / k / aligned * aligned : Math.max(1, STEP / k);
    int rows = logits.size() / k;
    int groups = (rows - 1) / step + 1;
    workers.ranges(
        groups,
        (double) step * k * NANOS,
        (from, to) -> {
          for (int group = from; group < to; group++) {
            int row = group * step;
            body.run(row * k, Math.min(step, rows - row));
          }
        });
  }
}
